"""Progress of the stages of a study, for a person to watch."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager


class Progress(Protocol):
    """Shows stages."""

    def stage(self, title: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """Open a stage of ``total`` steps; the context's value is called with steps done."""

    def note(self, text: str) -> None:
        """Show a line that stays."""


class NoProgress:
    """Shows nothing."""

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        """See Progress."""
        yield lambda steps: None

    def note(self, text: str) -> None:
        """See Progress."""


class TerminalProgress:
    """Bars with rate and time left on standard error; nothing where that is no terminal."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False)

    def note(self, text: str) -> None:
        """See Progress."""
        self._console.print(text, markup=False)

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        """See Progress."""
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        with Progress(
            TextColumn("{task.description:<28}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        ) as progress:
            task = progress.add_task(title, total=total, rate="")

            def advance(steps: int) -> None:
                progress.advance(task, steps)
                speed = progress.tasks[0].speed
                progress.update(task, rate=f"{speed:,.1f}/s" if speed else "")

            yield advance
