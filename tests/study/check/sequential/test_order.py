from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.data.example import Example, Program
from metacompress.lang.language import Language
from metacompress.study.check.sequential.order import batch_ends, order_digest, sequence_order

PROGRAM = Program("int f;", Language.C)


def pairs(count: int, programs: int, seed: int) -> list[Example]:
    rng = np.random.default_rng(seed)
    members = rng.integers(0, programs, (count, 2))
    return [
        Example(str(k), (PROGRAM, PROGRAM), None, None, (f"p{a}", f"p{b}"))
        for k, (a, b) in enumerate(members.tolist())
    ]


@given(st.integers(1, 40), st.integers(2, 30), st.integers(0, 5))
@settings(deadline=None, max_examples=40)
def test_no_two_sources_share_a_program_and_every_other_source_shares_one(count, programs, seed):
    examples = pairs(count, programs, seed)
    order = sequence_order(examples, seed)
    chosen = [set(examples[place].clusters) for place in order]
    assert sum(map(len, chosen)) == len(set().union(*chosen))
    for place in set(range(count)) - set(order):
        assert not set(examples[place].clusters).isdisjoint(set().union(*chosen))


def test_the_order_is_that_of_the_seed() -> None:
    examples = [Example(str(k), (PROGRAM,), None, None, (str(k),)) for k in range(50)]
    first, second = sequence_order(examples, 1), sequence_order(examples, 2)
    assert sorted(first) == sorted(second) == list(range(50))
    assert first != second != list(range(50))
    # However the examples stand, and whatever others there are.
    turned = [49 - place for place in sequence_order(examples[::-1], 1)]
    assert turned == first
    half = sequence_order(examples[:25], 1)
    assert half == [place for place in first if place < 25]


def test_the_digest_tells_sources_their_labels_and_their_order_apart() -> None:
    one, two = (Example(str(k), (PROGRAM,), k, None, (str(k),)) for k in range(2))
    relabelled = Example("0", (PROGRAM,), 1, None, ("0",))
    digests = [order_digest(found) for found in ([one, two], [two, one], [relabelled, two], [one])]
    assert len(set(digests)) == 4


@given(st.integers(0, 5000), st.lists(st.integers(0, 5000), max_size=3))
@settings(deadline=None)
def test_batches_end_with_the_sources_and_where_earlier_studies_did(total, others) -> None:
    ends = batch_ends(total, others)
    assert ends == sorted(set(ends))
    assert ends[-1:] == ([total] if total else [])
    assert {end for end in others if 0 < end < total} <= set(ends)
    for start, end in zip([0, *ends], ends, strict=False):
        assert 0 < end - start <= max(32, start / 8 + 1)
