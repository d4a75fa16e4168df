"""The configuration of a study of next-token fidelity."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from metacompress.relations.tokens.registry import (
    DEFAULT_TOKEN_RELATIONS,
    TokenRelations,
    chosen_token_relations,
)
from metacompress.settings.data import DataSettings
from metacompress.settings.fields import BatchSize, Device, Group, PathText, RunDirectoryPath, Shown
from metacompress.settings.workers import WorkerSettings
from metacompress.study.players import TEACHER, Students
from metacompress.study.tolerance import with_tolerance
from metacompress.variants.settings import VariantSettings

# What changes no result, or is held by other settings.
_WITHOUT_EFFECT = frozenset(
    {"run", "device", "batch_size", "tolerance", *WorkerSettings.model_fields}
)


class FidelityConfig(VariantSettings, WorkerSettings):
    """Does a compressed language model predict the next token as its teacher does?"""

    group: ClassVar[Group] = Group.RELATIONS

    teacher: Annotated[PathText, Shown(Group.MODELS, "MODEL")] = Field(
        description="Teacher: a causal language model as a directory, a GGUF file, a hub id, "
        "causal:LOCATION?option=value, or states:DIR for what --keep-states kept",
        examples=["path/to/teacher"],
    )
    student: Annotated[Students, Shown(Group.MODELS, "[NAME=]MODEL")] = Field(
        min_length=1,
        description="Student: likewise, of the teacher's tokenizer; several, each with a name, are "
        "measured side by side",
        examples=["path/to/student"],
    )
    data: DataSettings
    relations: Annotated[TokenRelations, Shown(word="NAME?constant=value", flag="relation")] = (
        Field(
            default={name: {} for name in DEFAULT_TOKEN_RELATIONS},
            min_length=1,
            description="Relations of tokens with their constants and tolerances, or all (see "
            "metacompress list token-relations)",
        )
    )
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
    by_bytes: Annotated[bool, Shown(Group.STATISTICS)] = Field(
        default=False,
        description="Compare bits per byte and the likelihoods of lines alone, for models of "
        "different tokenizers; there is no verdict",
    )
    device: Device = "auto"
    batch_size: BatchSize = None
    run: RunDirectoryPath = None
    keep_states: Annotated[PathText | None, Shown(Group.OUTPUT, "DIR")] = Field(
        default=None,
        description="Directory that keeps the teacher's final states in half precision, and its "
        "output matrix: the teacher states:DIR then stands for the model, which is not asked again",
        examples=["teacher-states"],
    )

    @model_validator(mode="before")
    @classmethod
    def _tolerate(cls, settings: Any) -> Any:
        return with_tolerance(settings, chosen_token_relations, DEFAULT_TOKEN_RELATIONS)

    def models(self) -> dict[str, str]:
        """Specifications of the models, by name; the teacher comes first."""
        return {TEACHER: self.teacher, **self.student}

    def loading(self) -> dict[str, object]:
        """Options of models where their specification names none."""
        return {"device": self.device, "batch_size": self.batch_size}

    def identity(self) -> dict[str, Any]:
        """Everything that the results depend on, models by their specifications."""
        return self.model_dump(mode="json", exclude=set(_WITHOUT_EFFECT))
