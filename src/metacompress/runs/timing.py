"""Times of the stages of a study."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from metacompress.runs.progress import Progress


@dataclass(frozen=True, slots=True)
class Seconds:
    """Time that something took.

    Attributes:
        wall: seconds on the clock.
        cpu: seconds of all threads of the process.
    """

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: Seconds) -> Seconds:
        return Seconds(self.wall + other.wall, self.cpu + other.cpu)

    def __sub__(self, other: Seconds) -> Seconds:
        return Seconds(self.wall - other.wall, self.cpu - other.cpu)

    def __mul__(self, factor: float) -> Seconds:
        return Seconds(self.wall * factor, self.cpu * factor)

    @classmethod
    def now(cls) -> Seconds:
        """A moment, to be subtracted from a later one."""
        return cls(time.perf_counter(), time.process_time())


class TimedProgress:
    """Takes the time of every stage; shows it where there is something to show it.

    Args:
        shown: what shows stages and notes; None for nothing.
    """

    def __init__(self, shown: Progress | None = None) -> None:
        self._shown = shown
        self.stages: dict[str, Seconds] = {}

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        """See Progress; stages of one title are added up."""
        started = Seconds.now()
        try:
            if self._shown is None:
                yield lambda steps: None
            else:
                with self._shown.stage(title, total) as advance:
                    yield advance
        finally:
            before = self.stages.get(title, Seconds())
            self.stages[title] = before + (Seconds.now() - started)

    @contextmanager
    def watch(self, title: str, total: int) -> Iterator[Callable[[int, Sequence[str]], None]]:
        """See Progress."""
        with self.stage(title, total) as advance:
            yield lambda steps, lines: advance(steps)

    def note(self, text: str) -> None:
        """See Progress."""
        if self._shown is not None:
            self._shown.note(text)
