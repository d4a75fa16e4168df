"""Ctrl-C and SIGTERM: one line that says what is kept and which command goes on."""

from __future__ import annotations

import shlex
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from metacompress.errors import Interrupted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# As shells have it: 130 after Ctrl-C, 143 after SIGTERM.
_EXIT_BASE = 128


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise Interrupted in the block on the first signal; a second one ends the process at once.

    A signal that the parent process had ignored, as ``nohup`` has, stays ignored.
    """
    before = {one: signal.getsignal(one) for one in _SIGNALS}

    def interrupt(number: int, frame: FrameType | None) -> NoReturn:
        for one in heard:
            signal.signal(one, signal.SIG_DFL)
        raise Interrupted(number)

    heard = [one for one in _SIGNALS if before[one] is not signal.SIG_IGN]
    for one in heard:
        signal.signal(one, interrupt)
    try:
        yield
    finally:
        for one in heard:
            signal.signal(one, before[one])


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
    """The command that was called, as it can be typed again."""
    called = Path(arguments[0])
    as_module = called.name == "__main__.py"
    program = ["python", "-m", "metacompress"] if as_module else [called.name or "metacompress"]
    return shlex.join([*program, *arguments[1:]])
