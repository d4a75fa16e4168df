"""The loss statement: what a student preserves and what it loses, how sure, in which direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.report.check.slices import shown_slices
from metacompress.report.wording import decidable, left, percent, points
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.data.part import Part
    from metacompress.study.check.readings.direction import Direction
    from metacompress.study.check.readings.recalibration import Recalibration
    from metacompress.study.check.readings.slicing import Slices
    from metacompress.study.check.summary import StudentSummary
    from metacompress.study.judged import JudgedPart

# Smaller changes by a temperature are not worth a word.
_NOTABLE = 0.005
_SLICES = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """One heading of a loss statement.

    Attributes:
        title: in one word or two.
        sentences: without their full stops.
    """

    title: str
    sentences: list[str]


def loss_statement(found: StudentSummary) -> list[Statement]:
    """State what a student preserves and loses; headings without anything to say are left out."""
    rows = [
        Statement(title, list(_rows(found, verdict)))
        for title, verdict in (("Preserved", Verdict.PASS), ("Lost", Verdict.FAIL))
    ]
    rows.append(Statement("Where", [] if found.slices is None else _where(found.slices)))
    undecided = zip(_rows(found, Verdict.UNDECIDED), _undecided(found), strict=True)
    rows.append(Statement("Not decided", [f"{row}; {limits}" for row, (_, limits) in undecided]))
    return [one for one in [*rows, *_beyond_verdicts(found)] if one.sentences]


def beyond_rows(found: StudentSummary) -> list[Statement]:
    """State what the rows of the relations do not show by themselves."""
    undecided = Statement("Not decided", list(map(": ".join, _undecided(found))))
    return [one for one in [undecided, *_beyond_verdicts(found)] if one.sentences]


def _beyond_verdicts(found: StudentSummary) -> list[Statement]:
    directions = [_direction(part, one) for part, one in found.direction.items() if one.labelled]
    directions += [left(one.left) for one in found.direction.values() if one.left is not None]
    cosmetic = [] if found.recalibration is None else _cosmetic(found.recalibration)
    return [
        Statement("Direction", directions),
        Statement("Confidence", cosmetic),
        Statement("Floor", _floor(found)),
    ]


def _where(slices: Slices) -> list[str]:
    """The clearest slices."""
    return [
        f"{one.name}: {percent(one.rate)} violate {one.relation} on {one.part.words}, elsewhere "
        f"{percent(one.elsewhere)}; {percent(one.share_of_violations, 1)} of the violations on "
        f"{percent(one.share_of_inputs, 1)} of the inputs"
        for one in shown_slices(slices)[:_SLICES]
    ]


def _rows(found: StudentSummary, verdict: Verdict) -> Iterator[str]:
    for name, part, judged in _judged(found, verdict):
        yield (
            f"{name} on {part.words}: {percent(judged.value)} ({100 * judged.low:z.2f} to "
            f"{100 * judged.high:z.2f})"
        )


def _undecided(found: StudentSummary) -> Iterator[tuple[str, str]]:
    """Undecided rows, and the smallest effects that they could have decided."""
    for name, part, judged in _judged(found, Verdict.UNDECIDED):
        values = decidable(judged) or "no value"
        yield f"{name} on {part.words}", f"as many inputs decide {values}"


def _judged(found: StudentSummary, verdict: Verdict) -> Iterator[tuple[str, Part, JudgedPart]]:
    for name, relation in found.relations.items():
        for part, judged in relation.parts():
            if judged.verdict is verdict:
                yield name, part, judged


def _floor(found: StudentSummary) -> list[str]:
    judged = [
        (f"{name} on {part.words}", one)
        for name, relation in found.relations.items()
        for part, one in relation.parts()
        if one.verdict is not None
    ]
    if all(one.floor is None for _, one in judged):
        return ["none: what another seed of the teacher violates is not known (--floor MODEL)"]
    return [
        f"{row}: a second teacher {percent(one.floor.value)}, the student "
        f"{points(one.floor.excess)} points ({points(one.floor.excess_low)} to "
        f"{points(one.floor.excess_high)})"
        for row, one in judged
        if one.floor is not None and one.floor.excess is not None
    ]


def _direction(part: Part, found: Direction) -> str:
    sentence = (
        f"on {part.words}: only the teacher right {percent(found.regressions)}, only the student "
        f"right {percent(found.recoveries)}"
    )
    if found.gain is not None:
        sentence += (
            f"; accuracy {points(found.gain)} points ({points(found.gain_low)} to "
            f"{points(found.gain_high)})"
        )
    return sentence if found.kappa is None else f"{sentence}; kappa {found.kappa:z.2f}"


def _cosmetic(found: Recalibration) -> list[str]:
    changed = [
        f"{name} on {part.words} {percent(one.before)} to {percent(one.after)}"
        for name, parts in found.relations.items()
        for part, one in parts.items()
        if abs((one.after or 0.0) - (one.before or 0.0)) >= _NOTABLE
    ]
    if not changed:
        return ["a temperature moves no value by half a point: no difference is cosmetic"]
    return [
        f"a temperature of {found.temperature:.2f} moves, on {found.held_out} held-out sources:",
        *changed,
    ]
