"""The charts of confidence: is it calibrated, does it rank, do teacher and student agree on it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from matplotlib.colors import ListedColormap

from metacompress.report.charts.drawing import (
    INK,
    PAPER,
    SOFT,
    STUDENT_COLOUR,
    STYLE,
    TEACHER_COLOUR,
    exact_percent,
    number_ticks,
    short_name,
    small_axes,
    svg,
)
from metacompress.stats.scores.calibration import reliability_bins
from metacompress.stats.scores.selection import risk_coverage

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from metacompress.stats.scores.calibration import ReliabilityBins

# The middle of the map: its ends are lost on a dark page, or on a light one.
_DENSITIES = ListedColormap(mpl.colormaps["viridis"](np.linspace(0.3, 0.9, 128)))
# Of a risk-coverage curve: more are no finer on a page.
_POINTS = 201


def reliability_chart(
    name: str, p: NDArray[np.float64], labels: NDArray[np.int64], bins: int, colour: str
) -> str:
    """Reliability diagram of a model; labelled inputs only.

    Args:
        name: of the model.
        p: probabilities (n, k).
        labels: (n,), -1 where unknown; at least one is known.
        bins: number of equal-width bins.
        colour: of the bars.
    """
    known = labels >= 0
    correct = p[known].argmax(axis=1) == labels[known]
    found = reliability_bins(p[known].max(axis=1), correct, bins)
    with mpl.rc_context(STYLE):
        figure, axes = small_axes(3.4, 2.9, top=0.3)
        _draw_bins(axes, found, colour)
        axes.set_title(short_name(name), fontsize=10)
        axes.set_xlabel("confidence")
        axes.set_ylabel("accuracy")
        title = f"Reliability of {name}: accuracy over confidence"
        return svg(figure, title, crop=False)


def _draw_bins(axes: Axes, found: ReliabilityBins, colour: str) -> None:
    width = np.diff(found.edges)
    filled = found.count > 0
    axes.plot([0, 1], [0, 1], color=SOFT, linewidth=1, linestyle="--")
    axes.bar(
        found.edges[:-1][filled],
        found.accuracy[filled],
        width=width[filled],
        align="edge",
        color=colour,
        alpha=0.75,
        edgecolor=PAPER,
    )
    share = found.count / max(found.count.sum(), 1)
    axes.step(found.edges, np.append(share, share[-1]), where="post", color=INK, linewidth=1)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)


def risk_coverage_chart(p: dict[str, NDArray[np.float64]], labels: NDArray[np.int64]) -> str:
    """Risk-coverage curves of teacher and student: the share of wrong answers among the surest.

    Args:
        p: probabilities (n, k) of the teacher and of a student, in this order, by name.
        labels: (n,), -1 where unknown; at least one is known.
    """
    known = labels >= 0
    with mpl.rc_context(STYLE):
        figure, axes = small_axes(3.4, 2.9)
        for (name, values), colour, style in zip(
            p.items(), (TEACHER_COLOUR, STUDENT_COLOUR), ("-", "--"), strict=True
        ):
            correct = values[known].argmax(axis=1) == labels[known]
            coverage, risk = risk_coverage(values[known].max(axis=1), correct)
            shown = np.unique(np.linspace(0, len(risk) - 1, _POINTS).round().astype(int))
            axes.plot(
                coverage[shown],
                risk[shown],
                style,
                color=colour,
                label=short_name(name),
                linewidth=1.6,
            )
        axes.set_xlim(0, 1)
        axes.set_ylim(bottom=0)
        axes.margins(y=0.08)
        axes.xaxis.set_major_formatter(exact_percent)
        axes.yaxis.set_major_formatter(exact_percent)
        axes.set_xlabel("answers kept, the surest first")
        axes.set_ylabel("wrong among them")
        axes.legend(fontsize=8)
        title = f"Risk and coverage of {' and '.join(p)}: wrong answers among the surest"
        return svg(figure, title, crop=False)


def agreement_chart(
    teacher: NDArray[np.float64], student: NDArray[np.float64], positive: int, label: str
) -> str:
    """Density of the student's against the teacher's probability of one class.

    Of two classes it is the positive one. Of more it is, for each input, the class that the teacher
    predicts: the probability of any fixed class says little about the others.

    Args:
        teacher: probabilities (n, k).
        student: likewise.
        positive: index of the positive class.
        label: its name.
    """
    if teacher.shape[1] == 2:
        x, y = teacher[:, positive], student[:, positive]
        of = [short_name(label)] * 2
        title = f"Probability of {label}: student over teacher"
    else:
        rows, predicted = np.arange(len(teacher)), teacher.argmax(axis=1)
        x, y = teacher[rows, predicted], student[rows, predicted]
        of = ["its class", "the same class"]
        title = "Probability of the class that the teacher predicts: student over teacher"
    with mpl.rc_context({**STYLE, "axes.grid": False}):
        figure, axes = small_axes(3.9, 3.1, right=0.5)
        drawn = axes.hexbin(
            x,
            y,
            gridsize=32,
            extent=(0, 1, 0, 1),
            bins="log",
            mincnt=1,
            cmap=_DENSITIES,
            linewidths=0,
        )
        # Every point is inside, and a page has thousands of them.
        drawn.set_clip_on(False)
        if teacher.shape[1] == 2:
            axes.axhline(0.5, color=SOFT, linewidth=0.8)
            axes.axvline(0.5, color=SOFT, linewidth=0.8)
        axes.plot([0, 1], [0, 1], color=SOFT, linewidth=0.8, linestyle="--")
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        axes.set_xlabel(f"teacher: P({of[0]})")
        axes.set_ylabel(f"student: P({of[1]})")
        number_ticks(figure.colorbar(drawn, ax=axes, label="inputs").ax.yaxis)
        return svg(figure, title, crop=False)
