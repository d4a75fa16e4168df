"""Charts of layers: how alike each of the student's is to each of the teacher's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from metacompress.report.charts.drawing import INK, STYLE, TEACHER_COLOUR, VERDICT_COLOURS, svg
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Ink stays readable on the darkest cell, in light and in dark.
_DARKEST = 0.55
# Falls from so much on are darkest; the constant is ours.
_LARGE_FALL = 0.2
# Of more layers the numbers would not be legible.
_MOST_NUMBERS = 14
_INCHES = 0.36


def similarity_chart(cka: Sequence[Sequence[float | None]]) -> str:
    """CKA of every layer of the student (row) with every layer of the teacher (column).

    Args:
        cka: by layer of the student, by layer of the teacher; None where there is none.
    """
    values = _array(cka)
    shades = np.clip(np.nan_to_num(values), 0, 1)
    return _layers_chart(
        values, shades, np.zeros(values.shape, dtype=bool), "Similarity of layers on the sources"
    )


def fall_chart(
    sources: Sequence[Sequence[float | None]], follow_ups: Sequence[Sequence[float | None]]
) -> str:
    """How far the same falls from sources to follow-ups; a rise has the colour of what passes."""
    values = _array(sources) - _array(follow_ups)
    shades = np.clip(np.abs(np.nan_to_num(values)) / _LARGE_FALL, 0, 1)
    return _layers_chart(values, shades, values > 0, "Fall of the similarity on follow-ups")


def _array(rows: Sequence[Sequence[float | None]]) -> NDArray[np.float64]:
    return np.array([[np.nan if one is None else one for one in row] for row in rows])


def _layers_chart(
    values: NDArray[np.float64], shades: NDArray[np.float64], bad: NDArray[np.bool_], title: str
) -> str:
    """One square a pair of layers: as dark as ``shades`` in [0, 1], red where it is ``bad``."""
    rows, columns = values.shape
    signed = title.startswith("Fall")
    colour = VERDICT_COLOURS[Verdict.PASS] if signed else TEACHER_COLOUR
    with mpl.rc_context({**STYLE, "axes.grid": False}):
        figure = Figure(figsize=(_INCHES * columns + 0.9, _INCHES * rows + 0.8))
        axes = figure.subplots()
        for row, column in np.argwhere(np.isfinite(values)):
            axes.add_patch(
                Rectangle(
                    (column - 0.47, row - 0.47),
                    0.94,
                    0.94,
                    facecolor=VERDICT_COLOURS[Verdict.FAIL] if bad[row, column] else colour,
                    alpha=_DARKEST * shades[row, column],
                    linewidth=0,
                )
            )
            if max(rows, columns) <= _MOST_NUMBERS:
                axes.text(
                    column,
                    row,
                    f"{100 * values[row, column]:z.0f}",
                    ha="center",
                    va="center",
                    fontsize=8,
                    color=INK,
                )
        axes.set_xlim(-0.5, columns - 0.5)
        axes.set_ylim(rows - 0.5, -0.5)
        axes.set_aspect("equal")
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(MaxNLocator(integer=True, nbins=_MOST_NUMBERS))
        axes.set_xlabel("teacher's layer")
        axes.set_ylabel("student's layer")
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.tick_params(length=0)
        return svg(figure, title)
