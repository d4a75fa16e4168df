from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.errors import UsageError
from metacompress.stats.betting.e_processes import (
    Bet,
    Tally,
    Wager,
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


WEIGHTS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([0.0, 0.5, 1.0])).filter(
        lambda one: one[0] <= one[1]
    ),
    min_size=1,
    max_size=25,
)
BETS = st.tuples(
    st.sampled_from([0.0, 0.05, 0.5, 1.0]),
    st.sampled_from([Bet.against_at_least, Bet.against_at_most]),
)


@given(WEIGHTS, BETS, st.lists(st.integers(0, 25), max_size=4))
@settings(deadline=None)
def test_batches_give_the_wealth_that_all_inputs_at_once_give(inputs, bet, cuts):
    violations, applicable = np.array(inputs).T
    rate, against = bet
    at_once = Wager(against(rate)).add(violations, applicable)
    wager, tally, found = Wager(against(rate)), Tally(), []
    cuts = sorted(min(cut, len(inputs)) for cut in cuts)
    for start, end in itertools.pairwise([0, *cuts, len(inputs)]):
        found.extend(wager.add(violations[start:end], applicable[start:end]))
        tally.add(violations[start:end], applicable[start:end])
    np.testing.assert_allclose(found, at_once)
    assert wager.log_wealth == pytest.approx(at_once[-1])
    assert wager.highest == pytest.approx(max(0, at_once.max()))
    assert tally.log_wealth(against(rate)) == pytest.approx(at_once[-1])


@given(st.integers(0, 10**6), st.floats(0, 1), st.integers(1, 40))
@settings(deadline=None, max_examples=15)
def test_bounds_are_the_last_rates_that_are_not_refuted(seed, rate, n):
    rng = np.random.default_rng(seed)
    violations, applicable = (rng.random(n) < rate).astype(float), np.ones(n)
    tally = Tally()
    tally.add(violations, applicable)
    low, high = tally.bounds(0.025)
    needed = -np.log(0.025)
    assert low <= violations.mean() <= high
    if low > 0:
        assert evidence_above(violations, applicable, low)[-1] >= needed
    if high < 1:
        assert evidence_below(violations, applicable, high)[-1] >= needed
    inside = np.array([low + 2e-6, high - 2e-6])
    assert evidence_above(violations, applicable, inside[0])[-1] < needed
    assert evidence_below(violations, applicable, inside[1])[-1] < needed


@pytest.mark.parametrize("rate", [0.02, 0.3])
def test_all_bounds_hold_at_once_at_the_level(rate):
    # Every sequence of 10 inputs: the chance that any of the bounds ever misses the rate.
    missed = 0.0
    for violations, chance in outcomes([0.0, 1.0], [1 - rate, rate], 10):
        refuted = max(
            evidence_above(violations, np.ones(10), rate).max(),
            evidence_below(violations, np.ones(10), rate).max(),
        )
        missed += chance * (refuted >= -np.log(0.1))
    assert missed <= 0.2


def test_the_ends_of_the_range():
    violations = np.array([0.0, 1.0, 0.0])
    assert evidence_above(violations, np.ones(3), 0.0) == pytest.approx([0, np.inf, np.inf])
    assert np.all(evidence_above(violations, np.ones(3), 1.0) <= 0)
    assert np.all(evidence_below(violations, np.ones(3), 0.0) <= 0)
    assert evidence_below(violations, np.ones(3), 1.0) == pytest.approx([np.inf] * 3)
    assert evidence_above(np.zeros(0), np.zeros(0), 0.1).shape == (0,)


@pytest.mark.parametrize(
    ("violations", "applicable", "rate"),
    [
        ([1.0], [0.5], 0.1),
        ([0.0], [1.5], 0.1),
        ([-1.0], [1.0], 0.1),
        ([0.0], [1.0], 1.1),
        ([np.nan], [1.0], 0.1),
    ],
)
def test_values_out_of_range_are_refused(violations, applicable, rate):
    with pytest.raises(UsageError):
        evidence_above(np.array(violations), np.array(applicable), rate)
