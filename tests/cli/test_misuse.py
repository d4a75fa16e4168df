"""Command lines that are wrong: one line on standard error, with the way out."""

from __future__ import annotations

import sys

import pytest

from metacompress.cli.app import app
from metacompress.cli.entry import main
from metacompress.cli.exits import EXIT_USAGE
from metacompress.errors import UsageError


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--tsak", "x"], "no such option: --tsak; did you mean --task? see P check -h"),
        (["--verison"], "no such option: --verison; did you mean --version? see P -h"),
        (["chekc"], "no such command 'chekc'. Did you mean 'check'? see P -h"),
        (["compress", "nope"], "no such command 'nope'; see P compress -h"),
        (["predict"], "missing option '--model'; see P predict -h"),
        (["check", "--data"], "option '--data' requires an argument"),
        (["check", "a.toml", "b"], "got unexpected extra argument(s) (b); see P check -h"),
    ],
)  # fmt: skip
def test_misuse_is_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError) as raised:
        app(arguments, prog_name="P")
    assert str(raised.value) == said
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("arguments", "behind"),
    [
        (["check", "--run", ""], " behind --run"),
        (["check", "--data="], " behind --data"),
        (["transform", ""], " behind transform"),
        ([""], ""),
    ],
)
def test_empty_arguments_are_refused(
    arguments: list[str],
    behind: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "argv", ["metacompress", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == EXIT_USAGE
    said = f"error: the argument{behind} is empty; is a variable of the shell not set?\n"
    assert capsys.readouterr() == ("", said)


def test_a_number_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match=r"^invalid value for '--limit': .*; see P check -h$"):
        app(["check", "--limit", "abc"], prog_name="P")
    assert capsys.readouterr() == ("", "")


def test_help_is_no_error_and_no_arguments_are_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert app(["check", "-h"]) == 0
    assert "--teacher" in capsys.readouterr().out
    assert app([]) == EXIT_USAGE
    assert "Usage" in "".join(capsys.readouterr())
