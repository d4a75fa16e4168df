"""The chart of a comparison: how much worse the second student is, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

from metacompress.report.charts.drawing import (
    INK,
    NOT_JUDGED,
    SOFT,
    STYLE,
    VERDICT_COLOURS,
    svg,
)
from metacompress.report.wording import PARTS

if TYPE_CHECKING:
    from metacompress.study.check.readings.comparison import Comparison


def differences_chart(found: Comparison) -> str:
    """Differences in points with their intervals, coloured by verdict; a line shows worse_by."""
    rows = list(found.rows())
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(7.4, 0.42 * len(rows) + 0.9))
        axes = figure.subplots()
        for position, (_, _, row) in enumerate(rows):
            colour = NOT_JUDGED if row.verdict is None else VERDICT_COLOURS[row.verdict]
            if row.low is not None and row.high is not None:
                axes.hlines(position, 100 * row.low, 100 * row.high, color=colour, linewidth=2.5)
            if row.difference is not None:
                axes.plot(100 * row.difference, position, "o", color=colour, markersize=6)
        axes.axvline(0, color=SOFT, linewidth=1)
        axes.axvline(100 * found.worse_by, color=INK, linewidth=1.2, linestyle="--")
        axes.set_yticks(
            range(len(rows)), [f"{name}\n{PARTS[part]}" for name, part, _ in rows], fontsize=8
        )
        axes.invert_yaxis()
        axes.set_xlabel("points that the second student is worse by (dashed: counts as worse)")
        return svg(figure, "Differences between the two students with their intervals")
