from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from metacompress.garbage import collecting_seldom

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_a_block_collects_seldom_and_leaves_the_process_as_it_was() -> None:
    gc.set_threshold(700, 10, 10)
    with collecting_seldom():
        seldom = gc.get_threshold()
    assert seldom[0] > 700
    with pytest.raises(ZeroDivisionError), collecting_seldom():
        1 / 0  # noqa: B018 - for its error
    assert gc.get_threshold() == (700, 10, 10)


@pytest.mark.parametrize("first", [0, 10**6])
def test_a_process_that_collects_less_often_or_never_is_left_alone(first: int) -> None:
    gc.set_threshold(first, 10, 10)
    with collecting_seldom():
        assert gc.get_threshold() == (first, 10, 10)
    assert gc.get_threshold() == (first, 10, 10)
