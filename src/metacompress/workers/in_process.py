"""The executor without workers: every task is done by this process, when its result is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from metacompress.workers.job import Job, R, T


class InProcess:
    """See Executor; nothing is pickled."""

    workers = 1
    is_local = True
    seconds = 0.0

    def run(self, job: Job[Any, T, R], tasks: Iterable[T]) -> Iterator[R]:
        """See Executor; the job is set up with its first task."""
        state: Any = None
        for number, task in enumerate(tasks):
            if number == 0:
                state = job.setup()
            yield job.do(state, task)

    def rest(self) -> None:
        """See Executor; there is nobody to end."""
