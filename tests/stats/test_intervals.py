from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from metacompress.errors import UsageError
from metacompress.stats.calibration import (
    expected_calibration_error,
    weighted_calibration_errors,
)
from metacompress.stats.intervals import (
    MIN_EVENT_CLUSTERS,
    bootstrap_interval,
    cluster_bootstrap,
    cluster_weights,
    effective_interval,
    percentile_interval,
    rate_of,
    wilson,
)

CONFIDENCE = st.floats(0.001, 0.9999)


def seeded(seed=0):
    return np.random.default_rng(seed)


def clustered_rows(seed=1, clusters=200, rate=0.3):
    """Rows whose violations depend on their cluster, which has 1 to 8 of them."""
    rng = seeded(seed)
    labels = np.repeat(np.arange(clusters), rng.integers(1, 9, clusters))
    violated = rng.random(len(labels)) < rng.beta(2 * rate, 2 * (1 - rate), clusters)[labels]
    return violated, labels


@given(st.integers(1, 5000), st.data(), CONFIDENCE)
@settings(deadline=None)
def test_wilson_agrees_with_statsmodels(n, data, confidence):
    violations = data.draw(st.integers(0, n) | st.sampled_from([0, n]))
    expected = proportion_confint(violations, n, alpha=1 - confidence, method="wilson")
    assert wilson(violations, n, confidence) == pytest.approx(expected, abs=1e-12)


@given(st.integers(1, 10**9), st.data(), CONFIDENCE)
@settings(deadline=None)
def test_wilson_holds_the_estimate_and_stays_in_the_unit_interval(n, data, confidence):
    violations = data.draw(st.integers(0, n) | st.sampled_from([0, n]))
    low, high = wilson(violations, n, confidence)
    assert 0 <= low <= violations / n <= high <= 1


def test_wilson_ends_are_exact_at_the_rates_zero_and_one():
    assert all(wilson(0, n)[0] == 0.0 for n in range(1, 500))
    assert all(wilson(n, n)[1] == 1.0 for n in range(1, 500))


def test_wilson_without_observations_is_the_unit_interval():
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("violations", "n"), [(-1, 5), (6, 5), (1, 0)])
def test_wilson_refuses_impossible_counts(violations, n):
    with pytest.raises(UsageError, match="violations"):
        wilson(violations, n)


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.5, 95, float("nan")])
def test_confidence_must_be_a_level(confidence):
    with pytest.raises(UsageError, match="confidence"):
        wilson(1, 5, confidence)
    with pytest.raises(UsageError, match="confidence"):
        rate_of(np.array([True]), None, confidence=confidence, rng=seeded())
    with pytest.raises(UsageError, match="confidence"):
        percentile_interval(np.array([1.0]), confidence)


@pytest.mark.parametrize("clusters", [None, np.arange(50), np.arange(50).astype(str)])
def test_rows_of_their_own_get_wilson(clusters):
    result = rate_of(np.arange(50) < 7, clusters, rng=seeded())
    assert (result.low, result.high) == wilson(7, 50)
    assert (result.violations, result.n, result.rate) == (7, 50, 0.14)
    assert (result.method, result.clusters) == ("wilson", 50)


@pytest.mark.parametrize("clusters", [None, np.array([], dtype=np.int64)])
def test_no_rows_say_nothing(clusters):
    result = rate_of(np.array([], dtype=bool), clusters, rng=seeded())
    assert np.isnan(result.rate)
    assert (result.violations, result.n, result.low, result.high) == (0, 0, 0.0, 1.0)
    assert result.clusters == 0


@pytest.mark.parametrize("violated", [False, True])
def test_unanimous_rows_count_as_one_per_cluster(violated):
    rows = np.full(120, violated)
    result = rate_of(rows, np.arange(120) % 40, rng=seeded())
    assert (result.low, result.high) == wilson(40 * violated, 40)
    assert result.method == "wilson-effective"


@pytest.mark.parametrize("rarer", [False, True])
@pytest.mark.parametrize(
    ("carriers", "method"),
    [(MIN_EVENT_CLUSTERS - 1, "wilson-effective"), (MIN_EVENT_CLUSTERS, "cluster-bootstrap")],
)
def test_method_follows_from_the_clusters_with_the_rarer_outcome(rarer, carriers, method):
    clusters = np.repeat(np.arange(100), 3)
    rare = (clusters < carriers) & (np.arange(300) % 3 == 0)
    assert rate_of(rare == rarer, clusters, rng=seeded()).method == method


def test_one_cluster_is_one_observation():
    result = rate_of(np.array([True, False, False, False]), np.zeros(4, dtype=int), rng=seeded())
    expected = proportion_confint(0.25, 1, method="wilson")
    assert (result.low, result.high) == pytest.approx(expected)


def test_clusters_of_one_mind_count_once():
    sizes = np.full(50, 8)
    events = sizes * (np.arange(50) < 12)
    assert effective_interval(events, sizes) == pytest.approx(wilson(12, 50))


def test_clusters_more_alike_than_chance_gain_nothing():
    assert effective_interval(np.full(20, 1), np.full(20, 2)) == pytest.approx(wilson(20, 40))


def test_design_effect_agrees_with_cluster_robust_least_squares():
    violated, clusters = clustered_rows(clusters=25)
    sizes = np.bincount(clusters)
    events = np.bincount(clusters[violated], minlength=25)
    fit = sm.OLS(violated.astype(float), np.ones(len(violated))).fit(
        cov_type="cluster", cov_kwds={"groups": clusters}
    )
    n, rate = len(violated), violated.mean()
    observed = fit.bse[0] ** 2 * n / (rate * (1 - rate))
    worst = sum(size**2 for size in sizes) / n
    informative = min(sum(events > 0), sum(events < sizes))
    mixed = np.average([worst, observed], weights=[1, informative])
    assert 1 < mixed < worst, "the case must lie between the two bounds of the design effect"
    expected = proportion_confint(rate * n / mixed, n / mixed, method="wilson")
    assert effective_interval(events, sizes) == pytest.approx(expected)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), min_size=1), CONFIDENCE)
@settings(deadline=None)
def test_effective_interval_lies_between_one_and_all_rows_per_cluster(counts, confidence):
    sizes = np.array([size for size, _ in counts])
    events = np.array([min(pair) for pair in counts])
    n, rate = sizes.sum(), events.sum() / sizes.sum()
    low, high = effective_interval(events, sizes, confidence)
    all_rows = wilson(int(events.sum()), int(n), confidence)
    worst_size = n**2 / (sizes @ sizes)
    alpha = 1 - confidence
    one_each = proportion_confint(rate * worst_size, worst_size, alpha=alpha, method="wilson")
    assert 0 <= low <= rate <= high <= 1
    assert low <= all_rows[0] + 1e-12
    assert high >= all_rows[1] - 1e-12
    assert low >= one_each[0] - 1e-12
    assert high <= one_each[1] + 1e-12


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9])
def test_bootstrap_agrees_with_all_resamples_enumerated(confidence):
    sizes, events = np.array([1, 4, 3, 2]), np.array([1, 1, 0, 2])
    every = np.array(list(itertools.product(range(4), repeat=4)))
    ratios = events[every].sum(axis=1) / sizes[every].sum(axis=1)
    tail = (1 - confidence) / 2
    expected = np.quantile(ratios, [tail, 1 - tail])
    settings_ = {"confidence": confidence, "resamples": 40_000}
    found = bootstrap_interval(events, sizes, rng=seeded(), **settings_)
    assert found == pytest.approx(expected)


def test_cluster_bootstrap_agrees_with_all_resamples_enumerated():
    clusters = np.array(["b", "a", "b", "c", "c", "c"])
    values = np.array([1.0, 7.0, 4.0, -2.0, 0.0, 9.0])
    members = [np.flatnonzero(clusters == name) for name in "abc"]
    medians = [
        np.median(np.concatenate([values[members[cluster]] for cluster in drawn]))
        for drawn in itertools.product(range(3), repeat=3)
    ]
    found = cluster_bootstrap(
        lambda rows: np.median(values[rows]),
        clusters,
        confidence=0.8,
        resamples=20_000,
        rng=seeded(),
    )
    assert found == pytest.approx(np.quantile(medians, [0.1, 0.9]))


def test_both_bootstraps_agree_on_a_rate():
    violated, clusters = clustered_rows()
    result = rate_of(violated, clusters, resamples=10_000, rng=seeded(1))
    generic = cluster_bootstrap(
        lambda rows: violated[rows].mean(), clusters, resamples=10_000, rng=seeded(2)
    )
    assert result.method == "cluster-bootstrap"
    assert (result.low, result.high) == pytest.approx(generic, abs=0.003)


def test_weights_and_row_indices_are_the_same_resamples():
    correct, clusters = clustered_rows()
    confidence = seeded().uniform(size=len(correct))
    by_rows = cluster_bootstrap(
        lambda rows: expected_calibration_error(confidence[rows], correct[rows]),
        clusters,
        resamples=300,
        rng=seeded(),
    )
    blocks = [
        weighted_calibration_errors(confidence, correct, weights)
        for weights in cluster_weights(clusters, 300, seeded())
    ]
    assert percentile_interval(np.concatenate(blocks)) == pytest.approx(by_rows, rel=1e-12)


def test_weights_resample_whole_clusters():
    _, clusters = clustered_rows()
    weights = np.concatenate(list(cluster_weights(clusters, 400, seeded())))
    _, first, inverse = np.unique(clusters, return_index=True, return_inverse=True)
    assert weights.shape == (400, len(clusters))
    assert (weights == weights[:, first][:, inverse]).all()
    assert (weights[:, first].sum(axis=1) == len(first)).all()
    # A count of draws with replacement has mean 1 and variance 1 - 1/c.
    assert weights[:, first].mean(axis=0) == pytest.approx(1, abs=0.25)
    assert weights[:, first].var() == pytest.approx(1 - 1 / len(first), rel=0.05)


def test_weights_come_in_blocks_that_stay_small():
    blocks = list(cluster_weights(np.arange(50_000) // 5, 50, seeded()))
    assert len(blocks) > 1
    assert sum(len(block) for block in blocks) == 50
    assert max(block.nbytes for block in blocks) <= 2**23


@pytest.mark.parametrize("clusters", [40, 200], ids=["wilson-effective", "cluster-bootstrap"])
def test_same_generator_state_gives_the_same_rate(clusters):
    rows = clustered_rows(clusters=clusters)
    assert rate_of(*rows, rng=seeded(3)) == rate_of(*rows, rng=seeded(3))


def test_other_generator_state_gives_other_resamples():
    rows = clustered_rows()
    assert rate_of(*rows, rng=seeded(3)) != rate_of(*rows, rng=seeded(4))


@pytest.mark.parametrize("clusters", [30, 200], ids=["wilson-effective", "cluster-bootstrap"])
def test_names_of_clusters_do_not_matter(clusters):
    violated, labels = clustered_rows(clusters=clusters)
    renamed = np.array([f"project-{name}" for name in seeded(5).permutation(clusters)])[labels]
    assert rate_of(violated, labels, rng=seeded()) == rate_of(violated, renamed, rng=seeded())
    found, expected = (
        cluster_bootstrap(lambda rows: violated[rows].mean(), names, resamples=50, rng=seeded())
        for names in (labels, renamed)
    )
    assert found == expected


@given(st.data())
@settings(deadline=None)
def test_rate_lies_in_its_interval_and_the_interval_in_the_unit_interval(data):
    n = data.draw(st.integers(1, 400))
    seed = data.draw(st.integers(0, 2**32))
    rate = data.draw(st.sampled_from([0.0, 0.01, 0.5, 0.99, 1.0]))
    violated = seeded(seed).random(n) < rate
    clusters = seeded(seed).integers(0, data.draw(st.integers(1, n)), n)
    confidence = data.draw(CONFIDENCE)
    result = rate_of(violated, clusters, confidence=confidence, resamples=30, rng=seeded(seed))
    assert result.rate == violated.mean()
    assert 0 <= result.low <= result.rate <= result.high <= 1
    assert result.clusters == len(np.unique(clusters))


def test_bootstrap_interval_is_widened_to_the_estimate():
    sizes = np.array([1] * 40 + [4000])
    events = np.array([0] * 20 + [1] * 20 + [4000])
    low, high = bootstrap_interval(events, sizes, confidence=1e-6, resamples=1, rng=seeded(0))
    assert low < high
    assert events.sum() / sizes.sum() in (low, high)


def test_rate_is_immutable():
    result = rate_of(np.array([True]), None, rng=seeded())
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.rate = 0.0


def test_cluster_bootstrap_without_rows_is_nan():
    found = cluster_bootstrap(lambda rows: 1.0, np.array([], dtype=int), rng=seeded())
    assert np.isnan(found).all()


def test_cluster_weights_without_rows_are_empty():
    blocks = list(cluster_weights(np.array([], dtype=int), 5, seeded()))
    assert [block.shape for block in blocks] == [(5, 0)]


def test_undefined_statistic_gives_an_undefined_interval():
    found = cluster_bootstrap(lambda rows: float("nan"), np.arange(5), resamples=10, rng=seeded())
    assert np.isnan(found).all()


def test_lengths_must_match():
    with pytest.raises(UsageError, match="same shape"):
        rate_of(np.zeros(3, dtype=bool), np.zeros(4, dtype=int), rng=seeded())
    with pytest.raises(UsageError, match="same shape"):
        cluster_bootstrap(lambda rows: 0.0, np.zeros((3, 1), dtype=int), rng=seeded())


def test_resamples_must_be_positive():
    violated, clusters = clustered_rows()
    with pytest.raises(UsageError, match="resamples"):
        rate_of(violated, clusters, resamples=0, rng=seeded())
    with pytest.raises(UsageError, match="resamples"):
        next(cluster_weights(clusters, 0, seeded()))
    with pytest.raises(UsageError, match="resamples"):
        cluster_bootstrap(lambda rows: 0.0, clusters, resamples=0, rng=seeded())


def test_percentiles_of_nothing_are_refused():
    with pytest.raises(UsageError, match="at least one"):
        percentile_interval(np.array([]))


@pytest.mark.parametrize(
    ("rate", "clusters", "size", "correlation"),
    [
        (0.001, 100, 10, 0.1),
        (0.01, 100, 10, 0.5),
        (0.01, 300, 2, 1.0),
        (0.05, 300, 10, 0.0),
        (0.3, 100, 10, 0.1),
        (0.95, 30, 10, 0.5),
    ],
)
def test_intervals_hold_the_true_rate_about_as_often_as_they_say(rate, clusters, size, correlation):
    rng = seeded(11)
    labels = np.repeat(np.arange(clusters), size)
    precision = 1 / max(correlation, 1e-3) - 1
    held = 0
    for _ in range(300):
        if correlation == 1:
            tendency = (rng.random(clusters) < rate).astype(float)
        else:
            tendency = rng.beta(rate * precision, (1 - rate) * precision, clusters)
        violated = rng.random(len(labels)) < tendency[labels]
        result = rate_of(violated, labels, resamples=200, rng=rng)
        held += result.low <= rate <= result.high
    assert held / 300 >= 0.89
