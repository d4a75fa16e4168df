"""The chart of a sequential row: what its interval was after so many sources, and the decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator

from metacompress.report.charts.drawing import (
    BAND,
    INK,
    STYLE,
    VERDICT_COLOURS,
    exact_percent,
    svg,
)
from metacompress.report.wording import PARTS
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from metacompress.data.part import Part
    from metacompress.study.check.sequence import SequenceRow
    from metacompress.study.judged import JudgedPart

# Early intervals are wide: this many times the farthest of limits and later ends is shown.
_REACH = 2.0
_LOGARITHMIC_FROM = 8


@dataclass(frozen=True, slots=True)
class IntervalPath:
    """The confidence sequence of a row, m batches long, m at least 1.

    Attributes:
        sources: asked so far, ascending, (m,).
        low: lower end, (m,).
        high: upper end, (m,).
    """

    sources: NDArray[np.int64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def sequence_chart(
    relation: str, part: Part, path: IntervalPath, row: SequenceRow, judged: JudgedPart
) -> str:
    """Draw the interval over the number of sources, the limits, and where it was decided.

    Args:
        relation: name, for the title.
        part: likewise.
        path: of the row.
        row: what was decided, and when.
        judged: the row as it is reported: its limits, and the interval of a last test.
    """
    verdict = row.verdict or Verdict.UNDECIDED
    at = int(path.sources[-1]) if row.decided_at is None else row.decided_at
    if row.by_last_test:
        low, high = judged.low, judged.high
    else:
        place = min(int(np.searchsorted(path.sources, at)), len(path.sources) - 1)
        low, high = float(path.low[place]), float(path.high[place])
    limits = [limit for limit in (judged.least, judged.most) if limit is not None]
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(3.3, 2.3))
        # Charts stand beside each other: the axes of all are in the same place.
        axes = figure.add_axes((0.17, 0.2, 0.79, 0.62))
        axes.fill_between(path.sources, path.low, path.high, step="post", color=BAND, linewidth=0.8)
        for limit in limits:
            axes.axhline(limit, color=INK, linewidth=1.2)
        axes.vlines(at, low, high, color=VERDICT_COLOURS[verdict], linewidth=3)
        axes.plot(
            at,
            (low + high) / 2,
            "D" if row.by_last_test else "o",
            color=VERDICT_COLOURS[verdict],
            markersize=6,
        )
        _show(axes, path, [*limits, low, high])
        axes.yaxis.set_major_formatter(exact_percent)
        axes.set_xlabel("sources asked")
        axes.set_title(
            f"{relation}\n{PARTS[part]}: {_decision(verdict, at, row)}", fontsize=9, loc="left"
        )
        return svg(
            figure, f"Interval of {relation} on {PARTS[part]} over the sources asked", crop=False
        )


def _decision(verdict: Verdict, at: int, row: SequenceRow) -> str:
    if row.verdict is None:
        return f"{verdict} after {at:,}"
    return f"{verdict} by the last test" if row.by_last_test else f"{verdict} at {at:,}"


def _show(axes: Axes, path: IntervalPath, shown: list[float]) -> None:
    """Choose what is in view: all sources, and every value in ``shown``."""
    reach = _REACH * max(map(abs, [*shown, path.low[-1], path.high[-1]]))
    bottom, top = max(min(0.0, *path.low, *shown), -reach), min(max(*path.high, *shown), reach)
    margin = 0.04 * (top - bottom)
    axes.set_ylim(bottom - margin, top + margin)
    axes.yaxis.set_major_locator(MaxNLocator(5))
    first, last = int(path.sources[0]), int(path.sources[-1])
    if last < _LOGARITHMIC_FROM * first:
        axes.set_xlim(0, 1.05 * last)
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    else:
        axes.set_xscale("log")
        axes.set_xlim(first / 1.1, last * 1.1)
        steps = [k * 10**power for power in range(9) for k in (1, 3)]
        axes.xaxis.set_major_locator(FixedLocator([one for one in steps if first <= one <= last]))
        axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
