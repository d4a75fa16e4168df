"""MLflow: a run of the server or store that its own variables name (MLFLOW_TRACKING_URI, ...)."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from metacompress.errors import UsageError, first_line
from metacompress.extras import needing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_STAGE = "metacompress.stage"
# What MLflow takes in the name of a metric.
_FORBIDDEN = re.compile(r"[^\w\-. :/]")


class MlflowTracker:
    """Keeps figures as metrics, files as artifacts and the stage that runs as a tag.

    Args:
        mlflow: the package, with an active run.
    """

    def __init__(self, mlflow: Any) -> None:
        self._mlflow = mlflow
        self._kept: dict[str, list[Path]] = {}

    def on_stage(self, title: str, total: int) -> None:
        """See Tracker."""
        with _telling(self._mlflow):
            self._mlflow.set_tag(_STAGE, f"{title} ({total:,})")

    def on_metric(self, name: str, value: float, step: int | None = None) -> None:
        """See Tracker."""
        with _telling(self._mlflow):
            self._mlflow.log_metric(_FORBIDDEN.sub("_", name), value, step=step)

    def on_artifact(self, path: Path) -> None:
        """See Tracker; a second file of one name is kept in a folder called 2, and so on."""
        alike = self._kept.setdefault(path.name, [])
        if path not in alike:
            alike.append(path)
        number = alike.index(path) + 1
        with _telling(self._mlflow):
            self._mlflow.log_artifact(str(path), None if number == 1 else str(number))


@contextmanager
def mlflow_tracker(name: str) -> Iterator[MlflowTracker]:
    """A run of MLflow that is active in the block; one that the block fails in is marked as failed.

    Args:
        name: of the run.

    Raises:
        MissingDependencyError: MLflow is not installed.
        UsageError: MLflow cannot begin a run.
    """
    with needing("--tracker mlflow"):
        import mlflow
    with _telling(mlflow):
        run = mlflow.start_run(run_name=name)
    with run:
        tracker = MlflowTracker(mlflow)
        yield tracker
        with _telling(mlflow):
            mlflow.set_tag(_STAGE, "finished")


@contextmanager
def _telling(mlflow: Any) -> Iterator[None]:
    """One line for what MLflow has to say against it."""
    try:
        yield
    except (mlflow.exceptions.MlflowException, OSError) as error:
        raise UsageError(f"--tracker mlflow: {first_line(error)}", option="tracker") from error
