"""Which tokens of a variant are tokens of its source, by the edits that lead from one to the other.

The two sequences of tokens are cut wherever a token ends in both at one place of the text that was
kept. Between two cuts stand either the same text in the same tokens, or what an edit touched: a new
name may have more tokens, take its neighbours into them, or lose them.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metacompress.lang.edits import Edit, Origins, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from metacompress.variants.attempt import AppliedEdit


class Stretch(NamedTuple):
    """Bytes that a variant has from its source.

    Attributes:
        start: in the variant.
        origin: in the source.
        length: number of bytes.
    """

    start: int
    origin: int
    length: int


class Segment(NamedTuple):
    """Tokens of a source and those of its variant in their place; either may be none.

    Attributes:
        source: first token and the one behind the last.
        variant: likewise.
        kept: whether both are the same tokens of text that was kept.
    """

    source: tuple[int, int]
    variant: tuple[int, int]
    kept: bool


def kept_stretches(source: bytes, edits: Iterable[AppliedEdit]) -> tuple[Stretch, ...]:
    """The bytes of one program that no edit of its variant touched, in order.

    Args:
        source: the program's text.
        edits: all edits of this program, in the order of their steps.

    Raises:
        EditError: they are not edits of this text.
    """
    text, origins = source, Origins([(0, 0, len(source))] if source else [])
    for _, step in groupby(edits, key=attrgetter("step")):
        text, latest = apply_edits(text, [Edit(e.start, e.end, e.replacement) for e in step])
        origins = latest.after(origins)
    return tuple(Stretch(*one) for one in origins.segments)


def moved_place(place: int, source: bytes, stretches: Sequence[Stretch]) -> int | None:
    """Where a place between two bytes of a source lies in its variant.

    Args:
        place: the byte behind it.
        source: the program's text.
        stretches: what was kept; see ``kept_stretches``.

    Returns:
        None where an edit goes beyond the place, or exchanges what stands before and behind it.
        What an edit puts at the place itself stands before it.
    """
    before = [one for one in stretches if one.origin < place]
    behind = [one for one in stretches if one.origin + one.length > place]
    low = max((one.start + min(one.length, place - one.origin) for one in before), default=0)
    if not behind:
        return None if source[place:].strip() else low
    # The first byte behind the place that was kept.
    first = min(max(one.origin, place) for one in behind)
    high = min(one.start + max(place - one.origin, 0) for one in behind)
    if high < low or source[place:first].strip():
        return None
    return high


def align(
    source_ends: NDArray[np.int64],
    variant_ends: NDArray[np.int64],
    stretches: Sequence[Stretch],
) -> list[Segment]:
    """Segments that hold every token of both sequences once, in order.

    Args:
        source_ends: where each token of the source ends, never falling.
        variant_ends: likewise of the variant.
        stretches: what was kept; see ``kept_stretches``.
    """
    cuts = _cuts(source_ends, variant_ends, stretches)
    segments = []
    for (s, v, number), (next_s, next_v, next_number) in pairwise(cuts):
        first, last = _between(source_ends, s, next_s)
        low, high = _between(variant_ends, v, next_v)
        if first < last or low < high:
            kept = number == next_number and np.array_equal(
                source_ends[first:last] - s, variant_ends[low:high] - v
            )
            segments.append(Segment((first, last), (low, high), kept))
    return segments


def kept_tokens(segments: Iterable[Segment]) -> NDArray[np.int64]:
    """The tokens that both sequences have: their places in the source and the variant, (k, 2)."""
    rows = [
        np.stack([np.arange(*one.source), np.arange(*one.variant)], axis=1)
        for one in segments
        if one.kept
    ]
    return np.concatenate([np.empty((0, 2), np.int64), *rows])


def _cuts(
    source_ends: NDArray[np.int64], variant_ends: NDArray[np.int64], stretches: Sequence[Stretch]
) -> list[tuple[int, int, int]]:
    """Places where a token ends in both, with the number of the stretch that they lie in."""
    edges, other = (np.unique(np.append(ends, 0)) for ends in (source_ends, variant_ends))
    cuts = [(0, 0, -1)]
    for number, (start, origin, length) in enumerate(stretches):
        first, last = np.searchsorted(edges, [origin, origin + length + 1])
        found = edges[first:last]
        moved = found + (start - origin)
        both = np.isin(moved, other, assume_unique=True)
        cuts += [
            (s, v, number) for s, v in zip(found[both].tolist(), moved[both].tolist(), strict=True)
        ]
    # Tokens without bytes stand before all text.
    return [(-1, -1, -1), *cuts, (int(edges[-1]), int(other[-1]), len(stretches))]


def _between(ends: NDArray[np.int64], low: int, high: int) -> tuple[int, int]:
    """The tokens that end behind ``low`` and not behind ``high``."""
    first, last = np.searchsorted(ends, [low, high], side="right")
    return int(first), int(last)
