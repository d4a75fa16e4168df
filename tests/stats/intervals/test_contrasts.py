from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import brentq

from metacompress.errors import UsageError
from metacompress.stats.intervals.contrasts import (
    Contrast,
    DistanceContrast,
    contrast_of_distances,
    contrast_of_ratios,
)
from metacompress.stats.intervals.variances import Dependence

NUMBERS = st.floats(-1, 1, allow_nan=False)
CONTRASTS = st.builds(
    Contrast,
    value=NUMBERS,
    spread=st.one_of(st.just(0.0), st.floats(1e-6, 1)),
    effective=st.floats(1, 5000),
    freedom=st.integers(1, 500),
)


def distance(difference: Contrast, total: Contrast) -> DistanceContrast:
    first, second = (
        (total.value + difference.value) / 2,
        (total.value - difference.value) / 2,
    )
    return DistanceContrast(abs(first) - abs(second), difference, total)


KINDS = st.one_of(CONTRASTS, st.builds(distance, CONTRASTS, CONTRASTS))


@given(found=KINDS, limit=NUMBERS, confidence=st.sampled_from([0.5, 0.8, 0.95, 0.999]))
def test_a_p_value_is_small_exactly_where_the_interval_excludes_the_limit(
    found: Contrast | DistanceContrast, limit: float, confidence: float
) -> None:
    low, high = found.interval(confidence)
    alpha = (1 - confidence) / 2
    if abs(high - limit) > 1e-6:
        assert (found.p_at_least(limit) <= alpha) == (high < limit)
    if abs(low - limit) > 1e-6:
        assert (found.p_at_most(limit) <= alpha) == (low > limit)
    assert low <= found.value <= high


def test_a_contrast_of_many_inputs_has_students_distribution() -> None:
    found = Contrast(value=0.1, spread=0.5, effective=1e10, freedom=7)
    reference = stats.t(7, loc=0.1, scale=np.sqrt(0.5 / 1e10))
    assert found.interval(0.9) == pytest.approx(reference.interval(0.9), rel=1e-4)
    assert found.p_at_least(0.1 + 1e-5) == pytest.approx(reference.sf(0.1 + 1e-5), rel=1e-3)


def test_an_end_is_where_its_p_value_is_that_of_the_level() -> None:
    found = Contrast(value=0.02, spread=0.03, effective=80, freedom=40)
    low, high = found.interval(0.95)
    assert high == pytest.approx(brentq(lambda at: found.p_at_least(at) - 0.025, 0.02, 1))
    assert low == pytest.approx(brentq(lambda at: found.p_at_most(at) - 0.025, -1, 0.02))


def test_without_a_difference_as_much_is_left_open_as_wilson_leaves() -> None:
    found = contrast_of_ratios(ratio(np.ones(90)), ratio(np.ones(90)), Dependence.of(np.arange(90)))
    assert found is not None
    quantile = stats.t(89).ppf(0.975)
    assert found.interval(0.95) == pytest.approx((-(quantile**2) / 90, quantile**2 / 90))


@pytest.mark.parametrize("n", [50, 300])
@pytest.mark.parametrize(
    "chances", [(0.002, 0.0), (0.01, 0.0), (0.02, 0.0), (0.02, 0.01), (0.1, 0.0), (0.1, 0.02)]
)
def test_one_sided_errors_are_at_most_nominal(n: int, chances: tuple[float, float]) -> None:
    """By enumeration of all outcomes: inputs that only the first, or only the second violates."""
    gained, lost = chances
    below = above = 0.0
    each = Dependence.of(np.arange(n))
    for more in range(int(stats.binom(n, gained).ppf(1 - 1e-6)) + 1):
        for less in range(int(stats.binom(n, lost).ppf(1 - 1e-6)) + 1):
            first, second = np.zeros(n), np.zeros(n)
            first[:more] = 1
            second[more : more + less] = 1
            found = contrast_of_ratios(ratio(first), ratio(second), each)
            assert found is not None
            chance = stats.multinomial.pmf(
                [more, less, n - more - less], n, [gained, lost, 1 - gained - lost]
            )
            low, high = found.interval(0.95)
            above += chance * (high < gained - lost)
            below += chance * (low > gained - lost)
    assert max(above, below) <= 0.025


@given(difference=CONTRASTS, total=CONTRASTS)
def test_a_distance_is_bounded_by_the_numbers_that_both_intervals_allow(
    difference: Contrast, total: Contrast
) -> None:
    found = distance(difference, total)
    low, high = found.interval(0.9)
    d, t = (np.linspace(*one.interval(0.95), 21) for one in (difference, total))
    allowed = np.abs(t[:, None] + d) / 2 - np.abs(t[:, None] - d) / 2
    # The corners are on the grid, but the extremes may lie between its points.
    gap = max(np.ptp(d), np.ptp(t)) / 20
    assert low <= allowed.min() + 1e-9
    assert high >= allowed.max() - 1e-9
    assert low >= min(allowed.min() - gap, found.value) - 1e-9
    assert high <= max(allowed.max() + gap, found.value) + 1e-9


def ratio(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return values.astype(float), np.ones(len(values))


def test_distances_know_no_sign() -> None:
    rng = np.random.default_rng(2)
    first, second = rng.choice([-1, 0, 1], 300, p=[0.1, 0.6, 0.3]), rng.integers(-1, 2, 300)
    dependence = Dependence.of(np.arange(300))
    found = contrast_of_distances(ratio(first), ratio(second), dependence)
    turned = contrast_of_distances(ratio(-first), ratio(second), dependence)
    assert found is not None
    assert turned is not None
    assert found.value == pytest.approx(abs(first.mean()) - abs(second.mean()))
    assert found.interval(0.95) == pytest.approx(turned.interval(0.95))


@pytest.mark.parametrize("means", [(0.0, 0.0), (0.05, 0.0), (0.05, -0.04), (0.0, 0.05)])
def test_wrong_calls_about_distances_are_as_rare_as_promised(means: tuple[float, float]) -> None:
    rng = np.random.default_rng(5)
    runs, n = 400, 120
    truth = abs(means[0]) - abs(means[1])
    dependence = Dependence.of(np.arange(n))
    below = above = 0
    for _ in range(runs):
        shared = rng.normal(0, 0.2, n)
        one, other = (shared + rng.normal(mean, 0.2, n) for mean in means)
        found = contrast_of_distances(ratio(one), ratio(other), dependence)
        assert found is not None
        below += found.p_at_least(truth) <= 0.05
        above += found.p_at_most(truth) <= 0.05
    # Three standard errors above 5 %.
    assert max(below, above) <= runs * 0.05 + 3 * np.sqrt(runs * 0.05 * 0.95)


def test_nothing_applicable_has_no_contrast() -> None:
    dependence = Dependence.of(np.arange(3))
    some, none = ratio(np.ones(3)), (np.zeros(3), np.zeros(3))
    assert contrast_of_ratios(some, none, dependence) is None
    assert contrast_of_distances(none, some, dependence) is None
    with pytest.raises(UsageError):
        Contrast(0, 0, 1, 1).interval(1.0)


def test_one_source_decides_nothing() -> None:
    found = contrast_of_ratios(ratio(np.ones(1)), ratio(np.zeros(1)), Dependence.of(np.arange(1)))
    assert found is not None
    assert found.p_at_most(0.01) > 0.2
    assert found.p_at_least(0.99) > 0.2


def test_what_lies_infinitely_far_off_is_refuted() -> None:
    found = Contrast(0.1, 0.2, 50.0, 49)
    assert found.p_at_most(-np.inf) == found.p_at_least(np.inf) == 0
    assert found.p_at_least(-np.inf) == found.p_at_most(np.inf) == 1


@pytest.mark.parametrize("unit", [5e-324, 1e-177, 1e-30])
def test_a_tiny_unit_has_the_interval_of_an_ordinary_one(unit: float) -> None:
    low, high = Contrast(0.0, 0.0, 2.0, 1, unit).interval(0.95)
    ordinary = Contrast(0.0, 0.0, 2.0, 1).interval(0.95)
    assert (low, high) == pytest.approx([unit * end for end in ordinary], rel=0.02)
