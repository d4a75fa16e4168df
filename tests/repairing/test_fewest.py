from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from metacompress.repairing.fewest import Measured, fewest_kept

weights = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), min_size=1)


@given(weights, st.integers(0, 30))
def test_what_is_kept_passes_and_none_of_it_is_left_out_easily(
    removed: dict[str, int], limit: int
) -> None:
    """Violations that add up, by tensor: greedy is best then; brute force says so."""
    asked: list[frozenset[str]] = []

    def measure(kept: frozenset[str]) -> Measured:
        asked.append(kept)
        left = sum(count for name, count in removed.items() if name not in kept)
        return Measured(left, left <= limit)

    steps = fewest_kept(list(removed), measure, len)
    kept = frozenset(steps[-1].names)
    smallest = min(
        size
        for size in range(len(removed) + 1)
        for names in combinations(removed, size)
        if sum(removed.values()) - sum(removed[name] for name in names) <= limit
    )
    assert steps[-1].measured.passes
    assert len(kept) == smallest
    assert len(asked) == len(set(asked))
    assert not steps[0].names


def test_a_tensor_that_a_later_one_makes_needless_is_left_out() -> None:
    passing = [frozenset("bc"), frozenset("abc")]
    violations = {"": 9, "a": 1, "b": 5, "c": 5, "ab": 1, "ac": 1, "bc": 0, "abc": 0}

    def measure(kept: frozenset[str]) -> Measured:
        return Measured(violations["".join(sorted(kept))], kept in passing)

    steps = fewest_kept(["a", "b", "c"], measure, len)
    assert steps[-2].names == ("a", "b", "c")
    assert steps[-1].names == ("b", "c")
