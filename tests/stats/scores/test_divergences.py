from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy

from metacompress.errors import UsageError
from metacompress.stats.scores.divergences import (
    DIVERGENCES,
    hellinger,
    jensen_shannon,
    kullback_leibler,
    total_variation,
)

WEIGHTS = st.one_of(st.sampled_from([0.0, 5e-324, 1e-300, 0.5, 1.0]), st.floats(0, 1))
BOUNDED = ["jensen-shannon", "total-variation", "hellinger"]


@st.composite
def distributions(draw, count, most_classes=5):
    """``count`` arrays of shape (1, k)."""
    k = draw(st.integers(2, most_classes))
    rows = [
        np.array([draw(st.lists(WEIGHTS, min_size=k, max_size=k).filter(lambda row: sum(row) > 0))])
        for _ in range(count)
    ]
    return [row / row.sum(axis=1, keepdims=True) for row in rows]


@pytest.fixture
def pair():
    rng = np.random.default_rng(0)
    p, q = rng.dirichlet(np.full(4, 0.3), size=(2, 200))
    p[:3] = [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [1 - 1e-12, 1e-12, 0, 0]]
    return p, q


def test_jensen_shannon_agrees_with_scipy(pair):
    expected = [jensenshannon(*rows, base=2) ** 2 for rows in zip(*pair, strict=True)]
    np.testing.assert_allclose(jensen_shannon(*pair), expected, atol=1e-14)


def test_kullback_leibler_agrees_with_scipy(pair):
    expected = [entropy(*rows, base=2) for rows in zip(*pair, strict=True)]
    np.testing.assert_allclose(kullback_leibler(*pair), expected, rtol=1e-9)


def test_total_variation_is_the_largest_difference_over_sets_of_classes(pair):
    p, q = pair
    subsets = np.array(list(np.ndindex(2, 2, 2, 2)))
    np.testing.assert_allclose(
        total_variation(p, q), np.abs((p - q) @ subsets.T).max(axis=1), atol=1e-15
    )


def test_hellinger_follows_from_the_bhattacharyya_coefficient(pair):
    p, q = pair
    expected = [np.sqrt(1 - sum(np.sqrt(a * b))) for a, b in zip(p, q, strict=True)]
    np.testing.assert_allclose(hellinger(p, q), expected, atol=1e-12)


@pytest.mark.parametrize("name", BOUNDED)
def test_disjoint_rows_are_at_distance_one(name):
    assert DIVERGENCES[name](np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])) == 1.0


def test_kullback_leibler_is_infinite_only_where_q_misses_a_class():
    p = np.array([[0.5, 0.5], [1.0, 0.0]])
    q = np.array([[1.0, 0.0], [0.5, 0.5]])
    assert kullback_leibler(p, q).tolist() == [np.inf, 1.0]


def test_tiny_probabilities_keep_their_digits():
    p, q = np.array([[1.0, 1e-300]]), np.array([[1e-300, 1.0]])
    assert kullback_leibler(p, q)[0] == pytest.approx(300 * np.log2(10), rel=1e-12)
    assert jensen_shannon(p, q)[0] == pytest.approx(1.0, rel=1e-12)


def test_smallest_subnormal_does_not_overflow():
    p, q = np.array([[1.0, 5e-324]]), np.array([[1.0, 0.0]])
    assert jensen_shannon(p, q)[0] == pytest.approx(0, abs=1e-300)


@pytest.mark.parametrize("divergence", DIVERGENCES.values())
@pytest.mark.parametrize("shape", [(3, 2), (1, 3), (2, 1), (3,), (1, 2, 3)])
def test_shapes_that_do_not_fit_are_refused(divergence, shape):
    with pytest.raises(UsageError, match="same shape"):
        divergence(np.full((2, 3), 1 / 3), np.full(shape, 0.5))


@pytest.mark.parametrize("divergence", DIVERGENCES.values())
def test_one_dimensional_rows_are_refused(divergence):
    with pytest.raises(UsageError, match=r"shape \(n, k\)"):
        divergence(np.array([0.5, 0.5]), np.array([0.5, 0.5]))


@pytest.mark.parametrize("divergence", DIVERGENCES.values())
def test_no_rows_give_no_values(divergence):
    result = divergence(np.empty((0, 3)), np.empty((0, 3)))
    assert result.shape == (0,)
    assert result.dtype == np.float64


@given(distributions(1))
@settings(deadline=None)
def test_identical_rows_are_at_exactly_zero(rows):
    for divergence in DIVERGENCES.values():
        assert divergence(rows[0], rows[0].copy()) == 0.0


@given(distributions(2))
@settings(deadline=None)
def test_values_lie_in_range(rows):
    assert kullback_leibler(*rows) >= 0
    for name in BOUNDED:
        assert 0 <= DIVERGENCES[name](*rows) <= 1


@given(distributions(2))
@settings(deadline=None)
def test_distances_are_symmetric(rows):
    p, q = rows
    for name in BOUNDED:
        assert DIVERGENCES[name](p, q) == DIVERGENCES[name](q, p)


@given(distributions(2), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_order_of_classes_does_not_matter(rows, random):
    p, q = rows
    order = random.sample(range(p.shape[1]), p.shape[1])
    for divergence in DIVERGENCES.values():
        np.testing.assert_allclose(
            divergence(p[:, order], q[:, order]), divergence(p, q), rtol=1e-9, atol=1e-14
        )


@given(distributions(3))
@settings(deadline=None)
def test_root_of_jensen_shannon_obeys_the_triangle_inequality(rows):
    p, q, r = rows
    around = np.sqrt(jensen_shannon(p, r)) + np.sqrt(jensen_shannon(r, q))
    # A rounding of 1e-16 in the divergence is one of 1e-8 in its root.
    assert np.sqrt(jensen_shannon(p, q)) <= around + 1e-7


@given(distributions(2, most_classes=2))
@settings(deadline=None)
def test_binary_disagreement_bounds_total_variation_from_below(rows):
    p, q = rows
    if p.argmax() == q.argmax():
        q = q[:, ::-1]
    if p.argmax() != q.argmax():
        least = abs(p.max() - 0.5) + abs(q.max() - 0.5)
        assert total_variation(p, q) >= least - 1e-12
