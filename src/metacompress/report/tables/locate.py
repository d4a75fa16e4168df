"""Which tensors carry violations, as a table and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.data.part import Part
from metacompress.report.tables.fitting import hundredths
from metacompress.report.tables.levels import NOTHING
from metacompress.report.tables.shown import ShownTable
from metacompress.study.locate.summary import SwapKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.study.locate.summary import Effect, LocateSummary, Swap


def swaps_table(summary: LocateSummary, most: int | None = None) -> ShownTable:
    """A row per swap, that of everything first.

    Args:
        summary: of the study.
        most: swaps that have a row at most; None for all.
    """
    shown = summary.swaps[:most]
    table = ShownTable(
        f"Tensors put back, {_part(summary).words}, points"
        + ("" if len(shown) == len(summary.swaps) else f" ({len(shown)} of {len(summary.swaps)})"),
        ["swap", "of"],
        ["removed", "interval", "share %", "caused", "interval of it", "numbers", "distance"],
        ["of", "distance", "numbers", "interval of it"],
        broken=["swap"],
    )
    for swap in (summary.everything, *shown):
        effects = swap.ranked_by
        if effects is None:
            continue
        table.add_row(
            f"all {len(swap.tensors)} tensors" if swap.kind is SwapKind.ALL else swap.name,
            str(swap.kind),
            _points(effects.removed.value),
            _ends(effects.removed),
            _share(effects.removed.value, student_rate(summary)),
            _points(effects.caused.value),
            _ends(effects.caused),
            f"{swap.parameters:,}",
            NOTHING if swap.distance is None else f"{swap.distance:.2g}",
        )
    return table


def located_headline(summary: LocateSummary) -> str:
    """Which swap removes most, and whether that is more than chance, as a sentence."""
    rate = student_rate(summary)
    if not rate:
        return f"The student never violates {summary.relation}: there is nothing to locate"
    found = removing(summary.swaps)
    if not found:
        return f"No single swap is shown to remove violations of {summary.relation}"
    first = found[0]
    effects = first.ranked_by
    removed = None if effects is None else effects.removed.value
    return (
        f"{first.name} removes most: {_share(removed, rate)} % of the violations of "
        f"{summary.relation}; {len(found)} of {len(summary.swaps)} swaps are shown to remove some"
    )


def about_tensors(summary: LocateSummary) -> str:
    """Which tensors were swapped, and what they leave, as sentences."""
    effects = summary.everything.ranked_by
    rate = student_rate(summary)
    left = 0.0 if effects is None or rate is None else rate - (effects.removed.value or 0.0)
    text = (
        f"Violated by the student: {hundredths(rate)} % of {_part(summary).words}; with all "
        f"{len(summary.everything.tensors)} tensors that differ put back: {hundredths(left)} %. "
        f"{summary.alike} tensors are the same in both models."
    )
    if summary.unmatched:
        text += (
            f" {len(summary.unmatched)} have no counterpart in the other model: "
            f"{', '.join(summary.unmatched[:3])}{', ...' if len(summary.unmatched) > 3 else ''}."
        )
    return text


def removing(swaps: Sequence[Swap]) -> list[Swap]:
    """The swaps that are shown to remove violations: their interval lies above 0."""
    return [
        swap
        for swap in swaps
        if swap.ranked_by is not None and (swap.ranked_by.removed.low or 0.0) > 0
    ]


def student_rate(summary: LocateSummary) -> float | None:
    """The violation rate of the student on the part that swaps are ranked by."""
    return summary.violated.get(_part(summary))


def _part(summary: LocateSummary) -> Part:
    return Part.SOURCES if summary.everything.follow_ups is None else Part.FOLLOW_UPS


def _points(value: float | None) -> str:
    return NOTHING if value is None else f"{100 * value:z.2f}"


def _ends(effect: Effect) -> str:
    if effect.low is None or effect.high is None:
        return NOTHING
    return f"{_points(effect.low)} to {_points(effect.high)}"


def _share(removed: float | None, rate: float | None) -> str:
    return NOTHING if removed is None or not rate else f"{100 * removed / rate:z.0f}"
