from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table
from rich.text import Text

from metacompress.characters import visible, visible_json
from metacompress.cli.entry import main
from metacompress.runs.progress import TerminalProgress
from metacompress.terminal import echo, make_console, write_program

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "a\x1b[31mb\x9b2Jc\x07\u202ed\u2066e\r\x7f[/]x\ud800"
OBEYED = "\x1b\x9b\x07\u202e\u2066\r\x7f\ud800"


@given(st.text())
def test_what_is_visible_obeys_nothing_and_stays_so(text: str) -> None:
    shown = visible(text)
    assert all(
        character.isprintable() or character in "\n\t " or ord(character) > 0x9F
        for character in shown
    )
    assert visible(shown) == shown
    assert json.loads(visible_json(json.dumps(text, ensure_ascii=False))) == text


def test_ordinary_text_stays_as_it_is() -> None:
    text = "int größe = 3; // ≤ 5 %\n\tд中😀"
    assert visible(text) == text


def test_a_file_has_the_columns_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert (make_console().width, make_console(file_width=100).width) == (60, 100)
    assert make_console(file_width=40).width == 60
    monkeypatch.setenv("FORCE_COLOR", "1")  # a terminal
    assert make_console(file_width=100).width == 60


def test_no_renderable_of_a_console_reaches_the_terminal_raw() -> None:
    console = make_console()
    console.file = io.StringIO()
    table = Table(title=HOSTILE)
    table.add_column(HOSTILE)
    table.add_row(HOSTILE)
    table.add_row(Text(HOSTILE))
    console.print(HOSTILE, Text(HOSTILE), table, soft_wrap=True)
    written = console.file.getvalue()
    assert not set(written) & set(OBEYED)
    assert "[/]x" in written


def test_progress_takes_any_title(capsys: pytest.CaptureFixture[str]) -> None:
    progress = TerminalProgress()
    progress.note(HOSTILE)
    with progress.stage("m[/]x [bold", 1) as advance:
        advance(1)
    assert not set(capsys.readouterr().err) & set(OBEYED)


def test_lines_are_safe_on_both_streams(capsys: pytest.CaptureFixture[str]) -> None:
    echo(HOSTILE)
    echo(HOSTILE, err=True)
    captured = capsys.readouterr()
    assert captured.err == captured.out
    assert not set(captured.out) & set(OBEYED)


def test_a_program_is_written_byte_for_byte_unless_somebody_watches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "int a;\r\n/* \x1b[31m */\x0c"

    class Stream(io.TextIOWrapper):
        watched = False

        def isatty(self) -> bool:
            return self.watched

    for watched in (False, True):
        stream = Stream(io.BytesIO(), encoding="utf-8", newline="\n")
        stream.watched = watched
        monkeypatch.setattr(sys, "stdout", stream)
        write_program(text)
        stream.flush()
        written = stream.buffer.getvalue()  # type: ignore[attr-defined]
        monkeypatch.undo()
        assert written == (visible(text).encode() if watched else text.encode())


def test_hostile_ids_names_and_programs_reach_no_command_raw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "int f(int a) { return a < 3; } // \x1b]0;owned\x07 \u202e"
    rows = [{"id": f"{k}\x1b[2J\u202e[/]", "code": code, "label": k, "lang": "c"} for k in (0, 1)]
    monkeypatch.chdir(tmp_path)
    # Drawing the charts takes seconds, and the page is not the terminal.
    monkeypatch.setattr("metacompress.report.pages.check.check_page", lambda run, summary: "")
    (tmp_path / "d[bold].jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    data = ("--task", "vulnerability-prediction", "--data", "d[bold].jsonl")
    models = ("--teacher", "mock:", "--student", "mock:?seed=1", "--run", "runs/m[/]x")
    for command in (
        ("check", *data, *models, "--transform", "flip-comparison"),
        ("report", "runs/m[/]x"),
        ("report", "runs/m[/]x", "--json"),
        ("transform", "d[bold].jsonl", *data[:2], "--transform", "flip-comparison", "--diff"),
        ("predict", *data, "--model", "mock:?\x85=1"),
        ("check", "--no-such-\x1b[31m-option"),
    ):
        monkeypatch.setattr(sys, "argv", ["metacompress", *command])
        with pytest.raises(SystemExit):
            main()
        captured = capsys.readouterr()
        assert not set(captured.out + captured.err) & set(OBEYED + "\x85"), command
