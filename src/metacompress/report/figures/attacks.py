"""Figures of finished studies of attacks: on how many inputs they reach their goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.figures.matrix import Cell, Matrix

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.study.attack.summary import AttackSummary

_PAIR = "teacher and student"
_NOTES = {
    "disagreement": "Attacked inputs with a valid variant on which teacher and student disagree, "
    "in percent of those on which they agree; in brackets intervals.",
    "flip": "Attacked inputs that a valid variant flips, in percent of those that the victim "
    "predicts right; in brackets intervals.",
}


def attacks_matrix(studies: Mapping[str, AttackSummary]) -> Matrix:
    """A row per victim, a column per attack; teacher and student are one where they should part.

    Args:
        studies: summaries by the name of their run.
    """
    found: dict[str, dict[str, Cell]] = {}
    for run, study in studies.items():
        for text, role, one in study.victims():
            name = str(role) if len(studies) == 1 else f"{run}: {role}"
            cell = Cell(one.valid_success_rate, *one.valid_success_interval)
            found.setdefault(name, {})[text] = cell
        for text, pair in study.disagreements():
            name = _PAIR if len(studies) == 1 else f"{run}: {_PAIR}"
            found.setdefault(name, {})[text] = Cell(pair.rate, *pair.interval)
    attacks = list(dict.fromkeys(text for cells in found.values() for text in cells))
    return Matrix(
        "victim",
        [(text,) for text in attacks],
        [(name, [cells.get(text) for text in attacks]) for name, cells in found.items()],
        [_NOTES[goal] for goal in sorted({study.goal for study in studies.values()})],
    )
