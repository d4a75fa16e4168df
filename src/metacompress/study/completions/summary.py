"""The summary of a study of completions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, cast

from pydantic import Field

from metacompress.data.part import Part
from metacompress.runs.record import Figure, JsonObject, Record, read_record
from metacompress.runs.run_files import SUMMARY
from metacompress.stats.verdict import Verdict
from metacompress.study.judged import RelationOnParts
from metacompress.study.levels import Level
from metacompress.study.made_variants import MadeByGate
from metacompress.study.warnings import StudyWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.runs.run_directory import RunDirectory

SCHEMA: Final = "metacompress.completions/1"


class CompletionFigures(Record):
    """A student's completions beside the teacher's; every program counts once."""

    programs: int = Field(description="programs that both models completed")
    same: Level = Field(description="share of them for which both wrote the same text")
    similarity: Level = Field(
        description="mean normalised edit similarity of the two texts, in [0, 1]"
    )
    agreed: Level = Field(
        description="mean share of the teacher's tokens before the first one that the student does "
        "not write"
    )
    first_divergent: Level = Field(
        description="median number, from 0, of that token, over programs whose texts differ"
    )


class KeptCompletions(Record):
    """Completions of variants, in the names of the source, beside the same model's of the source;
    every variant counts once.
    """

    variants: int = Field(description="variants of sources that were completed")
    teacher: Level = Field(description="share of them for which the teacher wrote the same text")
    student: Level = Field(description="likewise, the student")
    teacher_similarity: Level = Field(description="mean edit similarity of the teacher's two texts")
    student_similarity: Level = Field(description="likewise, the student's")


class PassedTests(Record):
    """Completed programs, run on their tests; every program counts once."""

    programs: int = Field(description="programs that pass their tests as they are")
    teacher: Level = Field(description="share of them that pass with what the teacher wrote")
    student: Level = Field(description="likewise, the student")
    both: int = Field(description="programs that pass with either text")
    teacher_only: int = Field(description="programs that pass with the teacher's alone")
    student_only: int = Field(description="programs that pass with the student's alone")
    neither: int = Field(description="programs that pass with none")
    p_value: Figure = Field(
        description="exact McNemar test that both models pass equally often; null where programs "
        "depend on each other: they are of one group, or variants of one source"
    )


class PartCompletions(Record):
    """A student beside its teacher on sources, or on variants."""

    figures: CompletionFigures = Field(description="over all programs")
    transformations: dict[str, CompletionFigures] = Field(
        description="by transformation; empty of sources"
    )
    kept: KeptCompletions | None = Field(
        description="what each model keeps of its completion of the source; null of sources"
    )
    tests: PassedTests | None = Field(description="null where no program was run")


class StudentCompletions(Record):
    """One student against the teacher."""

    verdict: Verdict = Field(description="pass, fail or undecided, over all relations")
    relations: dict[str, RelationOnParts] = Field(description="by relation")
    sources: PartCompletions = Field(description="on sources")
    follow_ups: PartCompletions | None = Field(description="on variants; null where there are none")

    def parts(self) -> Iterator[tuple[Part, PartCompletions]]:
        """The parts that there are."""
        for part, found in ((Part.SOURCES, self.sources), (Part.FOLLOW_UPS, self.follow_ups)):
            if found is not None:
                yield part, found


class CompletingModel(Record):
    """One of the models."""

    spec: str = Field(description="model specification, as given")
    fingerprint: str = Field(description="digest of everything that its texts depend on")
    max_length: int = Field(description="tokens that it reads and writes at most")
    ended: dict[str, int] = Field(
        description="completions by where they end: the end of the function, the end of the text "
        "by the model's word, or the largest number of tokens (length)"
    )


class CompletedData(Record):
    """The programs that were completed."""

    source: str = Field(description="file, directory or name of the data set")
    sources: int = Field(description="programs of the data")
    groups: int = Field(description="independent groups of them")
    variants: int = Field(description="variants of them that passed the gate")
    quarantined: int = Field(description="malformed rows set aside")
    completed: int = Field(description="sources and variants that were completed")
    left_out: dict[str, int] = Field(
        description="sources and variants that were not, by reason: nothing-left behind the lines "
        "that a model reads, too-long for a window, edited-at-the-cut"
    )
    with_tests: int = Field(description="completed programs that have tests and were run")
    failing: int = Field(
        description="programs among these that do not pass them as they are, and are in no figure"
    )


class CompletionsSummary(Record):
    """Completions of one student or several."""

    not_stored: ClassVar[dict[str, Any]] = {"run": True}

    schema_name: Literal["metacompress.completions/1"] = Field(
        default=SCHEMA, alias="schema", description="name and version of this format"
    )
    run: Path | None = Field(
        default=None, description="run directory that the summary was read from; not stored in it"
    )
    verdict: Verdict = Field(
        description="fail if a student fails, pass if every one passes, undecided otherwise"
    )
    warnings: list[StudyWarning] = Field(description="reasons to doubt the verdict")
    students: dict[str, StudentCompletions] = Field(description="by name")
    models: dict[str, CompletingModel] = Field(description="by name: teacher, each student")
    data: CompletedData = Field(description="the programs")
    variants: MadeByGate = Field(description="the follow-up inputs")
    config: JsonObject = Field(description="settings of the study")

    @property
    def confidence(self) -> float:
        """Level of every interval, in (0, 1)."""
        return cast("float", self.config["confidence"])


def read_completions(run: RunDirectory) -> CompletionsSummary:
    """Read the summary of a finished study of completions.

    Raises:
        RunDirectoryError: it is missing, damaged or of another version.
    """
    return read_record(run, SUMMARY, CompletionsSummary, run=run.path)
