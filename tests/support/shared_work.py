"""Jobs for workers that are processes of their own: they must be able to import them."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from metacompress.errors import DataError
from metacompress.workers.job import Job


@dataclass(frozen=True)
class Square(Job[int, int, tuple[int, int]]):
    """Squares a number, the process that did it beside it.

    Attributes:
        notes: a directory that gets a file for each time it is set up.
        slow: seconds that the first task of each four takes.
        deadly: a task that kills its worker, the first time or for ever.
        for_ever: which of both.
        wrong: a task that fails.
    """

    notes: str
    slow: float = 0.0
    deadly: int | None = None
    for_ever: bool = False
    wrong: int | None = None

    def setup(self) -> int:
        Path(self.notes, f"setup-{os.getpid()}").touch(exist_ok=False)
        return 2

    def do(self, state: int, task: int) -> tuple[int, int]:
        if task == self.deadly:
            mark = Path(self.notes, "died")
            if self.for_ever or not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        if task == self.wrong:
            raise DataError(f"task {task} is wrong", path="data.jsonl", line=task)
        if task % 4 == 0:
            time.sleep(self.slow)
        return task**state, os.getpid()

    def describe(self, task: int) -> str:
        return f"square of {task}"


@dataclass(frozen=True)
class Stubborn(Job[None, int, int]):
    """Does not end by itself; says that it runs, and leaves a file open until it is told to end."""

    notes: str

    def setup(self) -> None:
        return None

    def do(self, state: None, task: int) -> int:
        try:
            Path(self.notes, f"running-{os.getpid()}").touch()
            time.sleep(600)
        finally:
            Path(self.notes, f"cleaned-{os.getpid()}").touch()
        return task

    def describe(self, task: int) -> str:
        return "sleep"
