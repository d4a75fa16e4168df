"""Settings of a plan: those of the check that is planned, and what is guessed about it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, field_validator, model_validator

from metacompress.settings.data import PredictedDataSettings
from metacompress.settings.fields import Group, PathText, Shown, TaskName
from metacompress.study.check.config import CheckConfig
from metacompress.study.players import Students

# Guessed rates as multiples of the tolerance; ours.
_MULTIPLES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.2, 1.4, 2.0, 4.0)


class PlannedDataSettings(PredictedDataSettings):
    """The data set of a planned check; a plan of statistics alone needs none."""

    path: Annotated[PathText, Shown(word="PATH", keyword="data")] = Field(
        default="",
        description="Data set: a file, a directory, hub:NAME or demo; a plan without teacher, "
        "student and data tells statistics alone",
        examples=["test.jsonl"],
    )


class PlanConfig(CheckConfig):
    """How large must a check be, and what will it cost?"""

    group: ClassVar[Group] = Group.STATISTICS

    task: TaskName = ""
    teacher: Annotated[str, Shown(Group.MODELS, "MODEL")] = Field(
        default="", description="Teacher: a model specification", examples=["path/to/teacher"]
    )
    student: Annotated[Students, Shown(Group.MODELS, "[NAME=]MODEL")] = Field(
        default={},
        description="Student: a model specification; several, each with a name",
        examples=["onnx:path/to/student"],
    )
    data: PlannedDataSettings = PlannedDataSettings()
    rates: Annotated[tuple[float, ...], Shown(Group.STATISTICS, "RATE", flag="rate")] = Field(
        default=(),
        description="Guessed true violation rates, from 0 to 1; default: several on both sides of "
        "the tolerance",
        examples=[[0.02]],
    )
    correlation: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Guessed correlation of the violations of two variants of one source, from 0 "
        "to 1",
    )
    applicable: float = Field(
        default=1.0,
        gt=0,
        le=1,
        description="Guessed share of the inputs that a relation applies to, above 0",
    )
    power: float = Field(
        default=0.8,
        gt=0.5,
        lt=1,
        description="Probability that a check of the planned size decides, between 0.5 and 1",
    )
    pilot: int = Field(
        default=48,
        ge=8,
        description="Sources of the pilot, a sample by seed, by which the time is measured",
    )

    @model_validator(mode="after")
    def _all_or_nothing(self) -> Self:
        given = {
            "task": self.task,
            "teacher": self.teacher,
            "student": self.student,
            "data": self.data.path,
        }
        lacking = [name for name, value in given.items() if not value]
        # A task alone is no check, and no slip either.
        if lacking and any(value for name, value in given.items() if name != "task"):
            raise ValueError(
                f"a plan of a check needs task, teacher, student and data; not given: "
                f"{', '.join(lacking)}"
            )
        return self

    @field_validator("rates")
    @classmethod
    def _from_0_to_1(cls, rates: tuple[float, ...]) -> tuple[float, ...]:
        for rate in rates:
            if not 0 <= rate <= 1:
                raise ValueError(f"a rate must be from 0 to 1, not {rate:g}")
        return rates

    @property
    def has_check(self) -> bool:
        """Whether models and data are given, so that a pilot can tell the cost."""
        return bool(self.teacher)

    def check(self, **changes: Any) -> CheckConfig:
        """Settings of the check that is planned.

        Args:
            changes: of its settings.
        """
        names = CheckConfig.model_fields.keys()
        own = {name: getattr(self, name) for name in names} | changes
        data = PredictedDataSettings.model_validate(self.data.model_dump())
        return CheckConfig.model_validate({**own, "data": data})

    @property
    def inputs_per_source(self) -> int:
        """Follow-ups of one source if every transformation applies, at least 1."""
        kinds = 1 if self.compose is not None else len(self.transforms)
        return max(1, kinds * self.variants + int(self.variants_from is not None))

    def rates_about(self, tolerance: float) -> tuple[float, ...]:
        """The guessed rates."""
        return self.rates or tuple(dict.fromkeys(min(1.0, k * tolerance) for k in _MULTIPLES))
