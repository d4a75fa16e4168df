"""Where counterexamples part teacher and student, for the page and the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.report.programs.tinted import TintedProgram, tinted_programs
from metacompress.report.tables.shown import ShownTable
from metacompress.report.wording import thousandths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.study.check.locating_summary import LocatedCounterexample, LocatingSummary
    from metacompress.study.location import (
        EditReading,
        GradientReading,
        LocatedEdit,
        LocatedLine,
        Stretch,
    )

# A page names the worst: all of them are in the summary.
_MOST_SHOWN = 20
_MOST_ROWS = 12
_LONGEST = 32
# Gradients leave a little on every token. Ours.
_LEAST_TINTED = 0.01
# Beyond so much of a difference, edits are said to act together. Ours.
_CLEARLY = 0.05


@dataclass(frozen=True, slots=True)
class ShownReading:
    """One reading of a counterexample on the page.

    Attributes:
        title: which one.
        sentence: what was found.
        ranked: tables, the largest share first.
        programs: of the variant, with its tokens tinted.
        largest: the share of the darkest tint, in words.
    """

    title: str
    sentence: str
    ranked: list[ShownTable]
    programs: list[TintedProgram]
    largest: str


@dataclass(frozen=True, slots=True)
class ShownLocated:
    """A counterexample of the page.

    Attributes:
        found: the counterexample.
        readings: that there are.
        missing: why a reading is not there, a sentence each.
        anchor: names it in links.
    """

    found: LocatedCounterexample
    readings: list[ShownReading]
    missing: list[str]
    anchor: str

    @property
    def link(self) -> str:
        """Text of a link to it."""
        return f"where it parts {self.found.counterexample.student} from the teacher"


def shown_located(location: LocatingSummary | None) -> list[ShownLocated]:
    """The worst located counterexamples; none where nothing was located."""
    return [
        _shown(one, f"located-{number}")
        for number, one in enumerate(
            () if location is None else location.counterexamples[:_MOST_SHOWN]
        )
    ]


def _shown(one: LocatedCounterexample, anchor: str) -> ShownLocated:
    readings, missing = [], []
    found = one.counterexample.location
    texts = one.counterexample.variant
    if found is not None and found.by_edits is not None:
        readings.append(_by_edits(found.by_edits, texts))
    elif found is not None:
        missing.append(f"Edits cannot be undone by themselves: {found.no_edits}.")
    if found is not None and found.by_gradients is not None:
        readings.append(_by_gradients(found.by_gradients, texts))
    elif found is not None:
        missing.append(f"No gradients: {found.no_gradients}.")
    return ShownLocated(one, readings, missing, anchor)


def _by_edits(found: EditReading, texts: Sequence[str]) -> ShownReading:
    shares = [(place, edit.share or 0.0) for edit in found.edits for place in edit.variant]
    edits = ShownTable(_first(found.edits, "edit"), ["edit", "lines"], ["undone", "alone", "share"])
    for one in found.edits[:_MOST_ROWS]:
        edits.add_row(
            edit_in_words(one),
            _lines_of(one.variant or one.source),
            _magnitude(one.undone, one.undone_violates),
            _magnitude(one.alone, one.alone_violates),
            share_in_words(one.share),
        )
    return ShownReading(
        "By undoing edits",
        edits_sentence(found),
        [edits, _lines(found.lines, len(texts) > 1)],
        tinted_programs(texts, shares),
        share_in_words(max((share for _, share in shares), default=0.0)),
    )


def _by_gradients(found: GradientReading, texts: Sequence[str]) -> ShownReading:
    tokens = ShownTable(_first(found.tokens, "token"), ["token", "line"], ["share"])
    for one in found.tokens[:_MOST_ROWS]:
        tokens.add_row(_shortened(one.text), str(one.place.line), share_in_words(one.share))
    shares = [
        (one.place, abs(one.share)) for one in found.tokens if abs(one.share) >= _LEAST_TINTED
    ]
    return ShownReading(
        "By gradients",
        f"Gradient times input of the divergence of the two answers to the variant "
        f"({found.divergence:.4f} bits), of both models together. It says where the two models "
        f"look, and not what an edit there would do. A share below 0: the divergence falls as the "
        f"token weighs more. The tint has no sign, and tokens below "
        f"{100 * _LEAST_TINTED:.0f} % have none.",
        [tokens, _lines(found.lines, len(texts) > 1)],
        tinted_programs(texts, shares),
        share_in_words(max((share for _, share in shares), default=0.0)),
    )


def edits_sentence(found: EditReading) -> str:
    """What undoing edits showed."""
    ending = sum(one.undone_violates is False for one in found.edits)
    causing = sum(one.alone_violates is True for one in found.edits)
    count = len(found.edits)
    sentence = (
        f"Of {count} {'edit' if count == 1 else 'edits'}, {ending} end the violation where one "
        f"alone is undone, and {causing} cause it where one alone is made. The share of an edit is "
        f"that of all its places: all occurrences of a renamed name have the share of the renaming."
    )
    if found.explained is not None and abs(found.explained - 1) > _CLEARLY:
        sentence += (
            f" The shares explain {100 * found.explained:.0f} % of the magnitude: three edits or "
            f"more act together here, and shares only rank them."
        )
    return sentence


def edit_in_words(one: LocatedEdit) -> str:
    """An edit in a few words."""
    words = f"{_shortened(one.before) or 'nothing'} → {_shortened(one.after) or 'nothing'}"
    others = one.taken_together - 1
    return f"{words} and {others} more" if others else words


def share_in_words(share: float | None) -> str:
    """A share in [-1, 1]."""
    return "" if share is None else f"{100 * share:z.0f} %"


def _magnitude(value: float | None, violates: bool | None) -> str:
    if value is None:
        return "not valid"
    return f"{thousandths(value)} {'violated' if violates else 'holds'}"


def _lines(found: Sequence[LocatedLine], is_pair: bool) -> ShownTable:
    table = ShownTable(_first(found, "line"), ["line", "text"], ["share"])
    for one in found[:_MOST_ROWS]:
        place = f"{one.program + 1}:{one.line}" if is_pair else str(one.line)
        table.add_row(place, _shortened(one.text.strip(), 2 * _LONGEST), share_in_words(one.share))
    return table


def _first(found: Sequence[object], name: str) -> str:
    shown = min(len(found), _MOST_ROWS)
    return f"The first {shown} of {len(found)} {name}s by share"


def _lines_of(places: Sequence[Stretch]) -> str:
    lines = [str(line) for line in dict.fromkeys(place.line for place in places)]
    return ", ".join(lines[:4]) + (f" and {len(lines) - 4} more" if len(lines) > 4 else "")


def _shortened(text: str, longest: int = _LONGEST) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def located_table(location: LocatingSummary) -> ShownTable:
    """A row per located counterexample: its first edit."""
    table = ShownTable(
        f"Where the worst {len(location.counterexamples)} of {location.found} counterexamples part",
        ["id", "student", "violates", "first edit"],
        ["share", "undone"],
        ["student", "violates"],
        broken=["id", "first edit"],
    )
    for one in location.counterexamples:
        kept = one.counterexample
        read = None if kept.location is None else kept.location.by_edits
        cells = ("", "", "")
        if read is not None and read.edits:
            first = read.edits[0]
            ends = {None: "not valid", True: "still violated", False: "holds"}
            cells = (
                edit_in_words(first),
                share_in_words(first.share),
                ends[first.undone_violates],
            )
        table.add_row(kept.id, kept.student, kept.relation, *cells)
    return table
