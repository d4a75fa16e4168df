"""Programs with tokens tinted by their shares."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from metacompress.study.location import Stretch

SHADES = 9
"""Number of tints, the darkest last."""

_CONTEXT = 1
# A page stays a page: lines of a program that are shown at most, and characters of a line.
_MOST_LINES = 150
_LONGEST_LINE = 400
# What is tinted of a line: no white space at its ends.
_SHOWN = re.compile(r"\S(?:.*\S)?")
_PLACES = ("First program", "Second program")


class TintedPiece(NamedTuple):
    """A stretch of a line.

    ``shade`` is None outside of what has a share, else from 0 to ``SHADES``; ``share`` is in words.
    """

    text: str
    shade: int | None
    share: str


class TintedLine(NamedTuple):
    """A line; ``gap`` is the number of lines that are left out above it."""

    number: int
    pieces: list[TintedPiece]
    gap: int


class TintedProgram(NamedTuple):
    """A program of which lines with tinted tokens are shown, with those around them.

    ``title`` says which one of a pair; ``below`` is the number of lines left out at its end.
    """

    title: str
    lines: list[TintedLine]
    below: int


def tinted_programs(
    texts: Sequence[str], shares: Iterable[tuple[Stretch, float]]
) -> list[TintedProgram]:
    """The programs in which anything has a share.

    Args:
        texts: of the programs.
        shares: stretches that do not overlap, with their shares. The largest one has the darkest
            tint; those of 0 and below are marked, and not tinted.
    """
    found = list(shares)
    largest = max((share for _, share in found), default=0.0)
    titles = _PLACES if len(texts) > 1 else ("",)
    programs = []
    for number, (title, text) in enumerate(zip(titles, texts, strict=True)):
        marks = [
            (*line.span(), _shade(share, largest), f"{100 * share:z.0f} %")
            for place, share in found
            if place.program == number
            for line in _SHOWN.finditer(text, place.start, place.end)
        ]
        if marks:
            programs.append(_tinted(title, text, sorted(marks)))
    return programs


def _shade(share: float, largest: float) -> int:
    return math.ceil(SHADES * (share / largest)) if share > 0 else 0


def _tinted(title: str, text: str, marks: list[tuple[int, int, int, str]]) -> TintedProgram:
    lines: list[list[TintedPiece]] = [[]]

    def add(stretch: str, shade: int | None, share: str) -> None:
        for number, part in enumerate(stretch.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(TintedPiece(part, shade, share))

    position = 0
    for start, end, shade, share in marks:
        add(text[position:start], None, "")
        add(text[start:end], shade, share)
        position = end
    add(text[position:], None, "")
    return TintedProgram(title, *_near_marks(lines))


def _near_marks(lines: list[list[TintedPiece]]) -> tuple[list[TintedLine], int]:
    marked = [k for k, line in enumerate(lines) if any(one.shade for one in line)]
    marked = marked or [k for k, line in enumerate(lines) if any(one.shade == 0 for one in line)]
    near = sorted({n for k in marked for n in range(k - _CONTEXT, k + _CONTEXT + 1)})
    shown = [k for k in near if 0 <= k < len(lines)][:_MOST_LINES]
    found, following = [], 0
    for k in shown:
        found.append(TintedLine(k + 1, _shortened(lines[k]), k - following))
        following = k + 1
    return found, len(lines) - following


def _shortened(pieces: list[TintedPiece]) -> list[TintedPiece]:
    found, room = [], _LONGEST_LINE
    for piece in pieces:
        if len(piece.text) > room:
            found.append(piece._replace(text=piece.text[:room] + "…"))
            break
        found.append(piece)
        room -= len(piece.text)
    return found
