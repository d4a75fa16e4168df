"""The chart of relations: values with their intervals against the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

from metacompress.data.part import Part
from metacompress.report.charts.drawing import (
    INK,
    NOT_JUDGED,
    STYLE,
    VERDICT_COLOURS,
    exact_percent,
    svg,
)
from metacompress.report.wording import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.study.check.summary import RelationSummary
    from metacompress.study.judged import JudgedPart


def rates_chart(relations: Mapping[str, RelationSummary]) -> str:
    """Values with their intervals against the limits, one row per relation and part."""
    rows = [
        (name, part, judged) for name, found in relations.items() for part, judged in found.parts()
    ]
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(7.4, 0.42 * len(rows) + 0.9))
        axes = figure.subplots()
        for position, (_, part, found) in enumerate(rows):
            colour = NOT_JUDGED if found.verdict is None else VERDICT_COLOURS[found.verdict]
            if found.value is not None:
                axes.hlines(position, found.low, found.high, color=colour, linewidth=3)
                marker = "o" if part is Part.SOURCES else "D"
                axes.plot(found.value, position, marker, color=colour, markersize=6)
            for limit in (found.least, found.most):
                if limit is not None:
                    axes.vlines(limit, position - 0.35, position + 0.35, color=INK, linewidth=1.5)
        axes.set_yticks(range(len(rows)))
        axes.set_yticklabels([f"{name}\n{PARTS[part]}" for name, part, _ in rows], fontsize=8)
        axes.invert_yaxis()
        lows = [found.low for _, _, found in rows if found.value is not None]
        axes.set_xlim(left=min([0.0, *lows]))
        axes.xaxis.set_major_formatter(exact_percent)
        axes.set_xlabel(_rates_label(rows))
        return svg(figure, "Values of all relations with their intervals and limits")


def _rates_label(rows: list[tuple[str, Part, JudgedPart]]) -> str:
    label = "value with interval, coloured by its verdict; upright lines: what passes"
    if any(found.verdict is None for _, _, found in rows):
        label += "\ngrey: applies to no input"
    return label
