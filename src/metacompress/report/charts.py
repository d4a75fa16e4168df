"""The charts of a report, as SVG text; the same data give the same bytes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from metacompress.data.part import Part
from metacompress.report.wording import PARTS
from metacompress.stats.calibration import reliability_bins
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from metacompress.stats.calibration import ReliabilityBins
    from metacompress.study.check.summary import RelationSummary
    from metacompress.study.judged import JudgedPart

_TEACHER_COLOUR, _STUDENT_COLOUR = "#1f5fa8", "#c8501e"
_PART_COLOURS = {Part.SOURCES: "#444444", Part.FOLLOW_UPS: "#8a3ea8"}
_VERDICT_COLOURS = {Verdict.PASS: "#1c7c3c", Verdict.FAIL: "#b3261e", Verdict.UNDECIDED: "#9a6b00"}
_NOT_JUDGED = "#8a919b"
_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "metacompress",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e3e3e3",
    "axes.axisbelow": True,
    "legend.frameon": False,
}


def _svg(figure: Figure) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None})
    # An SVG inside of a page needs no XML prologue; ids must not meet those of another chart.
    text = buffer.getvalue()
    return text[text.index("<svg") :]


def _exact_percent(value: float, _: object) -> str:
    """The label of a tick: it says where the tick stands, to all its digits."""
    return f"{100 * value:.6g} %"


def _rates_label(rows: list[tuple[str, Part, JudgedPart]]) -> str:
    label = "value with interval, coloured by its verdict; black lines: what passes"
    if any(found.verdict is None for _, _, found in rows):
        label += "\ngrey: applies to no input"
    return label


def rates_chart(relations: Mapping[str, RelationSummary]) -> str:
    """Values with their intervals against the limits, one row per relation and part."""
    rows = [
        (name, part, judged) for name, found in relations.items() for part, judged in found.parts()
    ]
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7.4, 0.42 * len(rows) + 0.9))
        axes = figure.subplots()
        for position, (_, part, found) in enumerate(rows):
            colour = _NOT_JUDGED if found.verdict is None else _VERDICT_COLOURS[found.verdict]
            if found.value is not None:
                axes.hlines(position, found.low, found.high, color=colour, linewidth=3)
                marker = "o" if part is Part.SOURCES else "D"
                axes.plot(found.value, position, marker, color=colour, markersize=6)
            for limit in (found.least, found.most):
                if limit is not None:
                    axes.vlines(
                        limit, position - 0.35, position + 0.35, color="#222", linewidth=1.5
                    )
        axes.set_yticks(range(len(rows)))
        axes.set_yticklabels([f"{name}\n{PARTS[part]}" for name, part, _ in rows], fontsize=8)
        axes.invert_yaxis()
        lows = [found.low for _, _, found in rows if found.value is not None]
        axes.set_xlim(left=min([0.0, *lows]))
        axes.xaxis.set_major_formatter(_exact_percent)
        axes.set_xlabel(_rates_label(rows))
        return _svg(figure)


def pareto_chart(students: Mapping[str, tuple[float, JudgedPart]], value: str) -> str:
    """Violations over size, with the students that no other one beats in both.

    Args:
        students: size in MB and judged part, by name.
        value: what the judged part is.
    """
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(5.4, 3.2))
        axes = figure.subplots()
        best = float("inf")
        front = []
        for name, (size, judged) in sorted(
            students.items(), key=lambda one: (one[1][0], one[1][1].value or 0.0)
        ):
            rate = judged.value or 0.0
            axes.vlines(size, judged.low, judged.high, color=_STUDENT_COLOUR, linewidth=2)
            axes.plot(size, rate, "o", color=_STUDENT_COLOUR)
            axes.annotate(name, (size, rate), textcoords="offset points", xytext=(6, 4), fontsize=8)
            if rate < best:
                best = rate
                front.append((size, rate))
        axes.step(*zip(*front, strict=True), where="post", color="#999", linestyle="--", zorder=0)
        sizes = [size for size, _ in students.values()]
        if max(sizes) > 10 * min(sizes):
            axes.set_xscale("log")
        axes.margins(x=0.15)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(_exact_percent)
        axes.set_xlabel("size of the weights in MB (dashed: beaten in both by no other student)")
        axes.set_ylabel(value)
        return _svg(figure)


def curve_chart(
    curves: dict[Part, dict[str, NDArray[np.float64]]], parameter: str, constant: float
) -> str:
    """Violation rate over a relation's constant, by part.

    Args:
        curves: part to ``threshold`` (m,), ``violations`` (m,), ``n`` (m,).
        parameter: the constant's name.
        constant: the value that the study used.
    """
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(3.6, 2.6))
        axes = figure.subplots()
        for part, curve in curves.items():
            shown = curve["n"] > 0
            axes.plot(
                curve["threshold"][shown],
                curve["violations"][shown] / curve["n"][shown],
                color=_PART_COLOURS[part],
                label=PARTS[part],
                linewidth=1.6,
            )
        axes.axvline(constant, color="#222", linewidth=1, linestyle=":")
        first, *_, last = next(iter(curves.values()))["threshold"]
        if first > 0 and last / first > 100:
            axes.set_xscale("log")
        axes.set_xlabel(f"{parameter} (dotted: {constant:g})")
        axes.set_ylim(0, 1.02)
        axes.yaxis.set_major_formatter(_exact_percent)
        axes.set_ylabel("violation rate")
        axes.legend(fontsize=8)
        return _svg(figure)


def reliability_chart(
    p: dict[str, NDArray[np.float64]], labels: NDArray[np.int64], bins: int
) -> str:
    """Reliability diagrams of teacher and student side by side; labelled inputs only.

    Args:
        p: probabilities (n, k) of the teacher and of a student, in this order, by name.
        labels: (n,), -1 where unknown.
        bins: number of equal-width bins.
    """
    known = labels >= 0
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7.2, 3.1))
        for axes, (name, values), colour in zip(
            figure.subplots(1, 2, sharey=True),
            p.items(),
            (_TEACHER_COLOUR, _STUDENT_COLOUR),
            strict=True,
        ):
            correct = values[known].argmax(axis=1) == labels[known]
            found = reliability_bins(values[known].max(axis=1), correct, bins)
            _reliability(axes, found, colour)
            axes.set_title(name, fontsize=10)
            axes.set_xlabel("confidence")
        figure.axes[0].set_ylabel("accuracy")
        return _svg(figure)


def _reliability(axes: Axes, found: ReliabilityBins, colour: str) -> None:
    width = np.diff(found.edges)
    filled = found.count > 0
    axes.plot([0, 1], [0, 1], color="#999", linewidth=1, linestyle="--")
    axes.bar(
        found.edges[:-1][filled],
        found.accuracy[filled],
        width=width[filled],
        align="edge",
        color=colour,
        alpha=0.75,
        edgecolor="white",
    )
    share = found.count / max(found.count.sum(), 1)
    axes.step(found.edges, np.append(share, share[-1]), where="post", color="#222", linewidth=1)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)


def scatter_chart(
    teacher: NDArray[np.float64], student: NDArray[np.float64], positive: int, label: str
) -> str:
    """Density of the student's against the teacher's probability of the positive class."""
    with mpl.rc_context({**_STYLE, "axes.grid": False}):
        figure = Figure(figsize=(3.9, 3.4))
        axes = figure.subplots()
        drawn = axes.hexbin(
            teacher[:, positive],
            student[:, positive],
            gridsize=32,
            extent=(0, 1, 0, 1),
            bins="log",
            mincnt=1,
            cmap="viridis",
            linewidths=0.1,
        )
        axes.axhline(0.5, color="#999", linewidth=0.8)
        axes.axvline(0.5, color="#999", linewidth=0.8)
        axes.plot([0, 1], [0, 1], color="#999", linewidth=0.8, linestyle="--")
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        axes.set_xlabel(f"teacher: P({label})")
        axes.set_ylabel(f"student: P({label})")
        figure.colorbar(drawn, ax=axes, label="inputs")
        return _svg(figure)


def unique_ids(svg: str, prefix: str) -> str:
    """Prefix all ids of an SVG, so that several charts can share one page."""
    svg = re.sub(r'\bid="', f'id="{prefix}-', svg)
    svg = re.sub(r'xlink:href="#', f'xlink:href="#{prefix}-', svg)
    return re.sub(r"url\(#", f"url(#{prefix}-", svg)
