"""Delta debugging: a small part of a list that will still do (Zeller and Hildebrandt, 2002)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

T = TypeVar("T")


def ddmin(
    units: Sequence[T], *, may_be_empty: bool = False
) -> Generator[tuple[T, ...], bool, tuple[T, ...]]:
    """Yield parts of ``units``, and receive whether each will do; what is whole is known to do.

    Parts that are tried get smaller where none does: halves first, then quarters and what is left
    without a quarter, down to single units.

    Args:
        units: in an order in which neighbours belong together.
        may_be_empty: whether nothing at all may do; it is tried first.

    Returns:
        a part that does, and of which no single unit can be left out.
    """
    kept = tuple(units)
    if may_be_empty and kept and (yield ()):
        return ()
    pieces = 2
    while len(kept) > 1:
        chunks = _split(kept, pieces)
        smaller = None
        for chunk in chunks:
            if (yield chunk):
                smaller, pieces = chunk, 2
                break
        else:
            for number in reversed(range(len(chunks) if pieces > 2 else 0)):
                rest = sum(chunks[:number] + chunks[number + 1 :], ())
                if (yield rest):
                    smaller, pieces = rest, max(pieces - 1, 2)
                    break
        if smaller is not None:
            kept = smaller
        elif pieces >= len(kept):
            return kept
        else:
            pieces = min(2 * pieces, len(kept))
    return kept


def _split(units: tuple[T, ...], pieces: int) -> list[tuple[T, ...]]:
    """``units`` in so many pieces of nearly the same size."""
    cuts = [number * len(units) // pieces for number in range(pieces + 1)]
    return [units[start:end] for start, end in pairwise(cuts)]
