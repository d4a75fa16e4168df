from __future__ import annotations

import time
from typing import TYPE_CHECKING

from metacompress.runs.progress import TerminalProgress

if TYPE_CHECKING:
    import pytest


def test_plain_lines_where_no_bar_can_be_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    progress = TerminalProgress(first_seconds=0.02, line_seconds=0.05)
    time.sleep(0.1)
    assert capsys.readouterr().err == "metacompress: loading\n"
    with progress.stage("teacher on [/] sources", 800) as advance:
        advance(32)
        time.sleep(0.2)
        assert "metacompress: teacher on [/] sources: 32 of 800, 0 s\n" in capsys.readouterr().err
        advance(768)
    assert capsys.readouterr().err.endswith(": 800 of 800, 0 s\n")
    progress.note("chosen: [bold]x[/]")
    time.sleep(0.1)
    assert capsys.readouterr().err == "metacompress: chosen: [bold]x[/]\n"


def test_a_quick_command_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    progress = TerminalProgress(first_seconds=30, line_seconds=30)
    with progress.stage("loading data", 1) as advance:
        advance(1)
    assert capsys.readouterr().err == ""
