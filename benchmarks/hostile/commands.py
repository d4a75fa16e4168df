"""The command line in a process of its own, which can be killed at a given moment.

The process is forked from one that has the libraries loaded: what is killed is then the work of a
command, and not, nine times in ten, the import of torch.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

# One thread each: a fork keeps no others.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "COLUMNS": "100",
}
_LIBRARIES = (
    "metacompress.cli.app",
    "metacompress.api.studies",
    "metacompress.api.making",
    "metacompress.study.check.study",
    "metacompress.study.attack.study",
    "metacompress.report.html",
    "metacompress.report.terminal.check",
    "metacompress.models.backends.onnx",
    "metacompress.models.backends.transformers",
    "metacompress.training.training",
    "metacompress.compression.compress",
)
_POLL = 0.0005


@dataclass(frozen=True)
class Done:
    """A command that has ended.

    Attributes:
        status: exit status; negative, the signal that ended it.
        stdout: its standard output.
        stderr: its standard error.
        seconds: wall-clock time.
    """

    status: int
    stdout: str
    stderr: str
    seconds: float


def load_libraries() -> None:
    """Import what commands import, where it is installed."""
    for name in _LIBRARIES:
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            print(f"{name}: {error}; what needs it is left out", file=sys.stderr)


def call(
    words: Sequence[str],
    cwd: Path,
    *,
    kill_after: float | None = None,
    limit: float = 600.0,
) -> Done:
    """Call ``metacompress`` with these words.

    Args:
        words: of the command line.
        cwd: working directory.
        kill_after: seconds after which it is killed, as by a lack of memory or of power.
        limit: seconds after which it is killed because it hangs.
    """
    with tempfile.TemporaryDirectory() as folder:
        out, error = Path(folder, "stdout"), Path(folder, "stderr")
        sys.stdout.flush()
        sys.stderr.flush()
        start = time.perf_counter()
        pid = os.fork()
        if pid == 0:
            _become(words, cwd, out, error)
        end = start + (limit if kill_after is None else kill_after)
        status = _wait(pid, end)
        seconds = time.perf_counter() - start
        return Done(status, _text(out), _text(error), seconds)


def _wait(pid: int, end: float) -> int:
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.perf_counter() >= end:
            os.kill(pid, signal.SIGKILL)
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        time.sleep(_POLL)


def _become(words: Sequence[str], cwd: Path, out: Path, error: Path) -> NoReturn:
    status = 99
    try:
        for number, path in ((0, Path(os.devnull)), (1, out), (2, error)):
            mode = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            opened = os.open(path, mode, 0o600)
            os.dup2(opened, number)
            os.close(opened)
        os.chdir(cwd)
        os.environ.update(ENVIRONMENT)
        sys.argv = ["metacompress", *words]
        from metacompress.cli.entry import main

        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 99
    except BaseException:  # noqa: BLE001 - what comes this far is shown, and counted
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


def _text(path: Path) -> str:
    return path.read_text(errors="replace") if path.exists() else ""
