"""Command lines that are wrong: one line on standard error, with the way out."""

from __future__ import annotations

import sys

import pytest

from metacompress.cli.app import run_command
from metacompress.cli.entry import main
from metacompress.cli.exits import EXIT_USAGE
from metacompress.errors import UsageError


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--tsak", "x"], "no such option: --tsak; did you mean --task? see P check -h"),
        (["--verison"], "no such option: --verison; did you mean --version? see P -h"),
        (["chekc"], "no such command 'chekc'; did you mean check? see P -h"),
        (["compress", "nope"], "no such command 'nope'; see P compress -h"),
        (["predict", "--task", "t", "--data", "d"],
         "model is not set; give --model, or set it in a TOML file"),
        (["predict"], "task, data and model are not set; give --task, --data and --model, or set "
         "them in a TOML file"),
        (["report"], "run is not set; give --run, or set it in a TOML file"),
        (["check", "--data"], "--data requires a value; see P check -h"),
        (["check", "a.toml", "b"], "unexpected argument: b; see P check -h"),
        (["check", "--missing", "skp"], "invalid value for --missing: 'skp' is none of error, skip"
         "; did you mean skip? see P check -h"),
    ],
)  # fmt: skip
def test_misuse_is_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError) as raised:
        run_command(arguments)
    assert str(raised.value) == said.replace(" P ", " metacompress ")
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


@pytest.mark.parametrize("value", ["abc", "1.5", "1e3", "0x10", "9" * 5000])
def test_a_number_that_is_none(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    expected = r"^invalid value for --limit: .* is not a whole number; see metacompress check -h$"
    with pytest.raises(UsageError, match=expected):
        run_command(["check", "--limit", value])
    assert capsys.readouterr() == ("", "")


def test_help_is_no_error_and_no_arguments_are_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert not run_command(["check", "-h"])
    shown = capsys.readouterr().out
    assert "--teacher" in shown
    assert "Exit status: 0 all relations pass" in shown
    assert run_command([]) == EXIT_USAGE
    assert "Usage" in "".join(capsys.readouterr())
