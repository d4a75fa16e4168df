"""The charts of curves: violations over the constant of a relation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl

from metacompress.report.charts.drawing import (
    INK,
    PART_COLOURS,
    STYLE,
    exact_percent,
    number_ticks,
    small_axes,
    svg,
)
from metacompress.report.wording import PARTS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from metacompress.data.part import Part


def curve_chart(
    relation: str,
    curves: dict[Part, dict[str, NDArray[np.float64]]],
    parameter: str,
    constant: float,
) -> str:
    """Violation rate over a relation's constant, by part.

    Args:
        relation: name, for the title.
        curves: part to ``threshold`` (m,), ``violations`` (m,), ``n`` (m,).
        parameter: the constant's name.
        constant: the value that the study used.
    """
    with mpl.rc_context(STYLE):
        figure, axes = small_axes(3.6, 2.6)
        for part, curve in curves.items():
            shown = curve["n"] > 0
            axes.plot(
                curve["threshold"][shown],
                curve["violations"][shown] / curve["n"][shown],
                color=PART_COLOURS[part],
                label=PARTS[part],
                linewidth=1.6,
            )
        axes.axvline(constant, color=INK, linewidth=1, linestyle=":")
        first, *_, last = next(iter(curves.values()))["threshold"]
        if first > 0 and last / first > 100:
            axes.set_xscale("log")
            number_ticks(axes.xaxis)
        axes.set_xlabel(f"{parameter} (dotted: {constant:g})")
        axes.set_ylim(0, 1.02)
        axes.yaxis.set_major_formatter(exact_percent)
        axes.set_ylabel("violation rate")
        axes.legend(fontsize=8)
        return svg(figure, f"Violation rate of {relation} over {parameter}", crop=False)
