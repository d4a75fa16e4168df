"""Which bytes of recorded edits are copies of the program that they change.

A table of variants holds what edits put in as text. The gate has to know of each name where it
comes from, and what is removed from a source is to vanish from its copies, too.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING

from metacompress.lang.edits import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from metacompress.lang.program import AnalysedProgram

_TOKEN = re.compile(rb"[\w$]+|\s+|.", re.DOTALL)


def with_copies(program: AnalysedProgram, edits: Sequence[Edit]) -> list[Edit]:
    """The same edits of one step, their text as pieces: new text and spans of the program.

    A text that another edit of the step removes is taken from there (two statements change
    places). Else what an edit keeps of the text that it replaces stays where it is, and any other
    identifier comes from the nearest one of its name: of those that the step removes and puts
    nowhere else, where there are any.

    Args:
        program: before the step.
        edits: with replacements as text.
    """
    source = program.source
    removed = {source[one.start : one.end]: one for one in edits if one.end > one.start}
    found: list[list[bytes | Span]] = []
    for edit in edits:
        new = str(edit.replacement).encode(errors="surrogateescape")
        other = removed.get(new)
        found.append([Span(other.start, other.end)] if other else list(_kept(source, edit, new)))
    places = program.fact(_places)
    unused = _unused(places, edits, [one for pieces in found for one in pieces])
    for edit, pieces in zip(edits, found, strict=True):
        for number, piece in enumerate(pieces):
            if isinstance(piece, bytes) and piece in places:
                of_name = unused.get(piece) or places[piece]
                _, start = min((abs(one - edit.start), one) for one in of_name)
                if of_name is not places[piece]:
                    of_name.remove(start)
                pieces[number] = Span(start, start + len(piece))
    return [
        edit._replace(replacement=tuple(_joined(pieces)))
        for edit, pieces in zip(edits, found, strict=True)
    ]


def _kept(source: bytes, edit: Edit, new: bytes) -> Iterator[bytes | Span]:
    """The tokens of a new text, with those that stay of the old one as spans."""
    before, after = _TOKEN.findall(source[edit.start : edit.end]), _TOKEN.findall(new)
    starts = list(accumulate(map(len, before), initial=edit.start))
    done = 0
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        yield from after[done : block.b]
        if block.size:
            yield Span(starts[block.a], starts[block.a + block.size])
        done = block.b + block.size


def _unused(
    places: Mapping[bytes, Sequence[int]], edits: Sequence[Edit], pieces: Sequence[bytes | Span]
) -> dict[bytes, list[int]]:
    """Where the identifiers start, by name, that edits remove and no piece puts anywhere."""
    copied = [piece for piece in pieces if isinstance(piece, Span)]
    wanted = {piece for piece in pieces if isinstance(piece, bytes)} & places.keys()
    return {
        name: [
            start
            for start in places[name]
            if any(one.start <= start < one.end for one in edits)
            and not any(one.start <= start < one.end for one in copied)
        ]
        for name in wanted
    }


def _places(program: AnalysedProgram) -> dict[bytes, list[int]]:
    """Where the identifiers of each name start, in order."""
    spans = [span for binding in program.scopes.bindings for span in binding.occurrences]
    spans += [span for span, _ in program.scopes.unbound]
    found: dict[bytes, list[int]] = {}
    for span in sorted(spans):
        found.setdefault(program.source[span.start : span.end], []).append(span.start)
    return found


def _joined(pieces: Iterable[bytes | Span]) -> Iterator[str | Span]:
    """The pieces with neighbouring texts in one, decoded as edits have them."""
    text = b""
    for piece in pieces:
        if isinstance(piece, bytes):
            text += piece
            continue
        if text:
            yield text.decode(errors="surrogateescape")
            text = b""
        yield piece
    if text:
        yield text.decode(errors="surrogateescape")
