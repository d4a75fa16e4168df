from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import KDTree
from scipy.stats import ortho_group

from metacompress.errors import UsageError
from metacompress.stats.scores.representations import (
    Geometry,
    cka_without_each,
    debiased_cka,
    influences,
    nearest_neighbours,
    neighbour_overlap,
)


def overlap_of(first, second, count):
    return neighbour_overlap(nearest_neighbours(first, count), nearest_neighbours(second, count))


SEEDS = st.integers(0, 2**32 - 1)


def related(seed, n=24, widths=(7, 5), noise=0.5):
    """Two representations of one latent factor."""
    rng = np.random.default_rng(seed)
    latent = rng.normal(size=(n, 3))
    return [
        latent @ rng.normal(size=(3, width)) + noise * rng.normal(size=(n, width))
        for width in widths
    ]


def hsic_by_sums(k, l):  # noqa: E741
    """The U-statistic of Song et al. 2012, equation 5, from its definition."""
    n = len(k)
    k, l = k - np.diag(np.diag(k)), l - np.diag(np.diag(l))  # noqa: E741
    one = np.ones(n)
    return (
        np.trace(k @ l)
        + (one @ k @ one) * (one @ l @ one) / ((n - 1) * (n - 2))
        - 2 / (n - 2) * (one @ k @ l @ one)
    ) / (n * (n - 3))


def cka_by_sums(x, y):
    k, l = x @ x.T, y @ y.T  # noqa: E741
    return hsic_by_sums(k, l) / np.sqrt(hsic_by_sums(k, k) * hsic_by_sums(l, l))


@pytest.mark.parametrize("n", [5, 6, 40])
def test_cka_is_that_of_the_sums_of_its_source(n):
    x, y = related(n, n)
    assert debiased_cka(Geometry.of(x), Geometry.of(y)) == pytest.approx(cka_by_sums(x, y))


@pytest.mark.parametrize("n", [6, 25])
def test_leaving_one_out_is_computing_without_it(n):
    x, y = related(n, n)
    rows = np.arange(n)
    expected = [cka_by_sums(x[rows != row], y[rows != row]) for row in rows]
    found = cka_without_each(Geometry.of(x), Geometry.of(y))
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_independent_wide_vectors_have_no_similarity_on_average():
    rng = np.random.default_rng(0)
    found = [
        debiased_cka(*(Geometry.of(rng.normal(size=(20, 200))) for _ in range(2)))
        for _ in range(50)
    ]
    assert abs(np.mean(found)) < 0.03


def test_the_spread_of_influences_is_that_of_the_estimate():
    found, spreads = [], []
    rng = np.random.default_rng(0)
    maps = [rng.normal(size=(3, width)) for width in (7, 5)]
    for _ in range(60):
        latent = rng.normal(size=(60, 3))
        x, y = (Geometry.of(latent @ one + rng.normal(size=(60, one.shape[1])) / 2) for one in maps)
        estimate = debiased_cka(x, y)
        values = influences(estimate, cka_without_each(x, y))
        assert values.mean() == pytest.approx(estimate)
        found.append(estimate)
        spreads.append(values.std(ddof=1) / np.sqrt(60))
    assert 0.8 < np.mean(spreads) / np.std(found) < 1.25


@given(SEEDS, st.floats(1e-30, 1e30), st.floats(-100, 100))
@settings(max_examples=25, deadline=None)
def test_rotation_scale_and_place_change_nothing(seed, scale, place):
    x, y = related(seed)
    rotation = ortho_group.rvs(x.shape[1], random_state=seed)
    plain, moved, other = (Geometry.of(one) for one in (x, scale * (x @ rotation + place), y))
    assert debiased_cka(plain, moved) == pytest.approx(1, abs=1e-9)
    assert debiased_cka(plain, other) == pytest.approx(debiased_cka(moved, other), abs=1e-9)
    assert (overlap_of(plain, moved, 5) == 1).all()
    np.testing.assert_array_equal(overlap_of(plain, other, 5), overlap_of(moved, other, 5))


@given(SEEDS, st.integers(5, 12), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_ranges_symmetry_and_identity(seed, n, width):
    # Few values, so that inputs are equal and vectors constant now and then.
    x, y = np.random.default_rng(seed).integers(0, 2, size=(2, n, width)).astype(float)
    one, other = Geometry.of(x), Geometry.of(y)
    cka, overlap = debiased_cka(one, other), overlap_of(one, other, 2)
    if one.constant or other.constant:
        assert np.isnan(cka)
        assert np.isnan(overlap).all()
    else:
        assert -1 <= cka <= 1 or np.isnan(cka)
        assert cka == pytest.approx(debiased_cka(other, one), nan_ok=True)
        assert ((overlap >= 0) & (overlap <= 1)).all()
    if not one.constant:
        same = debiased_cka(one, one)  # of one input apart from equal ones, none is left
        assert np.isnan(same) or same == pytest.approx(1)
        assert (overlap_of(one, one, 2) == 1).all()


def test_neighbours_are_those_of_a_tree():
    x, _ = related(1, 50)
    expected = KDTree(x).query(x, 6)[1][:, 1:]
    found = nearest_neighbours(Geometry.of(x), 5)
    assert [set(np.flatnonzero(row)) for row in found] == [set(row) for row in expected]


def test_overlap_counts_common_neighbours():
    x, y = (Geometry.of(one) for one in related(2, 30))
    expected = [
        len(set(np.flatnonzero(one)) & set(np.flatnonzero(other))) / 4
        for one, other in zip(nearest_neighbours(x, 4), nearest_neighbours(y, 4), strict=True)
    ]
    assert overlap_of(x, y, 4).tolist() == expected


def test_inputs_that_are_equally_far_apart_have_no_similarity():
    equidistant = Geometry.of(np.eye(7))
    assert not equidistant.constant
    assert np.isnan(debiased_cka(equidistant, equidistant))


def test_constant_vectors_up_to_rounding_have_no_similarity():
    rng = np.random.default_rng(0)
    constant = (np.full((9, 4), 3.0) + 1e-6 * rng.normal(size=(9, 4))).astype(np.float32)
    x = Geometry.of(rng.normal(size=(9, 4)))
    for vectors in (constant, np.zeros((9, 4)), np.zeros((9, 0))):
        assert Geometry.of(vectors).constant
        assert np.isnan(debiased_cka(x, Geometry.of(vectors)))
        assert np.isnan(cka_without_each(x, Geometry.of(vectors))).all()
        assert np.isnan(overlap_of(x, Geometry.of(vectors), 2)).all()


@pytest.mark.parametrize(
    ("vectors", "message"),
    [
        (np.zeros((4, 3)), r"at least 5 inputs.*\(4, 3\)"),
        (np.zeros(9), "shape"),
        (np.full((6, 2), np.nan), "finite"),
        (np.full((6, 2), np.inf), "finite"),
    ],
)
def test_what_has_no_geometry_is_refused(vectors, message):
    with pytest.raises(UsageError, match=message):
        Geometry.of(vectors)


def test_unlike_inputs_and_counts_are_refused():
    x, y = Geometry.of(related(0, 8)[0]), Geometry.of(related(0, 9)[0])
    for compare in (debiased_cka, cka_without_each):
        with pytest.raises(UsageError, match="8 and 9 inputs"):
            compare(x, y)
    with pytest.raises(UsageError, match="8 and 9 inputs"):
        overlap_of(x, y, 3)
    for count in (0, 8):
        with pytest.raises(UsageError, match="1 to 7 neighbours"):
            nearest_neighbours(x, count)
