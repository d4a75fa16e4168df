from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.errors import UsageError
from metacompress.stats.intervals.multiplicity import any_of, e_bh, each_of, holm

E_VALUES = st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=7)


@given(E_VALUES)
@settings(deadline=None)
def test_a_named_row_keeps_the_least_mean_over_the_sets_that_hold_it(values):
    found = np.exp(each_of(np.log(values)))
    for index, own in enumerate(values):
        others = values[:index] + values[index + 1 :]
        least = min(
            np.mean([own, *chosen])
            for size in range(len(others) + 1)
            for chosen in itertools.combinations(others, size)
        )
        assert found[index] == pytest.approx(least)


@given(E_VALUES)
@settings(deadline=None)
def test_evidence_against_all_is_the_mean(values):
    assert np.exp(any_of(np.log(values))) == pytest.approx(np.mean(values))


def test_infinite_evidence_stays_infinite():
    assert any_of(np.array([0.0, np.inf])) == np.inf
    assert each_of(np.array([0.0, np.inf]))[1] == np.inf


@given(E_VALUES, st.floats(0.01, 0.5))
@settings(deadline=None)
def test_discoveries_are_those_of_the_definition(values, rate):
    k = len(values)
    ordered = sorted(values, reverse=True)
    largest = max((i for i in range(1, k + 1) if ordered[i - 1] >= k / (i * rate)), default=0)
    assert e_bh(np.log(values), rate).sum() == largest


def test_a_discovery_rate_out_of_range_is_refused():
    with pytest.raises(UsageError):
        e_bh(np.zeros(2), 0.0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=7), st.floats(0.001, 0.2))
@settings(deadline=None)
def test_holm_is_the_closed_test_of_bonferroni(values, alpha):
    """A hypothesis is rejected where every set of hypotheses that holds it is (Marcus 1976)."""
    sets = [
        chosen
        for size in range(1, len(values) + 1)
        for chosen in itertools.combinations(range(len(values)), size)
    ]
    kept = [one for one in sets if min(values[i] for i in one) > alpha / len(one)]
    expected = [all(index not in one for one in kept) for index in range(len(values))]
    assert holm(np.array(values), alpha).tolist() == expected
