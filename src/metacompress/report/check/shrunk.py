"""Shrunk counterexamples, for the page and the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.report.programs.shown import ShownProgram, shown_programs
from metacompress.report.tables.shown import ShownTable

if TYPE_CHECKING:
    from metacompress.study.check.shrinking_summary import ShrinkingSummary, ShrunkCounterexample

# A page names the worst: all of them are in the summary, and in the file of counterexamples.
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ShownShrunk:
    """A counterexample of the page.

    Attributes:
        found: what is left, and how it went.
        programs: source and variant, with the lines that differ.
        anchor: names it in links.
    """

    found: ShrunkCounterexample
    programs: list[ShownProgram]
    anchor: str

    @property
    def link(self) -> str:
        """Text of a link to it."""
        return f"smallest form that parts {self.found.counterexample.student} from the teacher"

    @property
    def sentence(self) -> str:
        """What is left of it."""
        return size_sentence(self.found)


def shown_shrunk(shrinking: ShrinkingSummary | None) -> list[ShownShrunk]:
    """The worst shrunk counterexamples with their programs; none where nothing was shrunk."""
    return [
        ShownShrunk(
            one,
            shown_programs(one.counterexample.source, one.counterexample.variant, follow_up=True),
            f"shrunk-{number}",
        )
        for number, one in enumerate(
            () if shrinking is None else shrinking.counterexamples[:_MOST_SHOWN]
        )
    ]


def size_sentence(one: ShrunkCounterexample) -> str:
    """What is left of a counterexample, as a sentence."""
    if one.refusal is not None:
        return f"As it was found: {one.refusal}."
    return (
        f"{one.edits} of {_counted(one.edits_before, 'edit')} and {one.statements} of "
        f"{_counted(one.statements_before, 'statement')} are left, after "
        f"{_counted(one.queries, 'query', 'queries')}."
    )


def _counted(count: int | None, one: str, several: str = "") -> str:
    return f"{count} {one if count == 1 else several or one + 's'}"


def shrunk_table(shrinking: ShrinkingSummary) -> ShownTable:
    """A row per shrunk counterexample."""
    title = (
        f"The worst {len(shrinking.counterexamples)} of {shrinking.found} counterexamples, shrunk"
    )
    table = ShownTable(
        title,
        ["id", "student", "violates"],
        ["edits", "statements", "queries"],
        ["student"],
        broken=["id"],
    )
    for one in shrinking.counterexamples:
        sizes = (
            ("as found", "as found")
            if one.refusal is not None
            else (
                f"{one.edits_before} → {one.edits}",
                f"{one.statements_before} → {one.statements}",
            )
        )
        kept = one.counterexample
        table.add_row(kept.id, kept.student, kept.relation, *sizes, str(one.queries))
    return table
