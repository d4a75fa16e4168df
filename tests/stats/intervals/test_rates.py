from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom
from statsmodels.stats.proportion import proportion_confint

from metacompress.errors import UsageError
from metacompress.stats.intervals.rates import clopper_pearson, estimate_rate
from metacompress.stats.intervals.variances import Dependence


def singles(n):
    return Dependence.of(np.arange(n))


@given(st.integers(1, 5000), st.data(), st.floats(0.5, 0.999))
@settings(deadline=None)
def test_clopper_pearson_agrees_with_statsmodels(n, data, confidence):
    events = data.draw(st.integers(0, n) | st.sampled_from([0, n]))
    expected = proportion_confint(events, n, alpha=1 - confidence, method="beta")
    expected = [0.0 if events == 0 else expected[0], 1.0 if events == n else expected[1]]
    assert clopper_pearson(events, n, confidence) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("n", [1, 3, 11, 40])
@pytest.mark.parametrize("rate", [0.01, 0.05, 0.3, 0.5])
def test_clopper_pearson_errs_at_most_at_its_level_by_enumeration(n, rate):
    outcomes = np.arange(n + 1)
    bounds = np.array([clopper_pearson(events, n, 0.95) for events in outcomes])
    weights = binom.pmf(outcomes, n, rate)
    assert weights[bounds[:, 1] < rate].sum() <= 0.025 + 1e-12
    assert weights[bounds[:, 0] > rate].sum() <= 0.025 + 1e-12


@given(st.integers(2, 300), st.data())
@settings(deadline=None)
def test_a_rate_of_independent_inputs_has_their_clopper_pearson_interval_or_a_wider_one(n, data):
    events = data.draw(st.integers(0, n))
    violated = np.zeros(n)
    violated[:events] = 1
    found = estimate_rate(violated, np.ones(n), singles(n))
    low, high = clopper_pearson(events, n)
    assert found.rate == pytest.approx(events / n)
    assert found.low <= low + 1e-9
    assert found.high >= high - 1e-9
    assert found.effective <= n


def test_copies_of_inputs_tell_nothing_new():
    rng = np.random.default_rng(1)
    violated = (rng.random(200) < 0.2).astype(float)
    once = estimate_rate(violated, np.ones(200), singles(200))
    clusters = Dependence.of(np.repeat(np.arange(200), 10))
    copied = estimate_rate(np.repeat(violated, 10), np.ones(2000), clusters)
    assert copied.rate == once.rate
    assert (copied.low, copied.high) == pytest.approx((once.low, once.high), abs=0.002)


def test_without_a_violation_the_clusters_count_not_the_inputs():
    found = estimate_rate(np.zeros(1000), np.ones(1000), Dependence.of(np.arange(1000) // 20))
    assert found.effective == pytest.approx(50)
    assert (found.low, found.high) == pytest.approx(clopper_pearson(0, 50))


def test_a_rate_without_an_applicable_input_is_unknown():
    found = estimate_rate(np.zeros(3), np.zeros(3), singles(3))
    assert np.isnan(found.rate)
    assert (found.low, found.high, found.inputs) == (0, 1, 0)


def test_an_input_counts_by_its_weight():
    found = estimate_rate(np.array([0.5, 0.0, 0.0]), np.array([0.5, 1.0, 0.0]), singles(3))
    assert found.rate == pytest.approx(1 / 3)
    assert found.inputs == 2


@pytest.mark.parametrize(
    ("events", "n", "confidence"), [(3, 2, 0.95), (-1, 2, 0.95), (1, 2, 0.0), (1, 2, 1.0)]
)
def test_values_out_of_range_are_refused(events, n, confidence):
    with pytest.raises(UsageError):
        clopper_pearson(events, n, confidence)


def test_more_violations_than_applicable_are_refused():
    with pytest.raises(UsageError, match="weight"):
        estimate_rate(np.ones(2), np.array([1.0, 0.5]), singles(2))
