from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from metacompress.errors import UsageError
from metacompress.stats.scores.agreement import cohens_kappa


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
@settings(deadline=None)
def test_kappa_agrees_with_scikit_learn(rows):
    first, second = np.array(rows).T
    if len(np.unique(rows)) == 1:
        assert np.isnan(cohens_kappa(first, second))
    else:
        assert cohens_kappa(first, second) == pytest.approx(cohen_kappa_score(first, second))


def test_no_rows_have_no_kappa():
    assert np.isnan(cohens_kappa(np.array([], dtype=int), np.array([], dtype=int)))


def test_shapes_that_differ_are_refused():
    with pytest.raises(UsageError, match="same shape"):
        cohens_kappa(np.zeros(3, dtype=int), np.zeros(4, dtype=int))
