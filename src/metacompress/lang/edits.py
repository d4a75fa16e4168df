"""Span edits: the only way in which a program is ever changed."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rapidfuzz.distance import Postfix, Prefix

from metacompress.errors import EditError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Span(NamedTuple):
    """A half-open range of byte offsets into UTF-8 encoded source text."""

    start: int
    end: int


Pieces: TypeAlias = tuple[str | Span, ...]
"""New text, and spans of the source that are copied from there."""


class Edit(NamedTuple):
    """Replace the bytes ``start`` to ``end``; start == end inserts.

    The replacement is text, or pieces: of every token of the outcome it is known where it comes
    from.
    """

    start: int
    end: int
    replacement: str | Pieces

    def resolved(self, source: bytes) -> Edit:
        """The same edit with its replacement as text."""
        if isinstance(self.replacement, str):
            return self
        pieces = [
            piece.encode() if isinstance(piece, str) else source[piece.start : piece.end]
            for piece in self.replacement
        ]
        return Edit(self.start, self.end, b"".join(pieces).decode(errors="surrogateescape"))


def difference(before: str, after: str) -> list[Edit]:
    """The edit that makes ``after`` of ``before``; none where they are equal."""
    if before == after:
        return []
    start = Prefix.similarity(before, after)
    same = min(Postfix.similarity(before, after), min(len(before), len(after)) - start)
    first = len(before[:start].encode())
    replaced = len(before[start : len(before) - same].encode())
    return [Edit(first, first + replaced, after[start : len(after) - same])]


def exchanged(first: Span, second: Span) -> list[Edit]:
    """Edits by which two disjoint spans change places."""
    return [Edit(*first, (second,)), Edit(*second, (first,))]


class Origins:
    """Where the bytes of an edited program come from.

    Args:
        segments: (start in the outcome, start in the source, length) of each copied stretch, in
            the order of the outcome.
    """

    def __init__(self, segments: Iterable[tuple[int, int, int]]) -> None:
        self._segments = tuple(segments)
        self._starts = [start for start, _, _ in self._segments]

    @property
    def segments(self) -> tuple[tuple[int, int, int], ...]:
        """See the class."""
        return self._segments

    def after(self, earlier: Origins) -> Origins:
        """Where the bytes come from if the source of these edits was itself edited before.

        Args:
            earlier: of that source. Both must have kept the order of what they copied.
        """
        found = []
        for start, origin, length in self._segments:
            for before, first, count in earlier.segments:
                low, high = max(origin, before), min(origin + length, before + count)
                if low < high:
                    found.append((start + low - origin, first + low - before, high - low))
        return Origins(found)

    def of(self, offset: int) -> int | None:
        """The source's offset of a byte of the outcome; None for new text."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return None
        start, origin, length = self._segments[number]
        return origin + offset - start if offset < start + length else None


def apply_edits(source: bytes, edits: Iterable[Edit]) -> tuple[bytes, Origins]:
    """Return ``source`` with all edits applied, and where each of its bytes comes from.

    Offsets refer to the source as given. Two insertions at one place keep the order in which they
    are given.

    Raises:
        EditError: an edit lies outside of the source, or two edits overlap.
    """
    pieces: list[bytes] = []
    segments: list[tuple[int, int, int]] = []
    length = 0

    def copy(start: int, end: int) -> None:
        nonlocal length
        if start < end:
            segments.append((length, start, end - start))
            pieces.append(source[start:end])
            length += end - start

    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not 0 <= edit.start <= edit.end <= len(source):
            raise EditError(
                f"edit of bytes {edit.start} to {edit.end} lies outside of the program, "
                f"which has {len(source)} bytes",
                position=edit.start,
            )
        if edit.start < position:
            raise EditError(f"two edits overlap at byte {edit.start}", position=edit.start)
        copy(position, edit.start)
        replacement = edit.replacement
        for piece in (replacement,) if isinstance(replacement, str) else replacement:
            if isinstance(piece, Span):
                if not 0 <= piece.start <= piece.end <= len(source):
                    raise EditError(
                        f"a copy of bytes {piece.start} to {piece.end} lies outside of the "
                        f"program, which has {len(source)} bytes",
                        position=edit.start,
                    )
                copy(piece.start, piece.end)
            else:
                new = piece.encode(errors="surrogateescape")
                pieces.append(new)
                length += len(new)
        position = edit.end
    copy(position, len(source))
    return b"".join(pieces), Origins(segments)
