"""The summary of a search for the tensors that carry violations."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, cast

from pydantic import Field

from metacompress.runs.record import Figure, JsonObject, Record, read_record
from metacompress.runs.run_files import SUMMARY
from metacompress.study.made_variants import MadeByGate

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory

SCHEMA: Final = "metacompress.locate/1"


class SwapKind(StrEnum):
    """What is swapped at once."""

    TENSOR = "tensor"
    """One tensor."""
    LAYER = "layer"
    """The tensors whose names are the same up to their first number."""
    ALL = "all"
    """Every tensor that differs."""


class Effect(Record):
    """A difference of two violation rates on the same inputs, each source weighted once."""

    value: Figure = Field(description="the difference; null without an input")
    low: Figure = Field(
        description="lower end of its interval, in [-1, 1], which holds for all swaps at once "
        "(Bonferroni)"
    )
    high: Figure = Field(description="upper end of the interval")


class SwapEffects(Record):
    """What a swap changes on one part of the inputs."""

    removed: Effect = Field(
        description="violation rate of the student, less that of the student with these tensors of "
        "the teacher's: what they carry, given all other tensors of the student"
    )
    caused: Effect = Field(
        description="violation rate of the teacher with these tensors of the student's, less that "
        "of the teacher itself: what they do alone"
    )


class Swap(Record):
    """Tensors that are swapped at once."""

    name: str = Field(description="of the tensor or of the layer; all")
    kind: SwapKind = Field(
        description="tensor: one; layer: those whose names are the same up to their first number; "
        "all: every one that differs"
    )
    tensors: list[str] = Field(description="names of those that differ between the models")
    parameters: int = Field(description="numbers in them")
    distance: Figure = Field(
        description="norm of the difference between student and teacher, in units of the norm of "
        "the teacher's tensors; null where that is 0"
    )
    sources: SwapEffects | None = Field(
        description="on sources; null where the relation speaks of variants only"
    )
    follow_ups: SwapEffects | None = Field(description="on variants; null where there are none")

    @property
    def ranked_by(self) -> SwapEffects | None:
        """The effects that swaps are ranked by."""
        return self.follow_ups or self.sources


class LocatedData(Record):
    """The inputs that the models were asked for."""

    source: str = Field(description="file, directory or name of the data set")
    sources: int = Field(description="source inputs")
    variants: int = Field(description="variants of them that a model can tell from their source")
    clusters: int = Field(description="independent programs or groups that the sources come from")


class LocateSummary(Record):
    """Which tensors of a student carry its violations."""

    not_stored: ClassVar[dict[str, Any]] = {"run": True}

    schema_name: Literal["metacompress.locate/1"] = Field(
        default=SCHEMA, alias="schema", description="name and version of this format"
    )
    run: Path | None = Field(
        default=None, description="run directory that the summary was read from; not stored in it"
    )
    task: str = Field(description="name of the task")
    relation: str = Field(description="name of the relation whose violations are located")
    constants: JsonObject = Field(description="its constants")
    violated: dict[str, Figure] = Field(
        description="violation rate of the student by part of the inputs (sources, follow_ups): "
        "the share of inputs, each source weighted once, where the relation is violated"
    )
    everything: Swap = Field(
        description="the swap of every tensor that differs; what it leaves lies outside of them"
    )
    swaps: list[Swap] = Field(
        description="swaps of one tensor and of one layer, those that remove most first: on "
        "variants, or on sources where there are none"
    )
    alike: int = Field(description="tensors that are the same in both models")
    unmatched: list[str] = Field(
        description="tensors of either model that the other lacks, or has in another shape"
    )
    data: LocatedData = Field(description="the inputs")
    variants: MadeByGate = Field(description="the follow-up inputs")
    fingerprints: dict[str, str | None] = Field(
        description="by model; null where it is known by its identity alone"
    )
    config: JsonObject = Field(description="settings of the study")

    @property
    def confidence(self) -> float:
        """Level of every interval, in (0, 1), all swaps of a column together."""
        return cast("float", self.config["confidence"])


def read_located(run: RunDirectory) -> LocateSummary:
    """Read the summary of a finished search.

    Raises:
        RunDirectoryError: it is missing, damaged or of another version.
    """
    return read_record(run, SUMMARY, LocateSummary, run=run.path)
