from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.errors import UsageError
from metacompress.stats.betting.e_processes import evidence_above, evidence_below
from metacompress.stats.betting.stratified import (
    Estimates,
    bounds,
    evidence_of_fail,
    evidence_of_pass,
)


def plain_draws(violated: np.ndarray) -> Estimates:
    """Estimates of draws with equal chances, where nothing is expected of the rest."""
    n = len(violated)
    seen = np.cumsum(violated)
    before = seen - violated
    left = n - np.arange(n)
    return Estimates(
        values=(before + violated * left) / n,
        lowest=before / n,
        highest=(before + left) / n,
        least=seen / n,
        most=(seen + left - 1) / n,
    )


def test_the_first_draw_is_bet_on_like_an_independent_input():
    for value in (0.0, 1.0):
        first = plain_draws(np.array([value, 0.0, 1.0, 0.0]))
        one, whole = np.array([value]), np.ones(1)
        assert evidence_of_pass(first, 0.3)[0] == pytest.approx(evidence_below(one, whole, 0.3)[0])
        assert evidence_of_fail(first, 0.3)[0] == pytest.approx(evidence_above(one, whole, 0.3)[0])


def test_wealth_over_draws_without_replacement_by_hand():
    # Two of four violate and the rate in question is 1/2: of what is left before each draw,
    # violations are 2/4, 1/3 and 1/2 under the hypothesis.
    estimates = plain_draws(np.array([1.0, 0.0, 0.0, 1.0]))
    stakes = np.geomspace(0.004, 0.5, 13)
    null = [2 / 4, 1 / 3, 1 / 2]
    factors = [1 + stakes * (x - m) / m for x, m in zip([1, 0, 0], null, strict=True)]
    wealth = np.log(np.mean(np.cumprod(factors, axis=0), axis=1))
    assert evidence_of_fail(estimates, 0.5)[:3] == pytest.approx(wealth)


@given(st.lists(st.sampled_from([0.0, 0.25, 1.0]), min_size=1, max_size=40), st.floats(0, 1))
@settings(deadline=None)
def test_evidence_is_one_sided_and_bounds_close_on_the_rate(values, rate):
    estimates = plain_draws(np.array(values))
    higher = min(rate + 0.1, 1.0)
    assert np.all(evidence_of_pass(estimates, rate) <= evidence_of_pass(estimates, higher) + 1e-9)
    assert np.all(evidence_of_fail(estimates, rate) >= evidence_of_fail(estimates, higher) - 1e-9)
    low, high = bounds(estimates)
    # All inputs were drawn: the rate is known, unless a wrong bound was reached before.
    assert low <= estimates.most[-1] + 1e-9
    assert high >= 0
    assert high == pytest.approx(estimates.least[-1]) or high <= estimates.least[-1]


def test_the_ends_of_the_range():
    none, every = plain_draws(np.zeros(3)), plain_draws(np.ones(3))
    assert evidence_of_pass(none, 0.0).tolist()[2] == np.inf
    assert evidence_of_fail(every, 1.0).tolist() == pytest.approx([0, 0, 0])
    assert np.all(evidence_of_pass(none, 1.0) == np.inf)
    assert evidence_of_fail(every, 0.0).tolist() == [np.inf] * 3
    assert bounds(plain_draws(np.zeros(0))) == (0.0, 1.0)


def test_a_rate_equal_to_the_tolerance_passes_once_it_is_known():
    estimates = plain_draws(np.array([0.0, 1.0, 0.0, 0.0]))
    assert evidence_of_pass(estimates, 0.25)[-1] == np.inf
    assert np.isfinite(evidence_of_fail(estimates, 0.25)).all()


def test_values_out_of_range_are_refused():
    estimates = plain_draws(np.zeros(2))
    with pytest.raises(UsageError, match="rate"):
        evidence_of_pass(estimates, 1.5)
    with pytest.raises(UsageError, match="alpha"):
        bounds(estimates, alpha=0)
    with pytest.raises(UsageError, match="shape"):
        Estimates(np.zeros(1), np.zeros(2), np.zeros(2), np.zeros(2), np.zeros(2))
