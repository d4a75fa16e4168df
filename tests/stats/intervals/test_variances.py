from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.errors import UsageError
from metacompress.stats.intervals.variances import Dependence, mean_variance, ratio_variance


def by_matrices(residuals, members, count):
    """The sum of r_p r_q over couples of inputs that share a cluster, by an (n, n) mask."""
    shares = np.zeros((len(members), len(members)), dtype=bool)
    for left in range(members.shape[1]):
        for right in range(members.shape[1]):
            shares |= members[:, left][:, np.newaxis] == members[:, right][np.newaxis]
    return residuals @ shares @ residuals


@given(st.integers(1, 40), st.integers(1, 8), st.sampled_from([1, 2]), st.integers(0, 10**6))
@settings(deadline=None)
def test_couples_that_share_a_cluster_are_those_of_the_matrix(n, clusters, width, seed):
    rng = np.random.default_rng(seed)
    members = rng.integers(0, clusters, (n, width))
    values = rng.normal(size=n)
    dependence = Dependence.of(members)
    expected = by_matrices(values, dependence.members, dependence.count)
    assert dependence.shared(values) == pytest.approx(expected, abs=1e-9)


@given(st.integers(2, 40), st.integers(2, 12), st.integers(0, 10**6))
@settings(deadline=None)
def test_a_variance_of_pairs_is_the_one_by_matrices(n, programs, seed):
    rng = np.random.default_rng(seed)
    pairs = rng.integers(0, programs, (n, 2))
    applicable = rng.random(n) + 0.01
    events = applicable * (rng.random(n) < 0.4)
    residuals = events - events.sum() / applicable.sum() * applicable
    expected = []
    for members in (pairs, pairs[:, :1], pairs[:, 1:], np.arange(n)[:, np.newaxis]):
        count = len(np.unique(members))
        if count > 1:
            total = by_matrices(residuals, members, count)
            expected.append(count / (count - 1) * total / applicable.sum() ** 2)
    found = ratio_variance(events, applicable, Dependence.of(pairs))
    assert found == pytest.approx(max(expected), abs=1e-12)


def test_a_variance_of_independent_inputs_is_the_textbook_one():
    rng = np.random.default_rng(2)
    violated = (rng.random(500) < 0.2).astype(float)
    found = ratio_variance(violated, np.ones(500), Dependence.of(np.arange(500)))
    assert found == pytest.approx(violated.var(ddof=1) / 500)


def test_a_variance_of_equal_clusters_is_that_of_their_means():
    rng = np.random.default_rng(3)
    values = rng.random((50, 4))
    clusters = np.repeat(np.arange(50), 4)
    found = ratio_variance(values.ravel(), np.ones(200), Dependence.of(clusters))
    assert found == pytest.approx(values.mean(axis=1).var(ddof=1) / 50)


def test_a_variance_does_not_depend_on_the_names_of_clusters_or_the_order_of_a_pair():
    rng = np.random.default_rng(4)
    pairs = rng.integers(0, 20, (100, 2))
    violated = (rng.random(100) < 0.3).astype(float)
    names = rng.permutation(20)
    first = ratio_variance(violated, np.ones(100), Dependence.of(pairs))
    second = ratio_variance(violated, np.ones(100), Dependence.of(names[pairs[:, ::-1]]))
    assert first == pytest.approx(second)


def test_a_variance_of_pairs_is_at_least_that_of_either_side_and_of_independent_pairs():
    rng = np.random.default_rng(5)
    pairs = rng.integers(0, 30, (80, 2))
    residuals = rng.normal(size=80)
    residuals -= residuals.mean()
    ones = np.ones(80)
    dependence = Dependence.of(pairs)
    found = mean_variance(residuals, ones, dependence)
    for side in dependence.one_sided():
        assert found >= mean_variance(residuals, ones, side) - 1e-15
    assert found >= mean_variance(residuals, ones, Dependence.of(np.arange(80))) - 1e-15


def test_one_cluster_says_nothing_of_its_variance():
    assert np.isnan(ratio_variance(np.array([1.0, 0]), np.ones(2), Dependence.of(np.zeros(2, int))))


def test_an_unfit_shape_is_refused():
    with pytest.raises(UsageError, match="shape"):
        Dependence.of(np.zeros((2, 3), int))
    with pytest.raises(UsageError, match="applicable"):
        ratio_variance(np.zeros(2), np.zeros(2), Dependence.of(np.arange(2)))


def test_disjoint_inputs_share_no_cluster_and_leave_none_that_could_join() -> None:
    rng = np.random.default_rng(0)
    pairs = Dependence.of(rng.integers(0, 30, (100, 2)))
    order = rng.permutation(100)
    chosen = pairs.disjoint(order)
    taken: set[int] = set()
    for row in chosen:
        clusters = set(pairs.members[row].tolist())
        assert not taken & clusters
        taken |= clusters
    assert chosen[0] == order[0]
    left = set(range(100)) - set(chosen.tolist())
    assert all(taken & set(pairs.members[row].tolist()) for row in left)
    assert len(pairs.disjoint(np.zeros(0, dtype=np.int64))) == 0
