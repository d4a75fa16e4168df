"""Worker processes on this machine, with one thread each."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from typing import IO, TYPE_CHECKING, Any

from metacompress.errors import WorkerError, first_line
from metacompress.workers import process
from metacompress.workers.cores import ONE_THREAD
from metacompress.workers.crew import Answer, Loss, Ready

if TYPE_CHECKING:
    from metacompress.workers.crew import Event, Order

_PATIENCE_SECONDS = 5.0
_LAST_WORDS = 2000


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection[Any, Any]
    log: IO[bytes]
    jobs: set[str] = field(default_factory=set)
    is_ready: bool = False


class Processes:
    """See Crew.

    They are started anew rather than forked, so that no lock or thread of a library is copied, and
    as a program of their own, so that a script needs no ``if __name__ == "__main__"``. They do not
    hear Ctrl-C, which is for the process that ends them.
    """

    is_local = True

    def __init__(self) -> None:
        self._workers: dict[int, _Worker] = {}
        self._numbers = count()

    def hire(self) -> int:
        """See Crew."""
        try:
            worker = self._started()
        except OSError as error:
            raise WorkerError(
                f"worker {len(self._workers) + 1} cannot be started ({first_line(error)}); use "
                f"fewer workers"
            ) from error
        number = next(self._numbers)
        self._workers[number] = worker
        return number

    def _started(self) -> _Worker:
        with ExitStack() as undone:
            ours, theirs = map(undone.enter_context, socket.socketpair())
            log = undone.enter_context(tempfile.TemporaryFile())
            started = subprocess.Popen(
                [sys.executable, "-P", "-m", process.__name__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**os.environ, **ONE_THREAD, "PYTHONPATH": _python_path()},
            )
            theirs.close()
            # Closed with the worker from here on.
            undone.pop_all()
        return _Worker(started, Connection(ours.detach()), log)

    def give(self, worker: int, order: Order) -> None:
        """See Crew."""
        given = self._workers[worker]
        job = None if order.digest in given.jobs else order.job
        given.jobs.add(order.digest)
        with suppress(OSError):  # lost, which shows in ``events``
            given.connection.send((order.number, order.digest, job, order.task))

    def events(self, *, wait: bool) -> list[Event]:
        """See Crew."""
        by_connection = {one.connection: number for number, one in self._workers.items()}
        heard = wait_for(list(by_connection), None if wait else 0)
        return [self._event(by_connection[one]) for one in heard]  # type: ignore[index]

    def _event(self, number: int) -> Event:
        worker = self._workers[number]
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            del self._workers[number]
            return Loss(number, _ended(worker))
        return Ready(number) if message is None else Answer(number, *message)

    def let_go(self) -> None:
        """See Crew."""
        workers, self._workers = self._workers, {}
        for worker in workers.values():
            worker.connection.close()
        for worker in workers.values():
            _ended(worker)

    def dismiss(self) -> None:
        """See Crew."""
        self.let_go()

    @property
    def pids(self) -> list[int]:
        """Process numbers of the workers."""
        return [worker.process.pid for worker in self._workers.values()]


def _ended(worker: _Worker) -> str:
    """Wait for the end of a worker, or put one to it; returns how it ended, in words."""
    worker.connection.close()
    try:
        status = worker.process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        worker.process.kill()
        status = worker.process.wait()
    with worker.log as log:
        log.seek(0, os.SEEK_END)
        log.seek(max(log.tell() - _LAST_WORDS, 0))
        said = log.read().decode("utf-8", "replace").split("\n")
    how = f"exit status {status}"
    if status < 0:
        with suppress(ValueError):
            how = f"signal {signal.Signals(-status).name}"
    last = next((line.strip() for line in reversed(said) if line.strip()), "")
    return f"{how}: {last}" if last else how


def _python_path() -> str:
    """Where this process imports from; an interactive one has an empty entry for its directory."""
    return os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109
