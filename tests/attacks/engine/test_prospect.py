from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metacompress.attacks.engine.prospect import Prospect


@given(st.lists(st.floats(0.01, 3), min_size=1, max_size=60), st.integers(1, 40))
def test_hope_ends_where_effort_times_margin_exceeds_patience(
    asked: list[float], renamings: int
) -> None:
    prospect = Prospect(0.5, renamings)
    for number, margin in enumerate(asked, 1):
        prospect.note(np.array([margin]))
        passes = number / renamings
        is_over = passes >= 1 and number * min(asked[:number]) > 0.5 * renamings
        assert prospect.is_hopeless == is_over, passes


@pytest.mark.parametrize(("patience", "renamings"), [(0.0, 5), (0.5, 0)])
def test_without_patience_or_names_nothing_is_given_up(patience: float, renamings: int) -> None:
    prospect = Prospect(patience, renamings)
    prospect.note(np.full(1000, 5.0))
    assert not prospect.is_hopeless


def test_a_flip_is_never_hopeless() -> None:
    prospect = Prospect(0.1, 1)
    prospect.note(np.array([3.0, -0.2]))
    assert not prospect.is_hopeless
