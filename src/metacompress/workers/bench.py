"""What a worker does: it sets jobs up, keeps them at hand, and answers orders."""

from __future__ import annotations

import pickle
import time
import traceback
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple

from metacompress.errors import WorkerError, first_line

if TYPE_CHECKING:
    from metacompress.workers.job import Job

# Jobs whose state a worker keeps, a model each as a rule: the least recently used goes first.
_KEPT = 4


class Bench:
    """Does tasks of jobs that were laid out on it."""

    def __init__(self) -> None:
        self._jobs: dict[str, bytes] = {}
        self._ready: OrderedDict[str, tuple[Job[Any, Any, Any], Any]] = OrderedDict()

    def lay_out(self, digest: str, job: bytes) -> None:
        """Get a job, pickled, for the tasks to come; it is set up by the first of them."""
        self._jobs[digest] = job

    def do(self, digest: str, task: bytes) -> bytes:
        """Do a pickled task of the job; returns a pickled outcome, see ``opened``."""
        before = time.process_time()
        try:
            job, state = self._at_hand(digest)
            found = job.do(state, pickle.loads(task))  # noqa: S301 - our own
        except Exception as error:  # noqa: BLE001 - it is raised again where the result is awaited
            return _failure(error, time.process_time() - before)
        return _packed(_Outcome(True, found, time.process_time() - before))

    def _at_hand(self, digest: str) -> tuple[Job[Any, Any, Any], Any]:
        if digest not in self._ready:
            job: Job[Any, Any, Any] = pickle.loads(self._jobs[digest])  # noqa: S301 - our own
            while len(self._ready) >= _KEPT:
                self._ready.popitem(last=False)
            self._ready[digest] = job, job.setup()
        self._ready.move_to_end(digest)
        return self._ready[digest]


class _Outcome(NamedTuple):
    done: bool
    found: Any
    seconds: float


def opened(outcome: bytes) -> tuple[Any, float]:
    """The result in an outcome of ``Bench.do``, and the processor seconds that it took.

    Raises:
        Exception: the error that the task ended with.
    """
    done, found, seconds = pickle.loads(outcome)  # noqa: S301 - written by our own workers
    if not done:
        raise found
    return found, seconds


def _packed(outcome: _Outcome) -> bytes:
    return pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)


def _failure(error: Exception, seconds: float) -> bytes:
    """The outcome of a task that raised; where it was raised goes along as a note."""
    error.add_note("in a worker:\n" + "".join(traceback.format_exception(error)).rstrip())
    error.__traceback__ = error.__cause__ = error.__context__ = None
    try:
        packed = _packed(_Outcome(False, error, seconds))
        pickle.loads(packed)  # noqa: S301 - some errors can be packed and not opened again
    except Exception:  # noqa: BLE001 - whatever a foreign error does when it is copied
        told = WorkerError(f"a worker failed: {first_line(error)}")
        return _packed(_Outcome(False, told, seconds))
    return packed
