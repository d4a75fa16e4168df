from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar as reference_mcnemar

from metacompress.errors import UsageError
from metacompress.stats.differences import (
    difference_of_ratios,
    mcnemar,
    mean_of_clusters,
    paired_proportions,
    ratio_of_means,
)
from metacompress.stats.variances import Dependence


def test_a_mean_of_independent_inputs_has_students_interval():
    values = np.random.default_rng(1).uniform(-1, 1, 80)
    found = mean_of_clusters(values, np.ones(80), Dependence.of(np.arange(80)))
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert found.value == pytest.approx(values.mean())


def test_a_mean_of_equal_values_still_has_a_width():
    found = mean_of_clusters(np.zeros(100), np.ones(100), Dependence.of(np.arange(100)))
    # A value that occurs in 1 - 0.025 ** (1 / 100) of the inputs is missed once in 40 samples.
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 100))
    assert found.low == -found.high


def test_a_mean_without_inputs_is_unknown():
    found = mean_of_clusters(np.zeros(2), np.zeros(2), Dependence.of(np.arange(2)), bound=2)
    assert np.isnan(found.value)
    assert (found.low, found.high) == (-2, 2)


def test_a_paired_difference_agrees_with_the_formula_of_its_source():
    first = np.array([True] * 30 + [False] * 70)
    second = np.array([True] * 25 + [False] * 5 + [True] * 12 + [False] * 58)
    found = paired_proportions(first, second, Dependence.of(np.arange(100)))
    # Bonett and Price: one is added to each discordant count and two to n.
    gained, lost = 13 / 102, 6 / 102
    half = 1.959964 * np.sqrt((gained + lost - (gained - lost) ** 2) / 102)
    assert found.value == pytest.approx(0.07)
    assert (found.low, found.high) == pytest.approx((7 / 102 - half, 7 / 102 + half), abs=1e-6)


def test_a_paired_difference_without_discordant_inputs_has_a_width():
    same = np.zeros(50, bool)
    found = paired_proportions(same, same, Dependence.of(np.arange(50)))
    assert found.low < 0 < found.high


def test_copies_of_inputs_do_not_narrow_a_paired_difference():
    rng = np.random.default_rng(3)
    first, second = rng.random(60) < 0.3, rng.random(60) < 0.5
    once = paired_proportions(first, second, Dependence.of(np.arange(60)))
    clusters = Dependence.of(np.repeat(np.arange(60), 5))
    copied = paired_proportions(np.repeat(first, 5), np.repeat(second, 5), clusters)
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
    assert 930 <= held <= 970


def test_a_ratio_to_a_mean_that_may_be_zero_is_not_given():
    rng = np.random.default_rng(7)
    small = rng.normal(0, 1, 50)
    assert ratio_of_means(np.ones(50), small - small.mean(), Dependence.of(np.arange(50))) is None
    assert ratio_of_means(np.ones(1), np.ones(1), Dependence.of(np.arange(1))) is None


def test_a_level_out_of_range_is_refused():
    with pytest.raises(UsageError):
        paired_proportions(
            np.zeros(2, bool), np.zeros(2, bool), Dependence.of(np.arange(2)), confidence=1.0
        )


def test_a_difference_of_ratios_of_whole_inputs_is_near_that_of_paired_proportions() -> None:
    rng = np.random.default_rng(1)
    first, second = rng.random((2, 400)) < 0.2
    ones, each = np.ones(400), Dependence.of(np.arange(400))
    found = difference_of_ratios((second * 1.0, ones), (first * 1.0, ones), each)
    expected = paired_proportions(first, second, each)
    assert found.value == pytest.approx(expected.value)
    # It leaves more room for differences that were not seen.
    assert expected.low - 0.01 < found.low < expected.low
    assert expected.high < found.high < expected.high + 0.01


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
