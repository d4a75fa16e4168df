from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve

from metacompress.errors import UsageError
from metacompress.stats.scores.calibration import (
    confidences,
    debiased_calibration_error,
    expected_calibration_error,
    reliability_bins,
)

CONFIDENCE = st.one_of(
    st.floats(0, 1), st.sampled_from([0.0, 1.0]), st.integers(0, 15).map(lambda i: i / 15)
)
ROWS = st.lists(st.tuples(CONFIDENCE, st.booleans()), min_size=1, max_size=60)


def arrays(rows):
    confidence, correct = zip(*rows, strict=True)
    return np.array(confidence), np.array(correct)


def gaps_by_loop(confidence, correct, bins):
    """(share of the rows, gap) of each bin with rows, as the definition reads."""
    edges = np.linspace(0, 1, bins + 1)
    found = []
    for low, high in itertools.pairwise(edges):
        inside = [
            (c, hit)
            for c, hit in zip(confidence, correct, strict=True)
            if low < c <= high or c == low == 0
        ]
        if inside:
            accuracy = sum(hit for _, hit in inside) / len(inside)
            mean = sum(c for c, _ in inside) / len(inside)
            found.append((len(inside) / len(confidence), abs(accuracy - mean)))
    return found


@given(ROWS, st.integers(1, 30))
@settings(deadline=None)
def test_errors_agree_with_the_definition(rows, bins):
    confidence, correct = arrays(rows)
    gaps = gaps_by_loop(confidence, correct, bins)
    expected = sum(share * gap for share, gap in gaps)
    assert expected_calibration_error(confidence, correct, bins) == pytest.approx(
        expected, abs=1e-12
    )


@given(ROWS, st.integers(1, 30))
@settings(deadline=None)
def test_errors_lie_in_the_unit_interval(rows, bins):
    confidence, correct = arrays(rows)
    expected = expected_calibration_error(confidence, correct, bins)
    assert 0 <= expected <= 1


@given(ROWS, st.integers(2, 30))
@settings(deadline=None)
def test_bins_agree_with_scikit_learn(rows, bins):
    confidence, correct = arrays(rows)
    accuracy, mean = calibration_curve(correct.astype(int), confidence, n_bins=bins)
    found = reliability_bins(confidence, correct, bins)
    filled = found.count > 0
    # A set of rows that are all right has one label, which scikit-learn takes for the negative.
    if not correct.all():
        np.testing.assert_allclose(found.accuracy[filled], accuracy, atol=1e-12)
    np.testing.assert_allclose(found.confidence[filled], mean, atol=1e-12)
    assert np.isnan(found.accuracy[~filled]).all()
    assert np.isnan(found.confidence[~filled]).all()
    assert found.count.sum() == len(rows)


def test_edges_belong_to_the_bin_they_close():
    edges = np.linspace(0, 1, 16)
    found = reliability_bins(edges, np.ones(16, dtype=bool))
    assert found.count.tolist() == [2] + [1] * 14
    np.testing.assert_array_equal(found.edges, edges)


@pytest.mark.parametrize(
    ("confidence", "correct", "expected"),
    [(1.0, True, 0.0), (1.0, False, 1.0), (0.0, False, 0.0), (0.0, True, 1.0)],
)
def test_errors_at_the_ends(confidence, correct, expected):
    rows = np.full(7, confidence), np.full(7, correct)
    assert expected_calibration_error(*rows) == expected


def test_no_rows_have_no_error():
    nothing = np.array([]), np.array([], dtype=bool)
    assert np.isnan(expected_calibration_error(*nothing))
    assert np.isnan(debiased_calibration_error(*nothing))
    assert np.isnan(reliability_bins(*nothing).accuracy).all()


def test_the_debiased_error_subtracts_what_resampled_accuracies_add():
    rng = np.random.default_rng(1)
    confidence = rng.uniform(0.4, 1.0, 300)
    correct = rng.random(300) < confidence - 0.05
    bins = reliability_bins(confidence, correct, 10)
    filled = bins.count > 0
    count, accuracy = bins.count[filled], bins.accuracy[filled]
    drawn = rng.normal(
        accuracy, np.sqrt(accuracy * (1 - accuracy) / count), (200_000, filled.sum())
    )
    plugged_in = expected_calibration_error(confidence, correct, 10)
    resampled = np.mean(np.abs(drawn - bins.confidence[filled]) @ count) / 300
    found = debiased_calibration_error(confidence, correct, 10)
    assert found == pytest.approx(plugged_in - (resampled - plugged_in), abs=5e-4)


def test_a_calibrated_model_has_less_error_without_the_bias():
    rng = np.random.default_rng(2)
    plugged_in, debiased = [], []
    for _ in range(200):
        confidence = rng.uniform(0.5, 1.0, 200)
        correct = rng.random(200) < confidence
        plugged_in.append(expected_calibration_error(confidence, correct))
        debiased.append(debiased_calibration_error(confidence, correct))
    assert np.mean(debiased) < 0.75 * np.mean(plugged_in)


@given(ROWS, st.integers(1, 30))
@settings(deadline=None)
def test_the_debiased_error_is_at_most_the_other(rows, bins):
    confidence, correct = arrays(rows)
    found = debiased_calibration_error(confidence, correct, bins)
    assert 0 <= found <= expected_calibration_error(confidence, correct, bins) + 1e-12


def test_settings_out_of_range_are_refused():
    with pytest.raises(UsageError, match="bins"):
        reliability_bins(np.zeros(3), np.zeros(3, dtype=bool), bins=0)
    with pytest.raises(UsageError, match="same shape"):
        expected_calibration_error(np.zeros(3), np.zeros(4, dtype=bool))


def test_confidence_is_the_largest_probability():
    assert confidences(np.array([[0.2, 0.5, 0.3], [1.0, 0.0, 0.0]])).tolist() == [0.5, 1.0]
    assert confidences(np.empty((0, 3))).shape == (0,)
