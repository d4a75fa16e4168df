"""Trackers of experiments: what a study tells them, whichever it is.

A tracker is three callbacks. Stages reach it by way of the progress that a study shows, figures and
files when the study is finished.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from metacompress.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from metacompress.runs.progress import Progress


class Tracker(Protocol):
    """Keeps what a study does and finds."""

    def on_stage(self, title: str, total: int) -> None:
        """A stage of ``total`` steps begins."""

    def on_metric(self, name: str, value: float, step: int | None = None) -> None:
        """A figure is known.

        Args:
            name: parts with slashes between them: ``student/prediction-agreement/sources``.
            value: the figure; shares are in [0, 1].
            step: of a training; None for what is measured once.
        """

    def on_artifact(self, path: Path) -> None:
        """A file is complete."""


class NoTracker:
    """Keeps nothing."""

    def on_stage(self, title: str, total: int) -> None:
        """See Tracker."""

    def on_metric(self, name: str, value: float, step: int | None = None) -> None:
        """See Tracker."""

    def on_artifact(self, path: Path) -> None:
        """See Tracker."""


TRACKERS: Registry[Callable[[str], AbstractContextManager[Tracker]]] = Registry(
    kind="tracker",
    group="metacompress.trackers",
    builtins={"mlflow": "metacompress.runs.trackers.mlflow:mlflow_tracker"},
)
"""By name, what opens a tracker for a run of a given name."""


class TrackedProgress:
    """Shows stages and tells a tracker of them.

    Args:
        progress: shows them.
        tracker: is told.
    """

    def __init__(self, progress: Progress, tracker: Tracker) -> None:
        self._progress, self._tracker = progress, tracker

    def stage(self, title: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """See Progress."""
        self._tracker.on_stage(title, total)
        return self._progress.stage(title, total)

    def watch(
        self, title: str, total: int
    ) -> AbstractContextManager[Callable[[int, Sequence[str]], None]]:
        """See Progress."""
        self._tracker.on_stage(title, total)
        return self._progress.watch(title, total)

    def note(self, text: str) -> None:
        """See Progress."""
        self._progress.note(text)


@contextmanager
def tracked(
    tracker: str | Tracker | None, name: str, progress: Progress
) -> Iterator[tuple[Tracker, Progress]]:
    """A tracker that is open in the block, and progress that it is told of.

    Args:
        tracker: one, the name of one in TRACKERS, or None.
        name: what the tracker calls the run.
        progress: shows the stages.

    Raises:
        UnknownNameError: there is no such tracker.
        MissingDependencyError: its package is not installed.
        UsageError: it cannot be reached.
    """
    if tracker is None:
        yield NoTracker(), progress
    elif isinstance(tracker, str):
        with TRACKERS.get(tracker)(name) as opened:
            yield opened, TrackedProgress(progress, opened)
    else:
        yield tracker, TrackedProgress(progress, tracker)
