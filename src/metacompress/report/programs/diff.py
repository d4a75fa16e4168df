"""A side-by-side view of a source and its variant."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# Longer lines are compared as a whole: matching tokens is quadratic.
_MAX_TOKENS = 400
_CONTEXT = 2


class Piece(NamedTuple):
    """A stretch of a line; changed stretches are highlighted."""

    text: str
    changed: bool


class DiffRow(NamedTuple):
    """One row of the view; a number of 0 stands for a line that is not there.

    ``gap`` is the number of equal lines that are left out above the row.
    """

    left_number: int
    left: list[Piece]
    right_number: int
    right: list[Piece]
    changed: bool
    gap: int = 0


def side_by_side(source: str, variant: str, *, context: int | None = _CONTEXT) -> list[DiffRow]:
    """Align two texts line by line.

    Args:
        source: on the left.
        variant: on the right.
        context: equal lines kept around a change; None keeps all.
    """
    left, right = source.split("\n"), variant.split("\n")
    rows: list[DiffRow] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        for offset in range(max(b - a, d - c)):
            i, j = a + offset, c + offset
            has_left, has_right = i < b, j < d
            old, new = left[i] if has_left else "", right[j] if has_right else ""
            if tag == "equal":
                rows.append(DiffRow(i + 1, [Piece(old, False)], j + 1, [Piece(new, False)], False))
                continue
            pieces = _pieces(old, new)
            rows.append(
                DiffRow(
                    i + 1 if has_left else 0, pieces[0], j + 1 if has_right else 0, pieces[1], True
                )
            )
    return rows if context is None else _near_changes(rows, context)


def _pieces(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(left) > _MAX_TOKENS or len(right) > _MAX_TOKENS:
        return [Piece(old, True)], [Piece(new, True)]
    pieces: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if b > a:
            pieces[0].append(Piece("".join(left[a:b]), tag != "equal"))
        if d > c:
            pieces[1].append(Piece("".join(right[c:d]), tag != "equal"))
    return pieces


def _near_changes(rows: list[DiffRow], context: int) -> list[DiffRow]:
    keep = {
        near
        for index, row in enumerate(rows)
        if row.changed
        for near in range(index - context, index + context + 1)
    }
    kept: list[DiffRow] = []
    gap = 0
    for index, row in enumerate(rows):
        if index in keep:
            kept.append(row._replace(gap=gap))
            gap = 0
        else:
            gap += 1
    return kept
