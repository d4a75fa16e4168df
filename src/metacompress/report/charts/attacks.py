"""The chart of attacks: on how many inputs each reaches its goal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import matplotlib as mpl
from matplotlib.figure import Figure

from metacompress.models.naming.role import Role
from metacompress.report.charts.drawing import (
    NOT_JUDGED,
    STUDENT_COLOUR,
    STYLE,
    TEACHER_COLOUR,
    exact_percent,
    svg,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.study.attack.summary import AttackSummary

_COLOURS = {Role.TEACHER: TEACHER_COLOUR, Role.STUDENT: STUDENT_COLOUR}
_APART = {Role.TEACHER: -0.14, Role.STUDENT: 0.14}
_MARKERS = {Role.TEACHER: "o", Role.STUDENT: "D"}
_AXES = {
    "flip": "attacked inputs that are lost, with interval",
    "disagreement": "attacked inputs with a disagreement, with interval",
}
_TITLES = {
    "flip": "Share of the attacked inputs that teacher and student lose, by attack",
    "disagreement": "Share of the attacked inputs on which teacher and student come to disagree, "
    "by attack and by random variants",
}


class _Mark(NamedTuple):
    """A share of the attacked inputs; a mark without an interval has ends of None."""

    attack: str
    apart: float
    share: float | None
    low: float | None
    high: float | None
    colour: str
    marker: str
    label: str


def success_chart(summary: AttackSummary) -> str:
    """Share of the attacked inputs on which the goal is reached, a row per attack."""
    attacks = list(summary.attacks)
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.4, 0.6 * len(attacks) + 1.1))
        axes = figure.subplots()
        labelled: set[str] = set()
        for mark in _marks(summary):
            if mark.share is None:
                continue
            position = attacks.index(mark.attack) + mark.apart
            if mark.low is not None and mark.high is not None:
                axes.hlines(position, mark.low, mark.high, color=mark.colour, linewidth=2.5)
            axes.plot(
                mark.share,
                position,
                mark.marker,
                color=mark.colour,
                markersize=6,
                label=None if mark.label in labelled else mark.label,
            )
            labelled.add(mark.label)
        axes.set_yticks(range(len(attacks)), attacks)
        axes.set_ylim(len(attacks) - 0.5, -0.5)
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(exact_percent)
        axes.set_xlabel(_AXES[summary.goal])
        if labelled:
            axes.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return svg(figure, _TITLES[summary.goal])


def _marks(summary: AttackSummary) -> Iterator[_Mark]:
    for text, role, found in summary.victims():
        yield _Mark(
            text,
            _APART[role],
            found.valid_success_rate,
            *found.valid_success_interval,
            _COLOURS[role],
            _MARKERS[role],
            str(role),
        )
    for text, pair in summary.disagreements():
        yield _Mark(text, -0.14, pair.rate, *pair.interval, STUDENT_COLOUR, "D", "attack")
        if pair.control is not None:
            yield _Mark(
                text, 0.14, pair.control.rate, None, None, NOT_JUDGED, "o", "random variants"
            )
