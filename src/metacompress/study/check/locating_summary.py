"""Where the worst counterexamples part teacher and student."""

from __future__ import annotations

from pydantic import Field

from metacompress.runs.record import Record
from metacompress.study.counterexamples import Counterexample


class LocatedCounterexample(Record):
    """A counterexample as it was found, with where it parts the models."""

    counterexample: Counterexample = Field(description="with its location")
    source_id: str = Field(description="id of the example that it comes from")
    transformation: str = Field(description="that made the variant")


class LocatingSummary(Record):
    """The worst counterexamples, and where each parts teacher and student."""

    found: int = Field(
        description="counterexamples of the check: variants, of each student, that violate a "
        "relation which their source does not"
    )
    left_out: list[str] = Field(
        description="relations that speak of a difference over all inputs: one input by itself is "
        "no counterexample to them"
    )
    counterexamples: list[LocatedCounterexample] = Field(description="the worst first")
