"""Settings that studies of two models share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Annotated, Any, ClassVar

from pydantic import Field

from metacompress.settings.data import PredictedDataSettings
from metacompress.settings.fields import (
    BackendName,
    BatchSize,
    Device,
    Group,
    PathText,
    RunDirectoryPath,
    Shown,
    StorePath,
    TaskName,
    TeacherModel,
)
from metacompress.settings.output import TrackerName
from metacompress.settings.task import TaskClasses
from metacompress.settings.workers import WorkerSettings

# Where a study keeps what it computes, how fast it does, and what other settings hold already.
_WITHOUT_EFFECT = frozenset(
    {
        "run",
        "store",
        "device",
        "backend",
        "batch_size",
        "concurrency",
        "tolerance",
        "output",
        "tracker",
        *WorkerSettings.model_fields,
    }
)


class RunningSettings(WorkerSettings):
    """Where models run, in which batches, and how many at once."""

    device: Device = "auto"
    backend: BackendName = "auto"
    batch_size: BatchSize = None

    def loading(self) -> dict[str, object]:
        """See the defaults of ``load_classifier``."""
        return {"device": self.device, "batch_size": self.batch_size}

    def asked(self, sources: int) -> int:
        """About how many inputs each model is asked for, of so many sources."""
        return sources

    @property
    def needs_torch(self) -> bool:
        """Whether more is read of a model than its probabilities."""
        return False


class StudySettings(RunningSettings, TaskClasses, ABC):
    """Settings of every study of a teacher; paths stand as given."""

    group: ClassVar[Group] = Group.STATISTICS

    task: TaskName
    teacher: TeacherModel
    data: PredictedDataSettings
    confidence: float = Field(
        default=0.95, gt=0, lt=1, description="Confidence level of every interval, between 0 and 1"
    )
    run: RunDirectoryPath = None
    store: StorePath = None
    tracker: TrackerName = None

    @abstractmethod
    def models(self) -> dict[str, str]:
        """Specifications of the models that are asked, by name."""

    def identity(self) -> dict[str, Any]:
        """Everything that the results depend on.

        The device is in the models' fingerprints; the back ends are added where they are chosen.
        """
        return self.model_dump(mode="json", exclude=set(_WITHOUT_EFFECT))


class PredictSettings(RunningSettings, TaskClasses):
    """The predictions of one model."""

    model: Annotated[str, Shown(Group.MODELS, "MODEL")] = Field(
        description="Model: a specification KIND:LOCATION?option=value", examples=["path/to/model"]
    )
    task: TaskName
    data: PredictedDataSettings
    out: Annotated[PathText | None, Shown(Group.OUTPUT, "FILE")] = Field(
        default=None,
        description="Table of the predictions: a .parquet, .csv, .tsv or .jsonl file, which is a "
        "model itself: recorded:FILE",
        examples=["predictions.parquet"],
    )
    store: StorePath = None
