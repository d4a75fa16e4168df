"""The chart of a compression: what its students cost, and how good they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

from metacompress.report.charts.drawing import (
    INK,
    SOFT,
    STUDENT_COLOUR,
    STYLE,
    exact_percent,
    svg,
)

if TYPE_CHECKING:
    from metacompress.compression.summary import CompressSummary


def front_chart(summary: CompressSummary) -> str | None:
    """Estimated accuracy over operations of the front, with the chosen configuration.

    Returns:
        None where the search had no accuracy among its objectives.
    """
    points = [
        (one.objectives["gflops"], one.objectives["accuracy"], one.configuration == summary.chosen)
        for one in summary.front
        if {"gflops", "accuracy"} <= set(one.objectives)
    ]
    if not points:
        return None
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(5.4, 3.2))
        axes = figure.subplots()
        points.sort()
        axes.plot(
            [cost for cost, _, _ in points],
            [accuracy for _, accuracy, _ in points],
            "o",
            color=STUDENT_COLOUR,
            label="front",
            clip_on=False,
        )
        for cost, accuracy, chosen in points:
            if chosen:
                axes.plot(
                    cost, accuracy, "D", color=INK, markersize=9, fillstyle="none", clip_on=False
                )
                axes.annotate("chosen", (cost, accuracy), textcoords="offset points", xytext=(9, 4))
        axes.margins(0.12)
        # No operations are fewer than none, and no accuracy lies beyond 0 and 100 %.
        low, high = axes.get_ylim()
        axes.set_ylim(max(low, 0), min(high, 1))
        axes.set_xlim(left=max(axes.get_xlim()[0], 0))
        axes.yaxis.set_major_formatter(exact_percent)
        axes.grid(color=SOFT, alpha=0.2)
        axes.set_xlabel("GFLOPs per prediction")
        axes.set_ylabel("accuracy, estimated")
        return svg(figure, "Estimated accuracy of the configurations on the front over their cost")
