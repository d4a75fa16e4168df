"""The summary of a compression: the student, and everything that led to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from metacompress.runs.record import Figure, JsonObject, Record, read_record
from metacompress.study.warnings import StudyWarning
from metacompress.training.run_files import RESULT
from metacompress.training.summary import SplitScores

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory


class CostSummary(Record):
    """The cost of a model."""

    parameters: int = Field(description="numbers in the weights")
    megabytes: float = Field(description="size of the weights in MB, 4 bytes per number")
    gflops: float = Field(description="floating-point operations per prediction, in billions")


class CostsSummary(Record):
    """The cost of the student, counted in two ways."""

    exact: CostSummary = Field(description="counted exactly")
    published: CostSummary = Field(description="by the formulas of the published programs")


class FrontSummary(Record):
    """A configuration that no other one surpasses in every objective."""

    configuration: JsonObject = Field(description="hyper-parameters of the student")
    objectives: dict[str, float] = Field(
        description="estimates by objective: megabytes, gflops, accuracy, flips"
    )


class TrialSummary(Record):
    """A student that was trained for a short time, to learn from."""

    configuration: JsonObject = Field(description="hyper-parameters of the student")
    accuracy: Figure = Field(description="on the validation examples; null if it failed")
    flips: Figure = Field(
        description="share of the validation variants that it predicts otherwise than their "
        "source; null if it failed or there are no variants"
    )
    seconds: float = Field(description="seconds of its training")
    failure: str | None = Field(description="why there is no student, or null")


class StudentSummary(Record):
    """A student of the chosen configuration; all but the first two are null if it failed."""

    seed: int = Field(description="random seed of its training")
    model: Path = Field(description="directory of the student")
    accuracy: Figure = Field(
        default=None,
        description="on the validation examples; their agreement with the teacher where they have "
        "no labels",
    )
    agreement: Figure = Field(
        default=None, description="share of the validation examples predicted as the teacher does"
    )
    flips: Figure = Field(
        default=None,
        description="share of the validation variants that it predicts otherwise than their "
        "source; null where there are no variants",
    )
    test: SplitScores | None = Field(default=None, description="scores on the test split, if any")
    parameters: int | None = Field(default=None, description="numbers in its weights")
    seconds: Figure = Field(default=None, description="seconds of its training")
    failure: str | None = Field(default=None, description="why there is no student, or null")


class Spread(Record):
    """A measure over the students of all seeds."""

    median: float = Field(description="median")
    low: float = Field(description="smallest value")
    high: float = Field(description="largest value")


class SpreadSummary(Record):
    """Measures over the students of all seeds; null where no student has the measure."""

    accuracy: Spread | None = Field(description="on the validation examples")
    agreement: Spread | None = Field(description="with the teacher, on the validation examples")
    flips: Spread | None = Field(description="share of the validation variants")
    test_accuracy: Spread | None = Field(description="on the test split")
    test_agreement: Spread | None = Field(description="with the teacher, on the test split")


class ChosenStudent(Record):
    """The student with the median validation accuracy."""

    seed: int = Field(description="random seed of its training")
    model: Path = Field(description="directory of the student")


class CompressSummary(Record):
    """A finished compression."""

    not_stored: ClassVar[dict[str, Any]] = {"out": True}

    schema_name: Literal["metacompress.compress/1"] = Field(
        default="metacompress.compress/1",
        alias="schema",
        description="name and version of this format",
    )
    out: Path | None = Field(
        default=None, description="directory of everything that was made; not stored in it"
    )
    technique: str = Field(description="compressor, avatar or morph")
    task: str = Field(description="name of the task")
    target_mb: float = Field(description="size that was asked for, in MB")
    warnings: list[StudyWarning] = Field(
        default=[], description="reasons to doubt the teacher, from the validation examples"
    )
    settings: JsonObject = Field(description="settings of the compression")
    examples: dict[str, int] = Field(description="examples by split")
    chosen: JsonObject = Field(description="hyper-parameters of the chosen configuration")
    cost: CostsSummary = Field(description="cost of the student")
    front: list[FrontSummary] = Field(description="the Pareto front")
    trials: list[TrialSummary] = Field(description="students trained to learn from")
    students: list[StudentSummary] = Field(description="students of the chosen configuration")
    spread: SpreadSummary = Field(description="measures over these students")
    student: ChosenStudent = Field(description="the one that stands for the technique")

    @property
    def trained(self) -> list[StudentSummary]:
        """The students of the chosen configuration that did not fail."""
        return [one for one in self.students if one.failure is None]


def read_compression(run: RunDirectory) -> CompressSummary:
    """Read the summary of a finished compression.

    Raises:
        RunDirectoryError: it is missing, damaged or of another version.
    """
    return read_record(run, RESULT, CompressSummary, out=run.path)
