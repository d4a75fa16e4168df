"""Programs of an input as a page shows them: shortened, and beside their source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.report.programs.diff import DiffRow, side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence

# A report stays a page: longer programs are shown up to here.
_MAX_CHARACTERS = 6000
_LINES_BEFORE = 5
_PLACES = ("First program", "Second program")


@dataclass(frozen=True, slots=True)
class ShownProgram:
    """One program of an input.

    Attributes:
        title: which one of a pair, and whether it was changed; empty where that is plain.
        text: of the program; of its source, where it was changed.
        diff: source and variant side by side, where it was changed.
    """

    title: str
    text: str
    diff: list[DiffRow]


def shown_programs(
    texts: Sequence[str], variants: Sequence[str], follow_up: bool
) -> list[ShownProgram]:
    """The programs of an input; of a follow-up, with the lines that differ from its source."""
    places = _PLACES if len(texts) > 1 else ("",)
    shown = []
    for place, old, new in zip(places, texts, variants, strict=True):
        change = ""
        if follow_up and len(texts) > 1:
            change = ", unchanged" if old == new else ", changed"
        shown.append(ShownProgram(f"{place}{change}", _shorten(old), _diff(old, new)))
    return shown


def _diff(old: str, new: str) -> list[DiffRow]:
    """Source and variant side by side from the first change on, wherever that is."""
    if old == new:
        return []
    left, right = old.split("\n"), new.split("\n")
    equal = 0
    while equal < min(len(left), len(right)) and left[equal] == right[equal]:
        equal += 1
    skipped = max(equal - _LINES_BEFORE, 0)
    texts = (_shorten("\n".join(lines[skipped:])) for lines in (left, right))
    rows = side_by_side(*texts)
    moved = [
        row._replace(
            left_number=row.left_number and row.left_number + skipped,
            right_number=row.right_number and row.right_number + skipped,
        )
        for row in rows
    ]
    return [row._replace(gap=row.gap + skipped) for row in moved[:1]] + moved[1:]


def _shorten(text: str) -> str:
    if len(text) <= _MAX_CHARACTERS:
        return text
    return text[:_MAX_CHARACTERS] + f"\n... ({len(text) - _MAX_CHARACTERS} more characters)"
