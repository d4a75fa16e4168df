"""The summary of a replay."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal

from pydantic import Field

from metacompress.runs.record import Figure, Record
from metacompress.stats.verdict import Verdict
from metacompress.study.counterexamples import PairAnswers

SCHEMA: Final = "metacompress.replay/1"


class Outcome(StrEnum):
    """What became of a counterexample."""

    VIOLATED = "violated"
    """The student violates the relation as well."""
    HOLDS = "holds"
    """It does not."""
    NOT_APPLICABLE = "not-applicable"
    """The relation says nothing of it: the two models part on the source already, say."""


class ReplayedCounterexample(Record):
    """One counterexample of the file."""

    id: str = Field(description="its id in the file")
    relation: str = Field(description="name of the relation that it is held against")
    outcome: Outcome = Field(
        description="violated: the student violates the relation as well; holds: it does not; "
        "not-applicable: the relation says nothing of these answers"
    )
    magnitude: Figure = Field(
        description="how far the student is from satisfying the relation, in the relation's unit; "
        "null where it is not applicable"
    )
    teacher_answers: PairAnswers = Field(
        description="class probabilities of the teacher: what it answers now or, where none is "
        "given, what the file holds"
    )
    student_answers: PairAnswers = Field(description="class probabilities of the student")


class ReplaySummary(Record):
    """Counterexamples of a file, asked of a student."""

    schema_name: Literal["metacompress.replay/1"] = Field(
        default=SCHEMA, alias="schema", description="name and version of this format"
    )
    verdict: Verdict = Field(
        description="fail if a relation is violated, pass if none is and one holds, undecided if "
        "none applies"
    )
    file: str = Field(description="the file, as given")
    task: str = Field(description="name of the task")
    labels: list[str] = Field(description="names of the classes, in the order of probabilities")
    teacher: str | None = Field(
        description="model specification of the teacher; null where its answers are in the file"
    )
    student: str = Field(description="model specification of the student")
    outcomes: dict[Outcome, int] = Field(description="number of counterexamples by outcome")
    counterexamples: list[ReplayedCounterexample] = Field(description="in the order of the file")
