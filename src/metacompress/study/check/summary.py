"""The summary of a check: what a reader or a CI job asks first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, cast

from pydantic import Field

from metacompress.data.part import Part
from metacompress.errors import UsageError
from metacompress.runs.record import JsonObject, Record, read_record
from metacompress.runs.run_files import SUMMARY
from metacompress.stats.verdict import Verdict
from metacompress.study.check.locating_summary import LocatingSummary
from metacompress.study.check.readings.comparison import Comparison
from metacompress.study.check.readings.direction import Direction
from metacompress.study.check.readings.recalibration import Recalibration
from metacompress.study.check.readings.representations import RepresentationReading
from metacompress.study.check.readings.side_by_side import Ranking, StudentDifference
from metacompress.study.check.readings.slicing import Slices
from metacompress.study.check.sequence import SequenceSummary
from metacompress.study.check.shrinking_summary import ShrinkingSummary
from metacompress.study.costs import ModelCost
from metacompress.study.judged import JudgedPart
from metacompress.study.scores import Scores
from metacompress.study.warnings import StudyWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.runs.run_directory import RunDirectory

SCHEMA: Final = "metacompress.check/2"


class RelationSummary(Record):
    """One relation."""

    verdict: Verdict | None = Field(
        description="fail if it fails on one part, pass if it passes on every part, undecided "
        "otherwise; null where it applies to no part"
    )
    constants: JsonObject = Field(description="constants of the relation, its tolerance among them")
    sources: JudgedPart | None = Field(
        description="the relation on the source inputs; null where it does not apply to them"
    )
    follow_ups: JudgedPart | None = Field(
        description="the relation on the follow-up inputs; null where there are none"
    )

    def parts(self) -> Iterator[tuple[Part, JudgedPart]]:
        """The parts that were judged."""
        for part, judged in ((Part.SOURCES, self.sources), (Part.FOLLOW_UPS, self.follow_ups)):
            if judged is not None:
                yield part, judged

    def constant(self, name: str) -> float:
        """The number that a constant is."""
        return cast("float", self.constants[name])


class StudentSummary(Record):
    """One student against the teacher."""

    verdict: Verdict = Field(description="pass, fail or undecided, over all relations")
    relations: dict[str, RelationSummary] = Field(description="by relation")
    direction: dict[Part, Direction] = Field(
        description="by part, sources or follow_ups: which of the two is right where they part"
    )
    recalibration: Recalibration | None = Field(
        description="the relations again with one temperature; null for too few sources"
    )
    slices: Slices | None = Field(
        description="inputs that share a property, where relations are violated more often than "
        "elsewhere; null where slices were turned off"
    )
    representations: RepresentationReading | None = Field(
        default=None,
        description="layers of the student beside those of the teacher; null without the relation "
        "representation-similarity, or where too few inputs have a follow-up",
    )


class ModelSummary(Record):
    """One of the models."""

    spec: str = Field(description="model specification, as given")
    fingerprint: str | None = Field(
        description="digest of everything that its answers depend on; null where it has none"
    )
    resumable: bool = Field(description="whether its answers can be kept for a later call")
    cost: ModelCost = Field(description="its size and operations")
    sources: Scores = Field(description="scores on the source inputs")
    follow_ups: Scores | None = Field(
        description="scores on the follow-up inputs that at least one model can tell from their "
        "source; null where there are none"
    )

    def parts(self) -> Iterator[tuple[Part, Scores]]:
        """The parts that have scores."""
        yield Part.SOURCES, self.sources
        if self.follow_ups is not None:
            yield Part.FOLLOW_UPS, self.follow_ups


class CheckedData(Record):
    """The examples of a check."""

    source: str = Field(description="file, directory or name of the data set")
    sources: int = Field(description="examples, each of them a source input")
    groups: int = Field(description="groups of examples that share a program")
    skipped: int = Field(description="examples left out because a recording lacks them")
    quarantined: int = Field(description="malformed rows set aside")
    quarantine_reasons: dict[str, int] = Field(description="malformed rows by reason")


class IdenticalCounts(Record):
    """Follow-ups that models cannot tell from their source."""

    all: int = Field(description="no model can; these are in no rate")
    models: dict[str, int] = Field(description="by the model that cannot")


class TransformationSummary(Record):
    """The variants of one transformation."""

    attempted: int = Field(description="variants requested")
    made: int = Field(description="variants that passed the gate")
    refused: dict[str, int] = Field(description="variants refused, by reason")
    weight: float = Field(
        description="weight among the transformations that made a variant of a source, in rates"
    )
    identical: IdenticalCounts = Field(
        description="variants that models cannot tell from their source"
    )


class VariantsSummary(Record):
    """The variants of all transformations."""

    validity: str = Field(description="level of the gate: parse, bindings, compile or execute")
    attempted: int = Field(description="variants requested")
    made: int = Field(description="variants that passed the gate")
    identical: IdenticalCounts = Field(
        description="variants that models cannot tell from their source"
    )
    transformations: dict[str, TransformationSummary] = Field(description="by transformation")


class CheckSummary(Record):
    """A check of one student or several against their teacher."""

    not_stored: ClassVar[dict[str, Any]] = {
        "run": True,
        "comparisons": {"__all__": Comparison.not_stored},
    }

    schema_name: Literal["metacompress.check/2"] = Field(
        default=SCHEMA, alias="schema", description="name and version of this format"
    )
    run: Path | None = Field(
        default=None, description="run directory that the summary was read from; not stored in it"
    )
    verdict: Verdict = Field(
        description="fail if a student fails, pass if every one passes, undecided otherwise"
    )
    warnings: list[StudyWarning] = Field(description="reasons to doubt the verdict")
    task: str = Field(description="name of the task")
    labels: list[str] = Field(description="names of the classes, in the order of probabilities")
    students: dict[str, StudentSummary] = Field(description="by name")
    differences: list[StudentDifference] = Field(
        description="every two students on every relation and part; empty for one student"
    )
    ranking: Ranking | None = Field(description="order of the students; null for one student")
    comparisons: dict[str, Comparison] = Field(
        default={},
        description="by student: beside the student of the baseline; empty without a baseline. "
        "Their verdicts are not part of the verdict above",
    )
    models: dict[str, ModelSummary] = Field(
        description="by name: teacher, each student, and floor where there is one"
    )
    data: CheckedData = Field(description="the examples")
    variants: VariantsSummary = Field(description="the follow-up inputs")
    sequence: SequenceSummary | None = Field(
        description="how a sequential check went; null for a check of a fixed sample"
    )
    shrinking: ShrinkingSummary | None = Field(
        default=None,
        description="the worst counterexamples with as little in them as still violates a "
        "relation; null without --shrink",
    )
    location: LocatingSummary | None = Field(
        default=None,
        description="where in the worst counterexamples teacher and student part; null without "
        "--locate",
    )
    config: JsonObject = Field(description="settings of the check")

    @property
    def relations(self) -> dict[str, RelationSummary]:
        """The relations of the only student.

        Raises:
            UsageError: there are several.
        """
        if len(self.students) > 1:
            raise UsageError(
                f"this check has {len(self.students)} students; choose one: "
                f"summary.students[NAME].relations, NAME one of {', '.join(self.students)}"
            )
        return next(iter(self.students.values())).relations

    @property
    def confidence(self) -> float:
        """Level of every interval, in (0, 1)."""
        return cast("float", self.config["confidence"])


def read_check(run: RunDirectory) -> CheckSummary:
    """Read the summary of a finished check.

    Raises:
        RunDirectoryError: it is missing, damaged or of another version.
    """
    return read_record(run, SUMMARY, CheckSummary, run=run.path)
