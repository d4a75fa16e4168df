"""Runs the trainings of a compression, some at once, and keeps what came of them."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metacompress.compression import worker
from metacompress.compression.run_files import ONE_TRAINING
from metacompress.errors import RunDirectoryError
from metacompress.files.atomic import write_text
from metacompress.files.ownership import remove_ours
from metacompress.files.room import is_full, no_room
from metacompress.runs.run_directory import RunDirectory
from metacompress.threads import thread_limit
from metacompress.training.published import is_damaged
from metacompress.training.run_files import WORK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from metacompress.runs.progress import Progress

OUTCOME = "outcome.json"
_JOB = "job.json"
_LOG = "log.txt"
_MODEL = "model"
# A training that is killed is begun once more, from its last checkpoint.
_ATTEMPTS = 2
_GLANCE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Training:
    """A training that is to be done.

    Attributes:
        directory: of its model and its outcome.
        settings: of the distillation, without its directory.
        title: what it is called for people.
    """

    directory: Path
    settings: dict[str, Any]
    title: str

    @property
    def model(self) -> Path:
        """Directory of the student."""
        return self.directory / _MODEL

    def outcome(self) -> dict[str, Any] | None:
        """The outcome; None where it is unfinished, damaged, or of other settings."""
        if not self.is_there():
            return None
        found = worker.read_outcome(self.directory / OUTCOME)
        work = RunDirectory(self.model / WORK)
        return None if found and "failure" not in found and is_damaged(work, self.model) else found

    def is_there(self) -> bool:
        """Whether what is in the directory was made with these settings.

        A search that goes on may want another configuration under the same number.
        """
        began_with = (_read_object(self.directory / _JOB) or {}).get("settings", {})
        return _without_paths(began_with) == _without_paths(json.loads(json.dumps(self.settings)))


class Trainings:
    """Runs trainings in processes of their own.

    Args:
        jobs: how many at once; they share the threads that a model may take.
        variants: table of the variants that flips are counted on, or None.
        progress: shows them.
    """

    def __init__(self, jobs: int, variants: Path | None, progress: Progress) -> None:
        self._jobs = jobs
        self._threads = max(1, thread_limit() // jobs)
        self._variants = None if variants is None else str(variants)
        self._progress = progress
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopping = False
        # In this process; a later one tries again.
        self._failed: dict[Path, dict[str, Any]] = {}

    def run(
        self,
        trainings: Sequence[Training],
        title: str,
        may_begin: Callable[[], bool] = lambda: True,
    ) -> list[dict[str, Any] | None]:
        """Do trainings that are not done yet.

        A training that fails says so in its outcome, as ``failure``; the others go on.

        Args:
            trainings: to do.
            title: of all of them.
            may_begin: asked before each; where it says no, that one is left out.

        Returns:
            their outcomes; None for those that were left out.
        """

        def one(training: Training) -> dict[str, Any] | None:
            shown = 0

            def show(percent: int) -> None:
                nonlocal shown
                advance(percent - shown)
                shown = percent

            found = self._failed.get(training.directory)
            if found is None:
                found = training.outcome()
                # One of an earlier process may have lacked memory or disk: try again.
                found = None if found is not None and "failure" in found else found
            if found is None and not self._stopping and may_begin():
                found = self._train(training, show)
                if found is not None and "failure" in found:
                    self._failed[training.directory] = found
                if found is not None:
                    self._progress.note(f"{training.title}: {_told(found)}")
            show(100)
            return found

        with (
            self._progress.stage(f"{title}, percent", 100 * len(trainings)) as advance,
            ThreadPoolExecutor(self._jobs) as pool,
        ):
            pending = [pool.submit(one, training) for training in trainings]
            try:
                # With a time limit: libraries that handle Ctrl-C, as z3 does, leave a wait without
                # one uninterruptible (SA_RESTART).
                while wait(pending, _GLANCE_SECONDS).not_done:
                    pass
                return [future.result() for future in pending]
            except BaseException:
                self._stop()
                raise

    def _train(self, training: Training, show: Callable[[int], None]) -> dict[str, Any] | None:
        """Train, and show how far it is; None where everything is being stopped."""
        job = training.directory / _JOB
        outcome = training.directory / OUTCOME
        log = training.directory / _LOG
        content = {
            "settings": {**training.settings, "out": str(training.model)},
            "variants": self._variants,
            "outcome": str(outcome),
            "threads": self._threads,
        }
        try:
            if training.directory.exists() and not training.is_there():
                remove_ours(training.directory, ONE_TRAINING)
            training.directory.mkdir(parents=True, exist_ok=True)
            outcome.unlink(missing_ok=True)
            write_text(job, json.dumps(content))
            for _ in range(_ATTEMPTS):
                code: int | None = None
                with log.open("ab") as output:
                    process = subprocess.Popen(
                        [sys.executable, "-m", worker.__name__, str(job)],
                        # Ends with this process, whatever ends it, and the training with it.
                        stdin=subprocess.PIPE,
                        stdout=output,
                        stderr=output,
                        # Ctrl-C is for this process, which stops the others.
                        start_new_session=True,
                    )
                self._running.add(process)
                if self._stopping:  # since: it may be missing among those that were stopped
                    process.kill()
                while code is None:
                    show(worker.percent_done(training.directory))
                    with suppress(subprocess.TimeoutExpired):
                        code = process.wait(_GLANCE_SECONDS)
                self._running.discard(process)
                assert process.stdin is not None
                process.stdin.close()
                found = training.outcome()
                # Of no training: another one would be chosen in its place, and another student.
                reason = "" if found is None else str(found.get("failure", ""))
                if (found is None or reason) and is_full(training.directory, reason):
                    raise no_room(training.directory)
                if found is not None or self._stopping:
                    return found
            failed = {
                "failure": f"its process ended {_ATTEMPTS} times with exit status {code}; see {log}"
            }
        except OSError as error:
            raise RunDirectoryError(
                f"{training.directory}: cannot be written ({error.strerror})",
                path=training.directory,
            ) from error
        return failed

    def _stop(self) -> None:
        self._stopping = True
        for process in list(self._running):
            process.kill()


def _read_object(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _without_paths(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings without what follows from the directory of the compression."""
    data = {name: value for name, value in settings.get("data", {}).items() if name != "path"}
    kept = {k: v for k, v in settings.items() if k not in ("out", "teacher", "data")}
    return {**kept, "data": data}


def _told(outcome: dict[str, Any]) -> str:
    if "failure" in outcome:
        return f"failed ({outcome['failure']})"
    flips = "" if outcome["flips"] is None else f", flips {outcome['flips']:.4f}"
    return (
        f"accuracy {outcome['accuracy']:.4f}{flips}, {outcome['parameters']:,} parameters, "
        f"{outcome['seconds']:.0f} s"
    )
