"""Ctrl-C, SIGTERM and a closed terminal: one line says what is kept and which command goes on."""

from __future__ import annotations

import errno
import os
import shlex
import shutil
import signal
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from metacompress.errors import Interrupted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# As shells have it: 130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP, of a closed terminal.
_EXIT_BASE = 128
# Until a signal that was lost is sent again: what lost it has returned by then.
_AGAIN_SECONDS = 0.05


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise Interrupted in the block on the first signal; a second one ends the process at once.

    A signal that the parent process had ignored, as ``nohup`` has, stays ignored. One that comes
    while a destructor or a callback of Python's import system runs, which cannot raise, is sent
    again: Python would print a traceback and go on.
    """
    before = {one: signal.getsignal(one) for one in _SIGNALS}
    report = sys.unraisablehook

    def interrupt(number: int, frame: FrameType | None) -> NoReturn:
        for one in heard:
            signal.signal(one, signal.SIG_DFL)
        if number == signal.SIGHUP:
            # A closed terminal sends several: from the system, and from the shell in it.
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            _leave_terminal()
        raise Interrupted(number)

    def hear() -> None:
        for one in heard:
            signal.signal(one, interrupt)

    def raised_in_vain(unraisable: sys.UnraisableHookArgs) -> None:
        lost = unraisable.exc_value
        if not isinstance(lost, Interrupted):
            report(unraisable)
            return
        hear()
        threading.Timer(_AGAIN_SECONDS, os.kill, (os.getpid(), lost.signal)).start()

    heard = [one for one in _SIGNALS if before[one] is not signal.SIG_IGN]
    hear()
    sys.unraisablehook = raised_in_vain
    try:
        yield
    finally:
        sys.unraisablehook = report
        for one in heard:
            signal.signal(one, before[one])


def _leave_terminal() -> None:
    """Let what is written to a terminal that is gone go nowhere; bars would raise errors."""
    import termios

    for descriptor in (1, 2):
        try:
            termios.tcgetattr(descriptor)
        except termios.error as error:
            if error.args[0] == errno.EIO:
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, descriptor)
                os.close(nowhere)


def farewell(interrupt: Interrupted) -> str:
    """The line to end with."""
    command = command_line(sys.argv)
    if interrupt.kept is None:
        return f"interrupted; nothing new is kept; begin again with: {command}"
    kept = shlex.quote(str(interrupt.kept))
    return f"interrupted; what is done is kept in {kept}; go on with: {command}"


def exit_status(interrupt: Interrupted) -> int:
    """The exit status that shells give a process that the signal ended."""
    return _EXIT_BASE + interrupt.signal


def command_line(arguments: list[str]) -> str:
    """The command that was called, as it can be typed again: by its path, if it needs one."""
    called = arguments[0] or "metacompress"
    if Path(called).name == "__main__.py":
        program = [_typed(sys.executable), "-m", "metacompress"]
    else:
        program = [_typed(called)]
    return shlex.join([*program, *arguments[1:]])


def _typed(program: str) -> str:
    name = Path(program).name
    found = shutil.which(name)
    # Not resolved: the Python of a virtual environment links to one that lacks its packages.
    is_found = found is not None and Path(found).absolute() == Path(program).absolute()
    return name if is_found else program
