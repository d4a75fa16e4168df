"""Settings that studies of language models share."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field

from metacompress.settings.data import DataSettings
from metacompress.settings.fields import BatchSize, Device, Group, PathText, RunDirectoryPath, Shown
from metacompress.settings.workers import WorkerSettings
from metacompress.study.players import TEACHER, Students
from metacompress.variants.settings import VariantSettings

# What changes no result, or is held by other settings.
_WITHOUT_EFFECT = frozenset(
    {"run", "device", "batch_size", "tolerance", *WorkerSettings.model_fields}
)


class LanguageModelSettings(VariantSettings, WorkerSettings):
    """Settings of every study of language models; paths stand as given."""

    group: ClassVar[Group] = Group.RELATIONS

    teacher: Annotated[PathText, Shown(Group.MODELS, "MODEL")] = Field(
        description="Teacher: a causal language model as a directory, a GGUF file, a hub id, or "
        "causal:LOCATION?option=value",
        examples=["path/to/teacher"],
    )
    student: Annotated[Students, Shown(Group.MODELS, "[NAME=]MODEL")] = Field(
        min_length=1,
        description="Student: likewise; several, each with a name, are measured side by side",
        examples=["path/to/student"],
    )
    data: DataSettings
    tolerance: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Largest violation rate that passes, of all relations; default: as each "
        "relation has it",
        examples=[0.05],
    )
    confidence: Annotated[float, Shown(Group.STATISTICS)] = Field(
        default=0.95, gt=0, lt=1, description="Confidence level of every interval, between 0 and 1"
    )
    device: Device = "auto"
    batch_size: BatchSize = None
    run: RunDirectoryPath = None

    def models(self) -> dict[str, str]:
        """Specifications of the models, by name; the teacher comes first."""
        return {TEACHER: self.teacher, **self.student}

    def loading(self) -> dict[str, object]:
        """Options of models where their specification names none."""
        return {"device": self.device, "batch_size": self.batch_size}

    def identity(self) -> dict[str, Any]:
        """Everything that the results depend on, models by their specifications."""
        return self.model_dump(mode="json", exclude=set(_WITHOUT_EFFECT))
