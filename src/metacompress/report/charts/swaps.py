"""The chart of swapped tensors: what each removes and causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

from metacompress.report.charts.drawing import (
    INK,
    STUDENT_COLOUR,
    STYLE,
    TEACHER_COLOUR,
    exact_percent,
    svg,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.study.locate.summary import Effect, Swap

_LONGEST_NAME = 48


def swaps_chart(swaps: Sequence[Swap], violated: float) -> str:
    """Violations that swaps remove and cause, with intervals, one row per swap.

    Args:
        swaps: from the top.
        violated: the student's violation rate.
    """
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(7.4, 0.34 * len(swaps) + 0.9))
        axes = figure.subplots()
        for position, swap in enumerate(swaps):
            effects = swap.ranked_by
            if effects is None:
                continue
            for effect, colour, marker, offset in (
                (effects.removed, STUDENT_COLOUR, "o", -0.13),
                (effects.caused, TEACHER_COLOUR, "D", 0.13),
            ):
                _mark(axes, effect, position + offset, colour, marker)
        axes.axvline(violated, color=INK, linewidth=1.2, linestyle=":")
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.set_yticks(range(len(swaps)))
        axes.set_yticklabels([_short(swap.name) for swap in swaps], fontsize=8)
        axes.invert_yaxis()
        axes.xaxis.set_major_formatter(exact_percent)
        axes.set_xlabel(
            "circles: violations removed from the student; squares: caused in the teacher\n"
            "dotted: all that the student violates"
        )
        return svg(figure, "Violations that swapped tensors remove and cause, with intervals")


def _mark(axes: mpl.axes.Axes, effect: Effect, height: float, colour: str, marker: str) -> None:
    if effect.value is None:
        return
    if effect.low is not None and effect.high is not None:
        axes.hlines(height, effect.low, effect.high, color=colour, linewidth=2)
    axes.plot(effect.value, height, marker, color=colour, markersize=5)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"…{name[1 - _LONGEST_NAME :]}"
