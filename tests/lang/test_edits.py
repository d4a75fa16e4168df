from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metacompress.errors import EditError
from metacompress.lang.edits import Edit, Span, apply_edits, exchanged


def test_offsets_are_bytes_of_the_source_as_given() -> None:
    source = "é = a + a".encode()
    edits = [Edit(9, 10, "long_name"), Edit(5, 6, "ß")]
    assert apply_edits(source, edits)[0].decode() == "é = ß + long_name"


@pytest.mark.parametrize("edit", [Edit(-1, 0, ""), Edit(2, 1, ""), Edit(0, 99, "")])
def test_edits_outside_are_refused(edit: Edit) -> None:
    with pytest.raises(EditError, match="outside"):
        apply_edits(b"abc", [edit])


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(EditError, match="overlap"):
        apply_edits(b"abcdef", [Edit(0, 3, "x"), Edit(2, 4, "y")])


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.text(max_size=3)), max_size=6))
def test_insertions_keep_everything_else(text: str, insertions: list[tuple[int, str]]) -> None:
    source = text.encode()
    edits = [Edit(min(at, len(source)), min(at, len(source)), new) for at, new in insertions]
    changed = apply_edits(source, edits)[0]
    assert len(changed) == len(source) + sum(len(e.replacement.encode()) for e in edits)


def test_two_spans_change_places_as_copies() -> None:
    text, origins = apply_edits(b"ab, cde.", exchanged(Span(0, 2), Span(4, 7)))
    assert text == b"cde, ab."
    assert [origins.of(offset) for offset in (0, 3, 5)] == [4, 2, 0]
