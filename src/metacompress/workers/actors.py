"""Workers on a Ray cluster: one actor each."""

from __future__ import annotations

import os
import socket
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import ray
from ray.exceptions import RayError

from metacompress.errors import WorkerError, first_line
from metacompress.garbage import collect_seldom
from metacompress.workers.bench import Bench
from metacompress.workers.cores import ONE_THREAD
from metacompress.workers.crew import Answer, Loss, Ready

if TYPE_CHECKING:
    from metacompress.workers.crew import Event, Order

# A cluster that lost a node may get another one, which takes its time.
_PLACING_SECONDS = 300.0
_KNOCK_SECONDS = 10.0
# Of Ray's client server, unless its address says another one.
_PORT = 10001


def _knock(address: str) -> None:
    """Fail at once where nothing listens: Ray tries for half a minute, and keeps a broken client.

    Raises:
        OSError: nothing listens there.
    """
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port or _PORT), _KNOCK_SECONDS):
        pass


class _Actor:
    """A worker: what Ray runs on a node."""

    def __init__(self, directory: str) -> None:
        os.environ.update(ONE_THREAD)
        collect_seldom()
        # Relative paths mean what they mean to the process that sends the orders.
        with suppress(OSError):
            os.chdir(directory)
        self._bench = Bench()

    def ready(self) -> None:
        """Answers once the worker runs."""

    def do(self, digest: str, job: bytes | None, task: bytes) -> bytes:
        """See Bench."""
        if job is not None:
            self._bench.lay_out(digest, job)
        return self._bench.do(digest, task)


@dataclass(slots=True)
class _Worker:
    actor: Any
    # Calls under way with the orders that they carry, the oldest first; None is ``ready``.
    calls: deque[tuple[Any, int | None]] = field(default_factory=deque)
    jobs: set[str] = field(default_factory=set)


class Actors:
    """See Crew.

    Args:
        address: of the cluster, ``ray://HOST:PORT``; None for that of this machine, which is
            started if there is none.
        cpus: that an actor takes.
        gpus: that an actor takes.

    Attributes:
        room: actors of this size that the cluster has CPUs and GPUs for, one per CPU at most.

    Raises:
        WorkerError: the cluster cannot be reached.
    """

    is_local = False

    def __init__(self, address: str | None, *, cpus: float, gpus: float) -> None:
        self._began = not ray.is_initialized()
        if self._began:
            try:
                if address is not None:
                    _knock(address)
                ray.init(address=address, log_to_driver=False, logging_level="error")
            except (RayError, OSError, RuntimeError, ValueError) as error:
                raise WorkerError(
                    f"{address or 'ray'}: the Ray cluster cannot be reached ({first_line(error)})"
                ) from error
        self._size = f"{cpus:g} CPUs and {gpus:g} GPUs"
        self._make = ray.remote(num_cpus=cpus, num_gpus=gpus, scheduling_strategy="SPREAD")(_Actor)
        self._needs = {"CPU": max(cpus, 1.0), "GPU": gpus}
        self._workers: dict[int, _Worker] = {}
        self._jobs: dict[str, Any] = {}
        self._numbers = count()

    @property
    def room(self) -> int:
        """See above."""
        there = ray.cluster_resources()
        places = (there.get(name, 0) / need for name, need in self._needs.items() if need)
        return max(1, int(min(places)))

    def hire(self) -> int:
        """See Crew."""
        worker = _Worker(self._make.remote(os.getcwd()))  # noqa: PTH109
        worker.calls.append((worker.actor.ready.remote(), None))
        number = next(self._numbers)
        self._workers[number] = worker
        return number

    def give(self, worker: int, order: Order) -> None:
        """See Crew."""
        given = self._workers[worker]
        job = None
        if order.digest not in given.jobs:
            if order.digest not in self._jobs:
                self._jobs[order.digest] = ray.put(order.job)
            job = self._jobs[order.digest]
            given.jobs.add(order.digest)
        given.calls.append((given.actor.do.remote(order.digest, job, order.task), order.number))

    def events(self, *, wait: bool) -> list[Event]:
        """See Crew."""
        oldest = {one.calls[0][0]: number for number, one in self._workers.items() if one.calls}
        if not oldest:
            return []
        done, _ = ray.wait(list(oldest), timeout=_PLACING_SECONDS if wait else 0)
        starting = all(one.calls[0][1] is None for one in self._workers.values() if one.calls)
        if wait and not done and starting:
            raise WorkerError(
                f"no node of the Ray cluster had room for a worker of {self._size} within "
                f"{_PLACING_SECONDS:.0f} s; add a node, or let workers take less"
            )
        return [self._event(oldest[one]) for one in done]

    def _event(self, number: int) -> Event:
        worker = self._workers[number]
        call, order = worker.calls.popleft()
        try:
            outcome = ray.get(call)
        except RayError as error:
            del self._workers[number]
            self._end(worker)
            return Loss(number, first_line(error))
        return Ready(number) if order is None else Answer(number, order, outcome)

    def let_go(self) -> None:
        """See Crew."""
        workers, self._workers = self._workers, {}
        for worker in workers.values():
            self._end(worker)

    def dismiss(self) -> None:
        """See Crew; a cluster that was started or joined for these workers is left."""
        self.let_go()
        if self._began:
            ray.shutdown()

    def _end(self, worker: _Worker) -> None:
        with suppress(RayError, ValueError):
            ray.kill(worker.actor)
