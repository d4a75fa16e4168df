"""Figures with their intervals in rows and columns, before any format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure.

    Attributes:
        value: a share in [0, 1], a difference of shares, or another number; None where undefined.
        low, high: ends of its interval; None where it has none.
        verdict: what it led to; None where it led to nothing, or is not asked for.
        is_share: whether it is written in percent.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    verdict: str | None = None
    is_share: bool = True


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cells by row and column.

    Attributes:
        corner: what the rows are.
        columns: headings; a second line is what the first one is measured on.
        rows: heading and cells, one per column; None where a row has no such figure.
        notes: what a reader must know, one sentence each.
    """

    corner: str
    columns: Sequence[tuple[str, ...]]
    rows: Sequence[tuple[str, Sequence[Cell | None]]]
    notes: Sequence[str] = field(default=())

    def turned(self, corner: str) -> Matrix:
        """Rows as columns and columns as rows; ``corner`` is what the rows are then."""
        rows = [
            (", ".join(heading), [cells[index] for _, cells in self.rows])
            for index, heading in enumerate(self.columns)
        ]
        return Matrix(corner, [(name,) for name, _ in self.rows], rows, self.notes)
