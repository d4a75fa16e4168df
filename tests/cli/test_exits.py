from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from standard_error import errors_of
from warm_python import warm_python

from metacompress.cli.exits import EXIT_CRASH, status_of
from metacompress.errors import UsageError

MODELS = """
import sys
import cyclopts

class Odd(BaseException):
    def __str__(self):
        raise RuntimeError("no message")

def leaves(texts): sys.exit(0)
def ends_library(texts): raise cyclopts.CycloptsError("over")
def ends_input(texts): raise EOFError
def breaks_pipe(texts): raise BrokenPipeError(32, "Broken pipe")
def recurses(texts): return recurses(texts)
def is_odd(texts): raise Odd
def is_base(texts): raise BaseException("two\\nlines \\x1b[31m")
def exhausts(texts): raise MemoryError
"""
ROWS = [{"func": f"int f(int a) {{ return a + {k}; }}", "target": k % 2} for k in range(4)]


def run(
    *arguments: object, cwd: Path, python: str | None = None
) -> subprocess.CompletedProcess[str]:
    command = [python or warm_python(), "-m", "metacompress", *map(str, arguments)]
    environment = os.environ | {"TMPDIR": str(cwd / "tmp")}
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env=environment
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "ill.py").write_text(MODELS)
    (tmp_path / "leaves_at_once.py").write_text("raise SystemExit(0)\n")
    (tmp_path / "d.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    return tmp_path


def check(folder: Path, student: str) -> subprocess.CompletedProcess[str]:
    data = ("--task", "vulnerability-prediction", "--data", "d.jsonl")
    return run("check", *data, "--teacher", "mock:", "--student", student, cwd=folder)


def test_an_exit_of_a_model_is_no_verdict(folder: Path) -> None:
    done = check(folder, "python:ill:leaves")
    assert (done.returncode, done.stdout) == (2, "")
    assert errors_of(done.stderr) == ["error: python:ill:leaves: raised SystemExit: 0 on 4 inputs"]


@pytest.mark.parametrize(
    ("model", "status"),
    [
        ("ill:leaves", 2),
        ("ill:ends_library", 2),
        ("ill:ends_input", 2),
        ("ill:breaks_pipe", 2),
        ("ill:recurses", 2),
        ("ill:exhausts", 2),
        ("leaves_at_once:model", 2),
        ("ill:is_odd", 70),
        ("ill:is_base", 70),
    ],
)
def test_no_exception_of_a_model_has_the_status_of_a_verdict(
    model: str, status: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one process: starting one for each model would take seconds."""
    from metacompress.cli.check import check as command

    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(str(folder))
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    found = status_of(
        lambda: command(
            task="vulnerability-prediction",
            data="d.jsonl",
            teacher="mock:",
            student=f"python:{model}",
        )
    )
    for name in ("ill", "leaves_at_once"):
        sys.modules.pop(name, None)
    lines = errors_of(said.getvalue())
    assert (found, len(lines)) == (status, 1), lines
    if status == EXIT_CRASH:
        (kept,) = (folder / "tmp").iterdir()
        assert str(kept) in lines[0]
        assert kept.stat().st_mode & 0o077 == 0
        assert "Traceback (most recent call last)" in kept.read_text()
        assert lines[0].isprintable()


@pytest.mark.parametrize(
    "error", [SystemExit(0), SystemExit(None), KeyError("x"), GeneratorExit(), OSError(28, "full")]
)
def test_what_nobody_foresaw_ends_with_70(
    error: BaseException, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def command() -> int:
        raise error

    assert status_of(command) == EXIT_CRASH
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert type(error).__name__ in line
    assert len(list((folder / "tmp").iterdir())) == 1


def test_statuses_of_commands(capsys: pytest.CaptureFixture[str]) -> None:
    def wrong() -> int:
        raise UsageError("this is\nwrong \x1b[31m")

    def interrupted() -> int:
        raise KeyboardInterrupt

    assert [status_of(lambda: 3), status_of(lambda: None)] == [3, 0]
    assert (status_of(wrong), capsys.readouterr().err) == (2, "error: this is wrong \\x1b[31m\n")
    assert status_of(interrupted) == 130


def test_a_traceback_that_cannot_be_kept_is_shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(**given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    assert status_of(lambda: 1 // 0) == EXIT_CRASH
    said = capsys.readouterr().err
    assert "no file could take the traceback (No space left on device)" in said
    assert "ZeroDivisionError" in said.splitlines()[-1]
    monkeypatch.setattr(sys, "stderr", None)
    assert status_of(lambda: 1 // 0) == EXIT_CRASH


def test_output_that_cannot_be_written_is_no_crash(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "metacompress", "list", "transforms"]
        done = subprocess.run(
            command, cwd=folder, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert errors_of(done.stderr) == [
        "error: standard output cannot be written (No space left on device)"
    ]


def test_a_reader_of_help_may_go(folder: Path) -> None:
    command = f"{sys.executable} -m metacompress check -h | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) in (("2\n", ""), ("0\n", ""))


def test_a_broken_installation_is_no_verdict(folder: Path) -> None:
    (folder / "cyclopts.py").write_text("raise ImportError('half an upgrade')\n")
    done = run("list", "transforms", cwd=folder, python=sys.executable)
    assert done.returncode == EXIT_CRASH
    assert "half an upgrade" in done.stderr


def test_a_native_library_that_aborts_at_the_end_changes_no_verdict(folder: Path) -> None:
    # As the destructor of a thread that still runs does. The Python half of the end still runs.
    (folder / "native.py").write_text(
        "import atexit, ctypes, pathlib\n"
        "libc = ctypes.CDLL(None)\n"
        "ABORT = ctypes.CFUNCTYPE(None)(libc.abort)\n"
        "libc.__cxa_atexit(ABORT, None, None)\n"
        "atexit.register(pathlib.Path('ended').touch)\n"
        "def model(texts): return [[0.2, 0.8]] * len(texts)\n"
    )
    done = check(folder, "python:native:model")
    assert done.returncode in (0, 1, 3), done.stderr
    assert "Report: " in done.stdout
    assert (folder / "ended").exists()
