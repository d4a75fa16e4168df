"""A pool of workers: shares tasks out, keeps their order, and replaces workers that are lost."""

from __future__ import annotations

import hashlib
import pickle
from collections import Counter, deque
from itertools import count
from typing import TYPE_CHECKING, Any, Self

from metacompress.errors import WorkerError
from metacompress.workers.bench import opened
from metacompress.workers.crew import Answer, Loss, Order, Ready

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from metacompress.workers.crew import Crew, Event
    from metacompress.workers.job import Job, R, T

# Orders that a worker has: the next one is there when one is filled.
_DEPTH = 2
# Tasks per worker that are under way or done ahead of the result that is due.
_AHEAD = 4
# Workers that may be lost with the same task under way, or in a row before one is ready.
_LOSSES = 3


class Pool:
    """See Executor; a context manager that ends the workers. They are started by the first run.

    Args:
        crew: the workers.
        workers: how many, at least 1.
    """

    def __init__(self, crew: Crew, workers: int) -> None:
        self.workers = workers
        self.is_local = crew.is_local
        self.seconds = 0.0
        self._crew = crew
        self._numbers = count()
        # Orders of every worker that is ready, the one that it is filling first.
        self._given: dict[int, deque[Order]] = {}
        self._starting: set[int] = set()
        self._waiting: deque[Order] = deque()
        # Numbers of the orders whose outcome somebody will ask for.
        self._wanted: set[int] = set()
        self._outcomes: dict[int, bytes | WorkerError] = {}
        self._losses: Counter[int] = Counter()
        self._failed_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._crew.dismiss()

    def run(self, job: Job[Any, T, R], tasks: Iterable[T]) -> Iterator[R]:
        """See Executor."""
        packed = pickle.dumps(job, pickle.HIGHEST_PROTOCOL)
        digest = hashlib.sha256(packed).hexdigest()
        upcoming = iter(tasks)
        due: deque[Order] = deque()
        try:
            while True:
                due.extend(self._ordered(job, digest, packed, upcoming, len(due)))
                if not due:
                    return
                first = due[0].number
                # Also where the outcome is there: workers must not wait for the next one.
                self._turn(wait=first not in self._outcomes)
                while first not in self._outcomes:
                    self._turn(wait=True)
                due.popleft()
                self._wanted.discard(first)
                outcome = self._outcomes.pop(first)
                if isinstance(outcome, WorkerError):
                    raise outcome
                result, seconds = opened(outcome)
                self.seconds += seconds
                yield result
        finally:
            self._cancel(due)

    def rest(self) -> None:
        """See Executor; what the workers had of a run that is under way waits for others."""
        self._crew.let_go()
        given, self._given = self._given, {}
        self._starting.clear()
        unfilled = [one for orders in given.values() for one in orders]
        waiting = [one for one in (*unfilled, *self._waiting) if one.number in self._wanted]
        self._waiting = deque(sorted(waiting, key=lambda one: one.number))

    def _ordered(
        self, job: Job[Any, T, R], digest: str, packed: bytes, upcoming: Iterator[T], due: int
    ) -> Iterator[Order]:
        """Orders for the next tasks, as many as may be under way."""
        for _ in range(due, _AHEAD * self.workers):
            try:
                task = next(upcoming)
            except StopIteration:
                return
            content = pickle.dumps(task, pickle.HIGHEST_PROTOCOL)
            order = Order(next(self._numbers), digest, packed, content, job.describe(task))
            self._wanted.add(order.number)
            self._waiting.append(order)
            yield order

    def _cancel(self, orders: Iterable[Order]) -> None:
        for order in orders:
            self._wanted.discard(order.number)
            self._outcomes.pop(order.number, None)
        self._waiting = deque(one for one in self._waiting if one.number in self._wanted)

    def _turn(self, *, wait: bool) -> None:
        """Share out what waits, and take in what happened."""
        unfilled = len(self._waiting) + sum(map(len, self._given.values()))
        for _ in range(len(self._given) + len(self._starting), min(self.workers, unfilled)):
            self._starting.add(self._crew.hire())
        self._share_out()
        for event in self._crew.events(wait=wait):
            self._take_in(event)
        self._share_out()

    def _share_out(self) -> None:
        while self._waiting and self._given:
            worker = min(self._given, key=lambda one: len(self._given[one]))
            if len(self._given[worker]) >= _DEPTH:
                return
            order = self._waiting.popleft()
            self._given[worker].append(order)
            self._crew.give(worker, order)

    def _take_in(self, event: Event) -> None:
        match event:
            case Ready(worker):
                self._starting.discard(worker)
                self._given[worker] = deque()
                self._failed_starts = 0
            case Answer(worker, number, outcome):
                self._given[worker].popleft()
                self._losses.pop(number, None)
                if number in self._wanted:
                    self._outcomes[number] = outcome
            case Loss(worker, reason):
                if worker in self._starting:
                    self._starting.discard(worker)
                    self._failed_starts += 1
                    if self._failed_starts >= _LOSSES:
                        raise WorkerError(
                            f"{_LOSSES} workers in a row ended before they were ready ({reason})"
                        )
                self._take_back(self._given.pop(worker, deque()), reason)

    def _take_back(self, orders: deque[Order], reason: str) -> None:
        """Give the orders of a lost worker to others, the one that it was filling not for ever."""
        if orders:
            first = orders[0]
            self._losses[first.number] += 1
            if self._losses[first.number] >= _LOSSES and first.number in self._wanted:
                self._outcomes[first.number] = WorkerError(
                    f"{first.title}: {_LOSSES} workers ended one after another while they worked "
                    f"on it ({reason}); if memory is short, use fewer workers",
                    task=first.title,
                )
                orders.popleft()
        self._waiting.extendleft(one for one in reversed(orders) if one.number in self._wanted)
