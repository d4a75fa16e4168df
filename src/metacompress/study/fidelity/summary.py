"""The summary of a study of next-token fidelity."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, cast

from pydantic import Field

from metacompress.data.part import Part
from metacompress.runs.record import Figure, JsonObject, Record, read_record
from metacompress.runs.run_files import SUMMARY
from metacompress.stats.verdict import Verdict
from metacompress.study.fidelity.figures import TokenFigures
from metacompress.study.fidelity.llama_columns import LlamaColumn
from metacompress.study.judged import RelationOnParts
from metacompress.study.made_variants import MadeByGate
from metacompress.study.warnings import StudyWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.runs.run_directory import RunDirectory

SCHEMA: Final = "metacompress.fidelity/1"


class PartFidelity(Record):
    """A student beside its teacher on sources, or on variants; each token counts once."""

    figures: TokenFigures = Field(description="over all tokens")
    classes: dict[str, TokenFigures] = Field(
        description="by class of token (identifier, keyword, literal, operator with punctuation, "
        "comment, layout), for programs of a language with a front end"
    )
    transformations: dict[str, TokenFigures] = Field(
        description="by transformation; empty of sources"
    )
    kept_tokens: int | None = Field(
        description="tokens of variants that are the same in their source, untouched by an edit; "
        "null of sources"
    )
    llama_cpp: list[LlamaColumn] = Field(
        description="what llama-perplexity --kl-divergence prints, by its definitions"
    )


class StudentFidelity(Record):
    """One student against the teacher."""

    verdict: Verdict = Field(description="pass, fail or undecided, over all relations")
    relations: dict[str, RelationOnParts] = Field(description="by relation")
    sources: PartFidelity = Field(description="on sources")
    follow_ups: PartFidelity | None = Field(description="on variants; null where there are none")

    def parts(self) -> Iterator[tuple[Part, PartFidelity]]:
        """The parts that there are."""
        for part, found in ((Part.SOURCES, self.sources), (Part.FOLLOW_UPS, self.follow_ups)):
            if found is not None:
                yield part, found


class KeptStates(Record):
    """Final states that stand for a model, and what their half precision changed."""

    tokens: int = Field(description="predicted tokens whose states are kept")
    bytes_per_token: Figure = Field(description="bytes of a token's state")
    logits_bytes_per_token: int = Field(description="bytes of its logits as float32")
    mean_kl: Figure = Field(
        description="KL(as asked || as kept) over these tokens, mean, in nats: read the figures of "
        "students against it"
    )
    max_kl: Figure = Field(description="largest of them")
    other_top: int = Field(description="tokens in whose place another token became most likely")


class LanguageModelSummary(Record):
    """One of the models."""

    spec: str = Field(description="model specification, as given")
    fingerprint: str = Field(description="digest of everything that its distributions depend on")
    max_length: int = Field(description="tokens of an input that it reads at most")
    vocabulary: int = Field(description="tokens that it gives a probability")
    kept: KeptStates | None = Field(
        description="what it answered by, where final states were kept; null where the model was "
        "asked itself"
    )


class MeasuredData(Record):
    """The programs that were read."""

    source: str = Field(description="file, directory or name of the data set")
    sources: int = Field(description="programs of the data")
    groups: int = Field(description="independent groups of them")
    variants: int = Field(description="variants of them that passed the gate")
    quarantined: int = Field(description="malformed rows set aside")
    window: int = Field(
        description="tokens of a program that are read: those of the model that reads the fewest"
    )
    truncated: int = Field(description="programs, variants included, that are longer than that")
    unread: Figure = Field(description="share of the bytes of all programs behind the window")


class FidelitySummary(Record):
    """Next-token fidelity of one student or several."""

    not_stored: ClassVar[dict[str, Any]] = {"run": True}

    schema_name: Literal["metacompress.fidelity/1"] = Field(
        default=SCHEMA, alias="schema", description="name and version of this format"
    )
    run: Path | None = Field(
        default=None, description="run directory that the summary was read from; not stored in it"
    )
    verdict: Verdict = Field(
        description="fail if a student fails, pass if every one passes, undecided otherwise"
    )
    warnings: list[StudyWarning] = Field(description="reasons to doubt the verdict")
    students: dict[str, StudentFidelity] = Field(description="by name")
    models: dict[str, LanguageModelSummary] = Field(description="by name: teacher, each student")
    data: MeasuredData = Field(description="the programs")
    variants: MadeByGate = Field(description="the follow-up inputs")
    config: JsonObject = Field(description="settings of the study")

    @property
    def confidence(self) -> float:
        """Level of every interval, in (0, 1)."""
        return cast("float", self.config["confidence"])


def read_fidelity(run: RunDirectory) -> FidelitySummary:
    """Read the summary of a finished study of next-token fidelity.

    Raises:
        RunDirectoryError: it is missing, damaged or of another version.
    """
    return read_record(run, SUMMARY, FidelitySummary, run=run.path)
