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


def test_lines_on_how_things_stand_follow_the_count(capsys: pytest.CaptureFixture[str]) -> None:
    progress = TerminalProgress(first_seconds=30, line_seconds=0.05)
    with progress.watch("asking sources", 900) as show:
        show(32, ["3 of 5 rows decided", "new-disagreement on sources: 1.0 to 9.0 %"])
        time.sleep(0.2)
    said = capsys.readouterr().err
    assert (
        "metacompress: asking sources: 32 of 900, 0 s\n"
        "metacompress:   3 of 5 rows decided\n"
        "metacompress:   new-disagreement on sources: 1.0 to 9.0 %\n"
    ) in said
    with progress.stage("evaluating", 1) as advance:
        advance(1)
        time.sleep(0.1)
    assert "rows decided" not in capsys.readouterr().err


def test_a_quick_command_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    progress = TerminalProgress(first_seconds=30, line_seconds=30)
    with progress.stage("loading data", 1) as advance:
        advance(1)
    assert capsys.readouterr().err == ""
