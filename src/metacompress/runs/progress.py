"""Progress of the stages of a study, for a person to watch."""

from __future__ import annotations

import sys
import threading
import time
import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from metacompress.errors import Interrupted
from metacompress.terminal import echo, make_console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

# Libraries take seconds to load: within the first one, something is to be seen.
_FIRST_SECONDS = 0.7
# Between two lines where no bar can be drawn, as in a log.
_LINE_SECONDS = 5.0
LINE_PREFIX = "metacompress: "


class Progress(Protocol):
    """Shows stages."""

    def stage(self, title: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Open a stage of ``total`` steps; the context's value is called with steps done."""

    def watch(
        self, title: str, total: int
    ) -> AbstractContextManager[Callable[[int, Sequence[str]], None]]:
        """Open a stage that is called with steps done and with lines on how things stand."""

    def note(self, text: str) -> None:
        """Show a line that stays."""


class NoProgress:
    """Shows nothing."""

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        """See Progress."""
        yield lambda steps: None

    @contextmanager
    def watch(self, title: str, total: int) -> Iterator[Callable[[int, Sequence[str]], None]]:
        """See Progress."""
        with self.stage(title, total) as advance:
            yield lambda steps, lines: advance(steps)

    def note(self, text: str) -> None:
        """See Progress."""


class TerminalProgress:
    """Bars with rate and time left on standard error; plain lines where that is not a terminal.

    Create it before anything heavy is imported: after a moment without any stage it says that
    the command is loading.

    Args:
        first_seconds: the moment.
        line_seconds: between two plain lines.
    """

    def __init__(
        self, *, first_seconds: float = _FIRST_SECONDS, line_seconds: float = _LINE_SECONDS
    ) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._lines = _Lines(first_seconds, None if self._is_terminal else line_seconds)

    def note(self, text: str) -> None:
        """See Progress."""
        if not self._is_terminal:
            self._lines.say(text)
            return
        make_console(stderr=True).print(text, soft_wrap=True)

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        """See Progress."""
        with self._lines.stage(title, total) as count:
            if not self._is_terminal:
                yield count
                return
            with _bar(title, total) as advance:
                yield lambda steps: advance(steps, ())

    @contextmanager
    def watch(self, title: str, total: int) -> Iterator[Callable[[int, Sequence[str]], None]]:
        """See Progress."""
        with self._lines.stage(title, total) as count:
            if self._is_terminal:
                with _bar(title, total) as advance:
                    yield advance
                return

            def show(steps: int, lines: Sequence[str]) -> None:
                count(steps)
                self._lines.say_below(lines)

            yield show


@contextmanager
def _bar(title: str, total: int) -> Iterator[Callable[[int, Sequence[str]], None]]:
    """A bar with lines below it."""
    from rich.console import Group
    from rich.live import Live
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    console = make_console(stderr=True)
    progress = Progress(
        TextColumn("{task.description:<28}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=console,
    )
    task = progress.add_task(title, total=total, rate="")
    with Live(progress, console=console, refresh_per_second=10) as live:

        def advance(steps: int, lines: Sequence[str]) -> None:
            progress.advance(task, steps)
            speed = progress.tasks[0].speed
            progress.update(task, rate=f"{speed:,.1f}/s" if speed else "")
            if lines:
                live.update(Group(progress, *(Text(f"  {line}") for line in lines)))

        try:
            yield advance
        except (Interrupted, KeyboardInterrupt):
            # The terminal has written ^C behind the bar: drawn once more, it would stand twice.
            live.transient = True
            raise


class _Lines:
    """Plain lines on standard error, written by a thread as time passes.

    Args:
        first_seconds: until a line says that the command is loading, where no stage has begun.
        line_seconds: between two lines about a stage; None writes none.
    """

    def __init__(self, first_seconds: float, line_seconds: float | None) -> None:
        self._title: str | None = None
        self._done = self._total = 0
        self._below: Sequence[str] = ()
        self._since = time.monotonic()
        self._began = threading.Event()
        self._shown = False
        watched = (weakref.ref(self), self._began, first_seconds, line_seconds)
        threading.Thread(target=_watch, args=watched, daemon=True).start()

    def say(self, text: str) -> None:
        """Write one line."""
        echo(f"{LINE_PREFIX}{text}", err=True)

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        """See Progress."""
        outer = self._title, self._done, self._total, self._since
        self._title, self._done, self._total, self._below = title, 0, total, ()
        self._since = time.monotonic()
        self._shown = False
        self._began.set()

        def advance(steps: int) -> None:
            self._done += steps

        try:
            yield advance
            if self._shown:
                self.say_stage()
        finally:
            self._title, self._done, self._total, self._since = outer
            self._below = ()

    def say_below(self, lines: Sequence[str]) -> None:
        """Say these lines with the next one about the stage."""
        self._below = lines

    def say_stage(self) -> None:
        """Write how far the stage is, where there is one."""
        if self._title is None:
            return
        self._shown = True
        seconds = time.monotonic() - self._since
        self.say(f"{self._title}: {self._done:,} of {self._total:,}, {seconds:,.0f} s")
        for line in self._below:
            self.say(f"  {line}")


def _watch(
    watched: weakref.ref[_Lines],
    began: threading.Event,
    first_seconds: float,
    line_seconds: float | None,
) -> None:
    """Write as time passes, until nobody needs it: the thread keeps nothing alive."""
    if not began.wait(first_seconds) and (lines := watched()) is not None:
        lines.say("loading")
        del lines
    while line_seconds is not None and watched() is not None:
        time.sleep(line_seconds)
        if (lines := watched()) is not None:
            lines.say_stage()
        del lines
