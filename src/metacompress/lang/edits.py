"""Span edits: the only way in which a program is ever changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metacompress.errors import EditError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Span(NamedTuple):
    """A half-open range of byte offsets into UTF-8 encoded source text."""

    start: int
    end: int


class Edit(NamedTuple):
    """Replace the bytes ``start`` to ``end`` by ``replacement``; start == end inserts."""

    start: int
    end: int
    replacement: str


def apply_edits(source: bytes, edits: Iterable[Edit]) -> bytes:
    """Return ``source`` with all edits applied; offsets refer to the source as given.

    Two insertions at one place keep the order in which they are given.

    Raises:
        EditError: an edit lies outside of the source, or two edits overlap.
    """
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    pieces: list[bytes] = []
    position = 0
    for edit in ordered:
        if not 0 <= edit.start <= edit.end <= len(source):
            raise EditError(
                f"edit of bytes {edit.start} to {edit.end} lies outside of the program, "
                f"which has {len(source)} bytes"
            )
        if edit.start < position:
            raise EditError(f"two edits overlap at byte {edit.start}")
        pieces.append(source[position : edit.start])
        pieces.append(edit.replacement.encode())
        position = edit.end
    pieces.append(source[position:])
    return b"".join(pieces)
