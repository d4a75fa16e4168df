"""The chart of students: violations over size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

from metacompress.report.charts.drawing import (
    SOFT,
    STUDENT_COLOUR,
    STYLE,
    exact_percent,
    number_ticks,
    short_name,
    svg,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.study.judged import JudgedPart

# Sizes that differ by less, as a share, stand at the same place in the picture.
_ALIKE = 0.02


def pareto_chart(students: Mapping[str, tuple[float, JudgedPart]], value: str) -> str:
    """Violations over size, with the students that no other one beats in both.

    Args:
        students: size in MB and judged part, by name.
        value: what the judged part is.
    """
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(5.4, 3.2))
        axes = figure.subplots()
        best = float("inf")
        front = []
        for name, (size, judged) in sorted(
            students.items(), key=lambda one: (one[1][0], one[1][1].value or 0.0)
        ):
            rate = judged.value or 0.0
            axes.vlines(size, judged.low, judged.high, color=STUDENT_COLOUR, linewidth=2)
            axes.plot(size, rate, "o", color=STUDENT_COLOUR)
            # Names of two of one size would cover each other.
            lower = any(
                abs(other - size) < _ALIKE * size and (found.value or 0.0) > rate
                for other, found in students.values()
            )
            place = (6, -11) if lower else (6, 4)
            axes.annotate(
                short_name(name),
                (size, rate),
                textcoords="offset points",
                xytext=place,
                fontsize=8,
            )
            if rate < best:
                best = rate
                front.append((size, rate))
        axes.step(*zip(*front, strict=True), where="post", color=SOFT, linestyle="--", zorder=0)
        sizes = [size for size, _ in students.values()]
        if max(sizes) > 10 * min(sizes):
            axes.set_xscale("log")
            number_ticks(axes.xaxis)
        axes.margins(x=0.15)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(exact_percent)
        axes.set_xlabel("size of the weights in MB (dashed: beaten in both by no other student)")
        axes.set_ylabel(value)
        return svg(figure, f"Students: {value} over the size of their weights")
