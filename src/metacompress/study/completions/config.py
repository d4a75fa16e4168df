"""The configuration of a study of completions."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from metacompress.relations.completions.registry import (
    DEFAULT_COMPLETION_RELATIONS,
    CompletionRelations,
    chosen_completion_relations,
)
from metacompress.settings.data import DataSettings
from metacompress.settings.fields import (
    BatchSize,
    Device,
    Group,
    InputPath,
    PathText,
    RunDirectoryPath,
    Shown,
)
from metacompress.settings.workers import WorkerSettings
from metacompress.study.players import TEACHER, Students
from metacompress.study.tolerance import with_tolerance
from metacompress.variants.settings import VariantSettings

# What changes no result, or is held by other settings.
_WITHOUT_EFFECT = frozenset(
    {"run", "device", "batch_size", "tolerance", *WorkerSettings.model_fields}
)


class CompletionsConfig(VariantSettings, WorkerSettings):
    """Does a compressed language model complete programs as its teacher does?"""

    group: ClassVar[Group] = Group.RELATIONS

    teacher: Annotated[PathText, Shown(Group.MODELS, "MODEL")] = Field(
        description="Teacher: a causal language model as a directory, a GGUF file, a hub id, or "
        "causal:LOCATION?option=value",
        examples=["path/to/teacher"],
    )
    student: Annotated[Students, Shown(Group.MODELS, "[NAME=]MODEL")] = Field(
        min_length=1,
        description="Student: likewise, of any tokenizer; several, each with a name, are measured "
        "side by side",
        examples=["path/to/student"],
    )
    data: DataSettings
    lines: Annotated[int, Shown(Group.DATA)] = Field(
        default=2,
        ge=0,
        description="Lines of a function's body that a model reads behind the signature (and the "
        "docstring); the default is ours",
    )
    tokens: Annotated[int, Shown(Group.DATA)] = Field(
        default=64,
        ge=1,
        description="Tokens that a model writes at most, up to the function's end; the default is "
        "ours",
    )
    tests: Annotated[InputPath | None, Shown(Group.DATA, "FILE|demo")] = Field(
        default=None,
        description="Run the completed programs in the sandbox, on the tests in this table "
        "(task_id, and test with entry_point or test_list) or, of the demo set, demo",
        examples=["humaneval.jsonl"],
    )
    relations: Annotated[
        CompletionRelations, Shown(word="NAME?constant=value", flag="relation")
    ] = Field(
        default={name: {} for name in DEFAULT_COMPLETION_RELATIONS},
        min_length=1,
        description="Relations of completions with their constants and tolerances, or all (see "
        "metacompress list completion-relations)",
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
    device: Device = "auto"
    batch_size: BatchSize = None
    run: RunDirectoryPath = None

    @model_validator(mode="before")
    @classmethod
    def _tolerate(cls, settings: Any) -> Any:
        return with_tolerance(settings, chosen_completion_relations, DEFAULT_COMPLETION_RELATIONS)

    def models(self) -> dict[str, str]:
        """Specifications of the models, by name; the teacher comes first."""
        return {TEACHER: self.teacher, **self.student}

    def loading(self) -> dict[str, object]:
        """Options of models where their specification names none."""
        return {"device": self.device, "batch_size": self.batch_size}

    def identity(self) -> dict[str, Any]:
        """Everything that the results depend on, models by their specifications."""
        return self.model_dump(mode="json", exclude=set(_WITHOUT_EFFECT))
