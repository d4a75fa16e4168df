"""Programs end in a Python that is warm as they do in the plain one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from warm_python import warm_python

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMS = {
    "surroundings": "import os, sys\n"
    "print(sys.argv, os.getcwd(), ascii(os.environ['GIVEN']), sys.path)",
    "streams": "import sys; print(sys.stdin.read()); print('said', file=sys.stderr)",
    "status": "raise SystemExit(3)",
    "message": "raise SystemExit('over')",
    "signal": "import os; os.kill(os.getpid(), 9)",
    "descriptor": "import os, sys; os.write(int(sys.argv[1]), b'through the pipe')",
    "end": "import atexit; atexit.register(print, 'at the end')",
    "main": "import __main__; kept = 1; print(__name__, __main__.kept)",
    "modules": "import own; print(own.__name__)",
}


def ends(python: str, *words: str, cwd: Path, **given: Any) -> tuple[int, str, str, bytes]:
    reading, writing = os.pipe()
    environment = {**os.environ, "GIVEN": "caf\udce9", "PYTHONPATH": str(cwd)}
    done = subprocess.run(
        [python, *words, str(writing)],
        cwd=cwd,
        env=environment,
        pass_fds=[writing],
        input="text",
        capture_output=True,
        check=False,
        encoding="utf-8",
        **given,
    )
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        # Also: nobody else holds its other end open.
        return done.returncode, done.stdout, done.stderr, pipe.read()


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_is_what_it_would_be(name: str, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text("")
    (tmp_path / "program.py").write_text(PROGRAMS[name])
    for words in (
        ("-c", PROGRAMS[name]),
        ("program.py",),
        ("-m", "program"),
        ("-P", "-m", "program"),
    ):
        found, expected = (
            ends(python, *words, cwd=tmp_path) for python in (warm_python(), sys.executable)
        )
        assert found == expected, words


def test_an_error_is_told(tmp_path: Path) -> None:
    status, _, told, _ = ends(warm_python(), "-c", "1 / 0", cwd=tmp_path)
    assert status == 1
    assert told.endswith("ZeroDivisionError: division by zero\n")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_signals_reach_the_program(sent: signal.Signals, tmp_path: Path) -> None:
    code = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    program = subprocess.Popen(
        [warm_python(), "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert program.stdout is not None
    with program.stdout as output:
        pid = int(output.readline())
        program.send_signal(sent)
        assert program.wait() in (-sent, 1)
    while sent is signal.SIGKILL and _runs(pid):
        time.sleep(0.01)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
