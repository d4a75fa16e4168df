from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar as reference_mcnemar

from metacompress.errors import UsageError
from metacompress.stats.intervals.differences import (
    Estimate,
    difference_of_ratios,
    mcnemar,
    mean_of,
    ratio_of_means,
)
from metacompress.stats.intervals.variances import Dependence


def test_a_mean_of_independent_inputs_is_near_students_interval():
    values = np.random.default_rng(1).uniform(-1, 1, 2000)
    found = mean_of((values, np.ones(2000)), Dependence.of(np.arange(2000)))
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert found.value == pytest.approx(values.mean())
    assert found.low < expected.low < expected.high < found.high
    assert found.high - found.low < 1.1 * (expected.high - expected.low)


def test_a_mean_of_equal_values_still_has_a_width():
    found = mean_of((np.zeros(100), np.ones(100)), Dependence.of(np.arange(100)))
    # The mean m whose sample of variance m lies Student's quantile away: m = t^2 / n.
    assert found.high == pytest.approx(stats.t.ppf(0.975, 99) ** 2 / 100)
    assert found.low == -found.high


def test_a_mean_without_inputs_is_unknown():
    found = mean_of((np.zeros(2), np.zeros(2)), Dependence.of(np.arange(2)))
    assert np.isnan(found.value)
    assert (found.low, found.high) == (-np.inf, np.inf)


def test_larger_changes_of_one_input_leave_more_room():
    values, each = np.random.default_rng(4).normal(0, 0.1, 200), Dependence.of(np.arange(200))
    small, large = (mean_of((values, np.ones(200)), each, unit=unit) for unit in (1.0, 3.0))
    assert large.low < small.low < small.high < large.high


def test_copies_of_inputs_do_not_narrow_a_paired_difference():
    rng = np.random.default_rng(3)
    first, second = (rng.random(60) < 0.3) * 1.0, (rng.random(60) < 0.5) * 1.0
    once = difference_of_ratios(
        (first, np.ones(60)), (second, np.ones(60)), Dependence.of(np.arange(60))
    )
    clusters = Dependence.of(np.repeat(np.arange(60), 5))
    copied = difference_of_ratios(
        (np.repeat(first, 5), np.ones(300)), (np.repeat(second, 5), np.ones(300)), clusters
    )
    assert (copied.low, copied.high) == pytest.approx((once.low, once.high), abs=0.005)


@pytest.mark.parametrize(("gained", "lost"), [(0, 0), (5, 1), (10, 10), (40, 12)])
def test_mcnemar_agrees_with_statsmodels(gained, lost):
    first = np.array([False] * gained + [True] * lost + [True, False])
    second = np.array([True] * gained + [False] * lost + [True, False])
    expected = reference_mcnemar([[1, lost], [gained, 1]], exact=True).pvalue
    assert mcnemar(first, second) == pytest.approx(min(expected, 1.0))


def test_a_ratio_holds_the_true_one_as_often_as_it_says():
    rng = np.random.default_rng(6)
    held = 0
    for _ in range(1000):
        denominator = rng.normal(0.4, 0.5, 100)
        numerator = 1.5 * denominator + rng.normal(0, 0.5, 100)
        found = ratio_of_means(numerator, denominator, Dependence.of(np.arange(100)))
        held += found.low <= 1.5 <= found.high
    # Rare large terms are allowed for, which normal ones are not: more than it says.
    assert held >= 940


def test_a_ratio_to_a_mean_that_may_be_zero_is_not_given():
    rng = np.random.default_rng(7)
    small = rng.normal(0, 1, 50)
    assert ratio_of_means(np.ones(50), small - small.mean(), Dependence.of(np.arange(50))) is None
    assert ratio_of_means(np.ones(1), np.ones(1), Dependence.of(np.arange(1))) is None


def test_a_ratio_of_rare_events_leaves_room():
    numerator, denominator = np.zeros(200), np.zeros(200)
    numerator[:30] = denominator[:20] = 1
    found = ratio_of_means(numerator, denominator, Dependence.of(np.arange(200)))
    assert found is not None
    assert found.value == pytest.approx(1.5)
    assert found.low < 1.15
    assert found.high > 2.1
    assert ratio_of_means(np.full(9, np.nan), np.ones(9), Dependence.of(np.arange(9))) is None


def test_a_level_out_of_range_is_refused():
    values = (np.zeros(2), np.ones(2))
    with pytest.raises(UsageError):
        mean_of(values, Dependence.of(np.arange(2)), confidence=1.0)


def test_a_difference_of_ratios_heeds_clusters_and_denominators() -> None:
    rng = np.random.default_rng(2)
    weights = rng.random(300)
    other = np.where(rng.random(300) < 0.5, weights, 0)
    events, others = weights * (rng.random(300) < 0.3), other * (rng.random(300) < 0.1)
    each = Dependence.of(np.arange(300))
    found = difference_of_ratios((events, weights), (others, other), each)
    assert found.value == pytest.approx(events.sum() / weights.sum() - others.sum() / other.sum())
    tripled = [np.repeat(values, 3) for values in (events, weights, others, other)]
    copies = difference_of_ratios(
        (tripled[0], tripled[1]),
        (tripled[2], tripled[3]),
        Dependence.of(np.repeat(np.arange(300), 3)),
    )
    assert copies.low == pytest.approx(found.low, abs=2e-3)
    nothing = difference_of_ratios((events, weights), (others * 0, other * 0), each)
    assert np.isnan(nothing.value)
    assert nothing.low == -np.inf


def test_ends_go_no_further_than_the_number_can() -> None:
    assert Estimate(0.9, 0.5, 1.4, 0.95).within(1.0) == Estimate(0.9, 0.5, 1.0, 0.95)
    nothing = Estimate(math.nan, -math.inf, math.inf, 0.95)
    assert nothing.within(1.0) is nothing
