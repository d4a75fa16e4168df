"""Delta debugging, on lists of which is known what will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from metacompress.shrinking.ddmin import ddmin

if TYPE_CHECKING:
    from collections.abc import Callable


def minimised(
    units: list[int], will_do: Callable[[tuple[int, ...]], bool], *, may_be_empty: bool = False
) -> tuple[tuple[int, ...], int]:
    search, tries = ddmin(units, may_be_empty=may_be_empty), 0
    try:
        part = next(search)
        while True:
            tries += 1
            part = search.send(will_do(part))
    except StopIteration as end:
        return end.value, tries


@given(st.integers(1, 40), st.integers(0, 2**40))
def test_what_is_needed_together_is_all_that_is_left(size: int, bits: int) -> None:
    needed = {k for k in range(size) if bits >> k & 1} or {0}
    left, _ = minimised(list(range(size)), lambda part: needed <= set(part))
    assert set(left) == needed


@given(st.integers(1, 25), st.integers(0, 2**20))
def test_no_single_unit_of_what_is_left_can_be_left_out(size: int, seed: int) -> None:
    """Of any test at all, as long as the whole passes: models are not monotone."""

    def will_do(part: tuple[int, ...]) -> bool:
        return len(part) == size or (bool(part) and hash((part, seed)) % 3 == 0)

    left, _ = minimised(list(range(size)), will_do)
    assert will_do(left)
    if len(left) > 1:
        assert not any(will_do(left[:k] + left[k + 1 :]) for k in range(len(left)))


def test_one_cause_among_many_is_found_in_few_tries() -> None:
    left, tries = minimised(list(range(64)), lambda part: 37 in part)
    assert left == (37,)
    assert tries <= 2 * 6


def test_nothing_at_all_is_tried_only_where_it_may_do() -> None:
    assert minimised([1, 2, 3], lambda part: True, may_be_empty=True) == ((), 1)
    left, _ = minimised([1, 2, 3], lambda part: True)
    assert len(left) == 1
