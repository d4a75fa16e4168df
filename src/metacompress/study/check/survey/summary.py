"""The summary of a check that asked the student first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from pydantic import Field

from metacompress.data.part import Part
from metacompress.runs.record import Figure, JsonObject, Record, read_record
from metacompress.runs.run_files import SUMMARY
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory

SCHEMA: Final = "metacompress.survey/1"


class SurveyedRow(Record):
    """A relation on one part of the inputs."""

    verdict: Verdict = Field(
        description="pass or fail, about the rate among the inputs of this part: it is decided at "
        "the latest when all of them were asked"
    )
    decided_at: int = Field(
        description="inputs that the teacher had been asked when it was decided"
    )
    estimate: Figure = Field(
        description="estimate of the violation rate among all inputs of the part, each draw "
        "weighted by its chance"
    )
    low: float = Field(description="lower end of the confidence sequence")
    high: float = Field(description="upper end of the confidence sequence")
    tolerance: float = Field(description="largest violation rate that passes")
    log_e_pass: Figure = Field(
        description="largest log e-value against a rate above the tolerance; null for infinite"
    )
    log_e_fail: Figure = Field(
        description="largest log e-value against a rate of at most the tolerance; null for infinite"
    )


class SurveyedPart(Record):
    """The inputs of one part."""

    inputs: int = Field(description="inputs that the student answered: the rates are theirs")
    asked: int = Field(description="inputs that the teacher was asked")
    relations: dict[str, SurveyedRow] = Field(description="by relation")


class StudentFirstSummary(Record):
    """A check that asked the student first, and the teacher until the rates were decided."""

    not_stored: ClassVar[dict[str, Any]] = {"run": True}

    schema_name: Literal["metacompress.survey/1"] = Field(
        default=SCHEMA, alias="schema", description="name and version of this format"
    )
    run: Path | None = Field(
        default=None, description="run directory that the summary was read from; not stored in it"
    )
    verdict: Verdict = Field(description="fail if a relation fails on a part, else pass")
    confidence: float = Field(
        description="level of each confidence sequence; pass, and any fail, is wrong with a "
        "probability of at most half of what it lacks to 1"
    )
    parts: dict[Part, SurveyedPart] = Field(description="by part, sources or follow_ups")
    no_part: list[str] = Field(
        description="relations that take no part: they need more than two answers to one input"
    )
    config: JsonObject = Field(description="settings of the check")


def read_student_first(run: RunDirectory) -> StudentFirstSummary:
    """Read the summary of a finished check that asked the student first.

    Raises:
        RunDirectoryError: it is missing, damaged or of another version.
    """
    return read_record(run, SUMMARY, StudentFirstSummary, run=run.path)
