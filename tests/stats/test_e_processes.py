from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.errors import UsageError
from metacompress.stats.e_processes import (
    bounds_now,
    confidence_sequence,
    evidence_above,
    evidence_below,
)


def outcomes(values, chances, n):
    """Every sequence of n of the values, with its probability."""
    for drawn in itertools.product(range(len(values)), repeat=n):
        yield np.array([values[i] for i in drawn]), np.prod([chances[i] for i in drawn])


@pytest.mark.parametrize("rate", [0.05, 0.3, 0.9])
@pytest.mark.parametrize("evidence", [evidence_above, evidence_below])
def test_wealth_stays_one_on_average_while_the_hypothesis_holds(rate, evidence):
    mean = np.zeros(8)
    for violations, chance in outcomes([0.0, 1.0], [1 - rate, rate], 8):
        mean += chance * np.exp(evidence(violations, np.ones(8), rate))
    assert mean == pytest.approx(np.ones(8))


@pytest.mark.parametrize("evidence", [evidence_above, evidence_below])
def test_wealth_of_a_ratio_stays_one_on_average_too(evidence):
    # E V = 0.1 and E A = 0.5: the rate is 0.2, although inputs have different weights.
    kinds = [(0.0, 0.0), (0.0, 0.5), (0.0, 1.0), (0.5, 1.0)]
    chances = [0.3, 0.2, 0.3, 0.2]
    mean = np.zeros(5)
    for drawn, chance in outcomes(kinds, chances, 5):
        mean += chance * np.exp(evidence(drawn[:, 0], drawn[:, 1], 0.1 / 0.6))
    assert np.all(mean <= 1 + 1e-12)
    assert mean == pytest.approx(np.ones(5))


@pytest.mark.parametrize("rate", [0.05, 0.4])
@pytest.mark.parametrize("alpha", [0.05, 0.2])
def test_looking_after_each_input_errs_at_most_at_the_level(rate, alpha):
    above = below = 0.0
    for violations, chance in outcomes([0.0, 1.0], [1 - rate, rate], 12):
        above += chance * (evidence_above(violations, np.ones(12), rate).max() >= -np.log(alpha))
        below += chance * (evidence_below(violations, np.ones(12), rate).max() >= -np.log(alpha))
    assert above <= alpha
    assert below <= alpha


def test_reference_numbers_of_inputs_until_a_decision():
    # An independent simulation of 300 runs: 160 inputs at a rate of 0.005, 43 at 0.20.
    rng = np.random.default_rng(0)

    def mean_time(rate, evidence):
        times = []
        for _ in range(300):
            violations = (rng.random(2732) < rate).astype(float)
            reached = evidence(violations, np.ones(2732), 0.05) >= -np.log(0.015)
            times.append(reached.argmax() + 1 if reached.any() else 2732)
        return np.mean(times)

    assert mean_time(0.005, evidence_below) == pytest.approx(160, rel=0.1)
    assert mean_time(0.20, evidence_above) == pytest.approx(43, rel=0.1)


@given(st.integers(0, 10**6), st.floats(0, 1), st.integers(1, 60))
@settings(deadline=None, max_examples=40)
def test_bounds_tighten_hold_the_rate_between_them_and_agree_with_the_last_ones(seed, rate, n):
    rng = np.random.default_rng(seed)
    violations = (rng.random(n) < rate).astype(float)
    low, high = confidence_sequence(violations, np.ones(n))
    assert np.all(np.diff(low) >= 0)
    assert np.all(np.diff(high) <= 0)
    assert np.all(low <= high)
    now = bounds_now(violations, np.ones(n))
    assert now == pytest.approx((low[-1], high[-1]), abs=0.03)
    assert low[-1] <= now[0] + 1e-9
    assert high[-1] >= now[1] - 1e-9


def test_the_ends_of_the_range():
    violations = np.array([0.0, 1.0, 0.0])
    assert evidence_above(violations, np.ones(3), 0.0).tolist() == [0, np.inf, np.inf]
    assert evidence_above(violations, np.ones(3), 1.0).tolist() == [0, 0, 0]
    assert evidence_below(violations, np.ones(3), 0.0).tolist() == [0, 0, 0]
    assert evidence_below(violations, np.ones(3), 1.0).tolist() == [np.inf, np.inf, np.inf]
    assert evidence_above(np.zeros(0), np.zeros(0), 0.1).shape == (0,)


@pytest.mark.parametrize(
    ("violations", "applicable", "rate"),
    [([1.0], [0.5], 0.1), ([0.0], [1.5], 0.1), ([-1.0], [1.0], 0.1), ([0.0], [1.0], 1.1)],
)
def test_values_out_of_range_are_refused(violations, applicable, rate):
    with pytest.raises(UsageError):
        evidence_above(np.array(violations), np.array(applicable), rate)
