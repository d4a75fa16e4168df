from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

from metacompress.runs.progress import NoProgress, TerminalProgress
from metacompress.runs.watching import NotebookProgress, progress_here

if TYPE_CHECKING:
    import pytest


def test_a_bar_counts_and_goes() -> None:
    shown: list[str] = []
    progress = NotebookProgress(shown.append)
    with progress.watch("teacher on <sources>", 1200) as advance:
        advance(0, ["half & half"])
    assert "teacher on &lt;sources&gt;" in shown[0]
    assert "0 of 1,200" in shown[0]
    assert shown[-1] == ""


def test_a_bar_goes_where_its_stage_fails() -> None:
    shown: list[str] = []
    try:
        with NotebookProgress(shown.append).stage("variants", 0) as advance:
            advance(1)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        assert shown[-1] == ""


def test_bars_are_for_those_who_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", SimpleNamespace(isatty=lambda: False))
    assert isinstance(progress_here(), NoProgress)
    monkeypatch.setattr(sys, "stderr", SimpleNamespace(isatty=lambda: True, write=print))
    assert isinstance(progress_here(), TerminalProgress)
    monkeypatch.setattr(sys, "stderr", None)
    assert isinstance(progress_here(), NoProgress)
