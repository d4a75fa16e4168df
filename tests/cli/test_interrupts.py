"""Real signals to real processes; the models are a callable that waits, and a mock."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import shlex
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import metacompress
from metacompress.cli.interrupts import command_line, interruptible
from metacompress.errors import Interrupted

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = Path(metacompress.__file__).parents[1]
TASK = ("--task", "vulnerability-prediction")
# Answers at once when it is asked again, as a model that has become quick.
SLOW = """\
import pathlib, time

def model(texts):
    asked = pathlib.Path("asked")
    if not asked.exists():
        asked.touch()
        time.sleep(60)
    return [[0.5, 0.5]] * len(texts)

model.fingerprint = "slow"
"""


def waiting(process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + 60
    while not (folder / "asked").exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("command", "number", "status", "said"),
    [
        (("check", "--teacher", "mock:", "--student", "{model}", "--run", "my run"), 2, 130, "run"),
        (("predict", "--model", "{model}", "--out", "$(x).csv"), 15, 143, None),
    ],
)
def test_a_signal_ends_in_one_line_and_the_command_goes_on(
    command: tuple[str, ...],
    number: int,
    status: int,
    said: str | None,
    devign_file: Path,
    tmp_path: Path,
) -> None:
    (tmp_path / "slow.py").write_text(SLOW)
    given = [argument.format(model="python:slow:model") for argument in command]
    called = [sys.executable, "-m", "metacompress", *given, *TASK, "--data", str(devign_file)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(called, cwd=tmp_path, stdout=pipe, stderr=pipe)
    waiting(process, tmp_path)
    process.send_signal(number)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == status
    assert stdout == b""
    assert b"\x1b" not in stderr
    *progress, line = stderr.decode().splitlines()
    assert all(one.startswith("metacompress: ") for one in progress)
    if said is None:
        assert line.startswith("interrupted; nothing new is kept; begin again with: ")
    else:
        assert line.startswith("interrupted; what is done is kept in 'my run'; go on with: ")
    words = shlex.split(line.partition(" with: ")[2])
    assert words[1:3] == ["-m", "metacompress"]
    again = subprocess.run([*words, "--json"], cwd=tmp_path, capture_output=True, check=False)
    assert again.returncode in (0, 1, 3), again.stderr
    if said is not None:
        cost = json.loads((tmp_path / "my run/environment.json").read_text())["cost"]
        assert cost["inputs_asked"]["teacher"] == 0  # they were kept


def test_an_interrupted_bar_does_not_stand_twice(devign_file: Path, tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(SLOW)
    leader, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    command = [sys.executable, "-m", "metacompress", "predict", "--model", "python:slow:model"]
    process = subprocess.Popen(
        [*command, *TASK, "--data", str(devign_file)],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(terminal)
    os.set_blocking(leader, False)
    waiting(process, tmp_path)
    process.send_signal(signal.SIGINT)
    written = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            read = os.read(leader, 65536)
        except BlockingIOError:
            time.sleep(0.02)
            continue
        except OSError:  # the other end is closed
            break
        written += read
    os.close(leader)
    assert process.wait(60) == 130
    last = written.decode().rstrip().split("\n")[-1]
    # Up to the bar and erase it: the line of the farewell takes its place, and that of ^C.
    _, erased, line = last.rpartition("\x1b[1A\x1b[2K")
    assert erased, last
    assert line.startswith("\rinterrupted; ")


def in_terminal() -> None:
    """Make standard input the terminal of this session, and hear when it is closed.

    A process that was started by nohup does not, nor does any below it.
    """
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def test_a_closed_terminal_leaves_nothing_behind(devign_file: Path, tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(SLOW)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    leader, terminal = pty.openpty()
    command = [sys.executable, "-m", "metacompress", "predict", "--model", "python:slow:model"]
    process = subprocess.Popen(
        [*command, *TASK, "--data", str(devign_file)],
        cwd=tmp_path,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TMPDIR": str(scratch)},
        start_new_session=True,
        preexec_fn=in_terminal,
    )
    os.close(terminal)
    waiting(process, tmp_path)
    assert list(scratch.iterdir())
    os.close(leader)
    assert process.wait(60) == 129
    assert not list(scratch.iterdir())


# Ctrl-C while a module is imported: as it is found, or in a destructor, where nothing can raise.
EARLY = """\
import signal, sys

class Finder:
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            sys.meta_path.remove(self)
            {then}

class Lost:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

def lose():
    Lost()

sys.meta_path.insert(0, Finder())
sys.argv = ["metacompress", "list", "transforms"]
from metacompress.cli.entry import main
main()
"""


@pytest.mark.parametrize(
    ("module", "then"),
    [
        ("metacompress.cli.exits", "signal.raise_signal(signal.SIGINT)"),
        ("metacompress.errors", "signal.raise_signal(signal.SIGINT)"),
        ("metacompress.cli.app", "signal.raise_signal(signal.SIGINT)"),
        ("cyclopts", "signal.raise_signal(signal.SIGINT)"),
        ("cyclopts", "lose(); __import__('time').sleep(9)"),
    ],
)
def test_ctrl_c_during_imports_is_one_line(module: str, then: str) -> None:
    source = EARLY.format(module=module, then=then)
    command = [sys.executable, "-c", source]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    again = "interrupted; nothing new is kept; begin again with: metacompress list transforms\n"
    assert (done.stderr, done.stdout, done.returncode) == (again, "", 130)


def test_nothing_is_imported_before_ctrl_c_is_answered() -> None:
    source = (
        "import sys; before = set(sys.modules); import metacompress.cli.entry; "
        "print(*sorted(set(sys.modules) - before))"
    )
    command = [sys.executable, "-S", "-c", source]
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    found = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert found.stdout.split() == [
        "__future__",
        "metacompress",
        "metacompress.cli",
        "metacompress.cli.entry",
    ]


@pytest.fixture
def _default_handlers() -> Iterator[None]:
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.mark.usefixtures("_default_handlers")
def test_handlers_are_taken_back_and_ignored_signals_stay_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    before = signal.getsignal(signal.SIGTERM)
    with interruptible():
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGTERM) is before
    with pytest.raises(Interrupted), interruptible():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before


def test_commands_can_be_typed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "metacompress"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert command_line([str(program), "check", "a b"]) == f"{program} check 'a b'"
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert command_line([str(program), "check", "a b"]) == "metacompress check 'a b'"
    # As a newcomer calls it in a clone; another one is found first.
    assert command_line([".venv/bin/metacompress", "list"]) == ".venv/bin/metacompress list"
    words = ["/x/metacompress/__main__.py", "predict", "--out", "$(rm x)", "'"]
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    typed = [str(tmp_path / "python"), "-m", "metacompress", *words[1:]]
    assert shlex.split(command_line(words)) == typed
