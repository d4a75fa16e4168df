"""Tokens of a variant that are tokens of its source."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tiny_decoders import decoder_tokenizer

from metacompress.lang.edits import Edit, apply_edits
from metacompress.models.next_token.reading import TokenReader
from metacompress.variants.alignment import Segment, align, kept_stretches, kept_tokens
from metacompress.variants.attempt import AppliedEdit

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEXT = st.text(st.sampled_from("ab_ (\n);é"), max_size=40)


def ends_of(cuts: set[int], length: int) -> NDArray[np.int64]:
    """Ends of tokens that cover ``length`` bytes, cut at some places."""
    return np.array(sorted({*(one for one in cuts if 0 < one < length), length}), dtype=np.int64)


@st.composite
def edited(draw: st.DrawFn) -> tuple[bytes, bytes, list[AppliedEdit]]:
    """A text, its variant, and the edits of one or two steps."""
    source = draw(TEXT).encode()
    text, edits = source, []
    for step in range(draw(st.integers(0, 2))):
        places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        pairs = list(zip(places[::2], places[1::2], strict=False))
        made = [Edit(a, b, draw(st.sampled_from(["", "x", "yy", "a", "( "]))) for a, b in pairs]
        # What is replaced need not be whole characters: the bytes are what counts.
        text, _ = apply_edits(text, made)
        edits += [AppliedEdit(0, step, "t", a, b, str(new)) for a, b, new in made]
    return source, text, edits


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_alignment(data: st.DataObject) -> None:
    source, variant, edits = data.draw(edited())
    assume(source)
    assume(variant)
    cuts = st.sets(st.integers(1, 60), max_size=20)
    ends = [ends_of(data.draw(cuts), len(source)), ends_of(data.draw(cuts), len(variant))]
    check(source, variant, edits, *ends)


def check(
    source: bytes,
    variant: bytes,
    edits: list[AppliedEdit],
    source_ends: NDArray[np.int64],
    variant_ends: NDArray[np.int64],
) -> list[Segment]:
    stretches = kept_stretches(source, edits)
    origin_of = {v + k: s + k for v, s, length in stretches for k in range(length)}
    for place, origin in origin_of.items():
        assert variant[place] == source[origin]
    segments = align(source_ends, variant_ends, stretches)
    # Every token of either text stands in one segment, in order.
    for side, ends in ((0, source_ends), (1, variant_ends)):
        flat = [number for one in segments for number in range(*one[side])]
        assert flat == list(range(len(ends)))
    # Every character that was kept stands in the same segment in both texts.
    places = [{}, {}]
    for number, segment in enumerate(segments):
        for side, ends in ((0, source_ends), (1, variant_ends)):
            starts = [0, *ends.tolist()]
            for token in range(*segment[side]):
                places[side] |= dict.fromkeys(range(starts[token], starts[token + 1]), number)
    for place, origin in origin_of.items():
        if place in places[1] and origin in places[0]:
            assert places[1][place] == places[0][origin]
    # Aligned tokens are the same bytes, and all that could be are.
    pairs = kept_tokens(segments).tolist()
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    spans = [list(pairwise([0, *ends.tolist()])) for ends in (source_ends, variant_ends)]
    expected = [
        [s, v]
        for v, (start, end) in enumerate(spans[1])
        for s, (first, last) in enumerate(spans[0])
        if start < end
        and [origin_of.get(one) for one in range(start, end)] == list(range(first, last))
        and _in_one_stretch(stretches, start, end)
    ]
    assert [[s, v] for s, v in pairs if spans[0][s][0] < spans[0][s][1]] == expected
    return segments


def _in_one_stretch(stretches: Any, start: int, end: int) -> bool:
    return any(v <= start and end <= v + length for v, _, length in stretches)


def test_a_renaming_aligns_what_it_leaves() -> None:
    reader = TokenReader(decoder_tokenizer(begins=True).backend_tokenizer.to_str())
    source = "int count = 0;\nreturn count;\n"
    edits = [
        AppliedEdit(0, 0, "rename", 4, 9, "nombre_é"),
        AppliedEdit(0, 0, "rename", 22, 27, "x"),
    ]
    variant = "int nombre_é = 0;\nreturn x;\n"
    one, other = reader.read(source, 100), reader.read(variant, 100)
    segments = check(source.encode(), variant.encode(), edits, one.ends, other.ends)
    pairs = kept_tokens(segments)
    np.testing.assert_array_equal(one.ids[pairs[:, 0]], other.ids[pairs[:, 1]])
    kept = b"".join(source.encode()[one.starts[k] : one.ends[k]] for k in pairs[:, 0])
    assert b"count" not in kept
    assert kept.startswith(b"int")
    assert kept.endswith(b";\n")


def test_a_window_ends_the_alignment() -> None:
    reader = TokenReader(decoder_tokenizer(begins=False).backend_tokenizer.to_str())
    source = "int a = 0;\n" * 5
    edits = [AppliedEdit(0, 0, "rename", 4, 5, "long_long_name")]
    variant = source[:4] + "long_long_name" + source[5:]
    one, other = reader.read(source, 20), reader.read(variant, 20)
    segments = align(one.ends, other.ends, kept_stretches(source.encode(), edits))
    pairs = kept_tokens(segments)
    assert 0 < len(pairs) < 20
    np.testing.assert_array_equal(one.ids[pairs[:, 0]], other.ids[pairs[:, 1]])
    assert segments[-1].source[1] == segments[-1].variant[1] == 20


@pytest.mark.parametrize("ends", [([], [1]), ([1], []), ([], [])])
def test_texts_without_a_token(ends: tuple[list[int], list[int]]) -> None:
    one, other = (np.array(given, dtype=np.int64) for given in ends)
    segments = align(one, other, kept_stretches(b"a", []))
    assert sum(b - a for a, b in (segment.source for segment in segments)) == len(one)
    assert sum(b - a for a, b in (segment.variant for segment in segments)) == len(other)
