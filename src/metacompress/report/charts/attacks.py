"""The chart of attacks: how much each model loses to each attack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

from metacompress.models.role import Role
from metacompress.report.charts.drawing import (
    STUDENT_COLOUR,
    STYLE,
    TEACHER_COLOUR,
    exact_percent,
    svg,
)

if TYPE_CHECKING:
    from metacompress.study.attack.summary import AttackSummary

_COLOURS = {Role.TEACHER: TEACHER_COLOUR, Role.STUDENT: STUDENT_COLOUR}
_APART = {Role.TEACHER: -0.14, Role.STUDENT: 0.14}


def success_chart(summary: AttackSummary) -> str:
    """Share of the attacked inputs that each victim loses, with its interval, a row per attack."""
    attacks = list(summary.attacks)
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.4, 0.6 * len(attacks) + 1.1))
        axes = figure.subplots()
        for text, role, found in summary.victims():
            position = attacks.index(text) + _APART[role]
            low, high = found.valid_success_interval
            if found.valid_success_rate is None or low is None or high is None:
                continue
            axes.hlines(position, low, high, color=_COLOURS[role], linewidth=2.5)
            axes.plot(
                found.valid_success_rate,
                position,
                "o" if role is Role.TEACHER else "D",
                color=_COLOURS[role],
                markersize=6,
                label=str(role) if text == attacks[0] else None,
            )
        axes.set_yticks(range(len(attacks)), attacks)
        axes.set_ylim(len(attacks) - 0.5, -0.5)
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(exact_percent)
        axes.set_xlabel("attacked inputs that are lost, with interval")
        axes.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return svg(figure, "Share of the attacked inputs that teacher and student lose, by attack")
