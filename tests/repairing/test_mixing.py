from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from metacompress.repairing.mixing import beside_sources, mixed_rows, some_of_each

masks = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30)
shares = st.floats(0, 1)


@given(masks, st.integers(1, 200), shares, shares, st.integers(0, 99))
def test_rows_have_the_shares_and_inputs_take_turns(
    masks: list[tuple[bool, bool]], rows: int, variant_share: float, hard_share: float, seed: int
) -> None:
    is_variant, is_hard = (np.array(one) for one in zip(*masks, strict=True))
    drawn = mixed_rows(
        is_variant,
        is_hard,
        rows,
        variant_share=variant_share,
        hard_share=hard_share,
        rng=np.random.default_rng(seed),
    )
    assert len(drawn) == rows
    variants = int(is_variant[drawn].sum())
    if is_variant.any() and not is_variant.all():
        assert variants == round(variant_share * rows)
    for pool, count in ((is_variant, variants), (~is_variant, rows - variants)):
        hard = np.flatnonzero(pool & is_hard)
        again = round(hard_share * count) if len(hard) else 0
        assert is_hard[drawn][pool[drawn]].sum() >= again
        # Without what comes again, no input comes twice before all have come once.
        seen = Counter({int(one): 0 for one in np.flatnonzero(pool)})
        seen.update(int(one) for one in drawn if pool[one])
        easy = [seen[one] for one in seen if not is_hard[one]]
        if easy:
            assert max(easy) - min(easy) <= 1


def test_variants_stand_beside_a_source_of_theirs() -> None:
    is_variant = np.array([False, False, True, True, True])
    source_rows = np.array([0, 1, 0, 0, 1])
    drawn = np.array([2, 0, 3, 4, 0, 2, 2])
    groups = beside_sources(drawn, is_variant, source_rows).tolist()
    # The first input comes twice and its four variants are shared out; the other never comes.
    assert [groups.count(groups[row]) for row in (1, 4)] == [3, 3]
    assert groups[1] != groups[4]
    assert groups.count(groups[3]) == 1


@given(st.lists(st.integers(0, 5), max_size=40), st.integers(1, 4), st.integers(0, 99))
def test_some_variants_of_every_source(sources: list[int], most: int, seed: int) -> None:
    rows = np.array(sources, dtype=np.intp)
    kept = some_of_each(rows, most, np.random.default_rng(seed))
    assert sorted(set(kept.tolist())) == kept.tolist()
    found, every = Counter(rows[kept].tolist()), Counter(sources)
    assert found == {one: min(count, most) for one, count in every.items()}
