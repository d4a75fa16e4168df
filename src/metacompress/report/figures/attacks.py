"""Figures of finished studies of attacks: how many inputs each victim loses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.figures.matrix import Cell, Matrix

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.study.attack.summary import AttackSummary


def attacks_matrix(studies: Mapping[str, AttackSummary]) -> Matrix:
    """A row per victim, a column per attack.

    Args:
        studies: summaries by the name of their run.
    """
    found: dict[str, dict[str, Cell]] = {}
    for run, study in studies.items():
        for text, role, one in study.victims():
            name = str(role) if len(studies) == 1 else f"{run}: {role}"
            cell = Cell(one.valid_success_rate, *one.valid_success_interval)
            found.setdefault(name, {})[text] = cell
    attacks = list(dict.fromkeys(text for cells in found.values() for text in cells))
    return Matrix(
        "victim",
        [(text,) for text in attacks],
        [(name, [cells.get(text) for text in attacks]) for name, cells in found.items()],
        [
            "Attacked inputs that a valid variant flips, in percent of those that the victim "
            "predicts right; in brackets intervals."
        ],
    )
