"""What shrinking left of the worst counterexamples."""

from __future__ import annotations

from pydantic import Field

from metacompress.runs.record import Record
from metacompress.study.counterexamples import Counterexample


class ShrinkingPass(Record):
    """One pass over a counterexample."""

    name: str = Field(description="what it leaves out: edits, statements, parameters or comments")
    before: int = Field(description="how many of them there were")
    after: int = Field(description="how many are left")
    tried: int = Field(description="smaller counterexamples that the models were asked about")
    kept: int = Field(description="those of them that still violated the relation")
    refused: dict[str, int] = Field(
        description="those that no model was asked about, by reason: of the gate, or source-broken "
        "(a new syntax error, or a name without its declaration) or edits-broken (a transformation "
        "that does not apply any more)"
    )
    stopped: str = Field(
        description="why it went no further: minimal, nothing-left, out-of-queries or "
        "out-of-candidates"
    )


class ShrunkCounterexample(Record):
    """A counterexample with as little in it as still violates the relation."""

    counterexample: Counterexample = Field(description="what is left, with the models' answers")
    source_id: str = Field(description="id of the example that it comes from")
    transformation: str = Field(description="that made the variant")
    magnitude: float = Field(
        description="how far the variant was from satisfying the relation when it was found"
    )
    edits_before: int | None = Field(
        description="edits that were found, those of one renaming or of one place as one; null "
        "where nothing was tried"
    )
    edits: int | None = Field(description="edits that are left")
    statements_before: int | None = Field(
        description="statements of the source, declarations and functions included"
    )
    statements: int | None = Field(description="statements that are left")
    queries: int = Field(description="inputs that the models were asked for, each once")
    passes: list[ShrinkingPass] = Field(description="in their order")
    refusal: str | None = Field(
        description="why it stands as it was found: a program that cannot be analysed, or edits "
        "that cannot be made again; null where it was shrunk"
    )


class ShrinkingSummary(Record):
    """The worst counterexamples, shrunk."""

    found: int = Field(
        description="counterexamples of the check: variants, of each student, that violate a "
        "relation which their source does not"
    )
    left_out: list[str] = Field(
        description="relations that speak of a difference over all inputs: one input by itself is "
        "no counterexample to them"
    )
    counterexamples: list[ShrunkCounterexample] = Field(description="the worst first")
