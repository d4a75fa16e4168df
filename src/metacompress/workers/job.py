"""Work that can be shared: jobs, their tasks, and what runs them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")


class Job(ABC, Generic[S, T, R]):
    """A recipe that every worker gets once, by pickle; tasks and results travel likewise.

    A task may be done twice, where a worker is lost: its result depends on the job and the task
    alone, and doing it leaves nothing behind that a second time would disturb.
    """

    @abstractmethod
    def setup(self) -> S:
        """What every task needs, a loaded model for instance; made once per worker."""

    @abstractmethod
    def do(self, state: S, task: T) -> R:
        """Do one task."""

    @abstractmethod
    def describe(self, task: T) -> str:
        """Name a task for messages: ``variants of examples 256 to 511``."""


class Executor(Protocol):
    """Runs jobs.

    Attributes:
        workers: number of tasks that are done at once.
        is_local: whether they are done on this machine, with its files at hand.
        seconds: processor time of other processes so far.
    """

    workers: int
    seconds: float
    is_local: bool

    def run(self, job: Job[Any, T, R], tasks: Iterable[T]) -> Iterator[R]:
        """Yield the result of every task, in their order.

        Tasks are taken from their iterator as workers need them, a bounded number ahead of the
        results. Two runs may be under way at once.

        Raises:
            WorkerError: workers end without a result again and again.
            Exception: what the job raises, where the result of its task would come.
        """

    def rest(self) -> None:
        """End the workers, so that their memory is free, until the next run starts others."""
