from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import softmax

from metacompress.errors import UsageError
from metacompress.stats.scores.temperature import apply_temperature, closest_temperature

WEIGHTS = st.one_of(st.sampled_from([0.0, 1e-300, 0.5, 0.5 + 1e-16, 1.0]), st.floats(0, 1))
TEMPERATURES = st.one_of(st.floats(0.01, 100), st.sampled_from([0.01, 1.0, 100.0, 1e6]))


@st.composite
def probabilities(draw):
    k = draw(st.integers(2, 5))
    row = st.lists(WEIGHTS, min_size=k, max_size=k).filter(lambda weights: sum(weights) > 0)
    weights = np.array(draw(st.lists(row, min_size=1, max_size=4)))
    return weights / weights.sum(axis=1, keepdims=True)


def sampled(temperature, n=4000, k=3):
    """Calibrated probabilities distorted by ``temperature``, and labels drawn from the former."""
    rng = np.random.default_rng(0)
    logits = rng.normal(scale=2, size=(n, k))
    p = softmax(logits, axis=1)
    labels = (p.cumsum(axis=1) < rng.random((n, 1))).sum(axis=1)
    return softmax(logits / temperature, axis=1), labels


@given(probabilities(), TEMPERATURES)
@settings(deadline=None)
def test_temperature_never_changes_the_argmax(p, t):
    scaled = apply_temperature(p, t)
    assert (scaled.argmax(axis=1) == p.argmax(axis=1)).all()
    np.testing.assert_allclose(scaled.sum(axis=1), 1, rtol=1e-12)
    assert (scaled >= 0).all()
    assert (scaled <= 1).all()


def test_winner_by_one_rounding_step_stays_the_winner():
    p = np.array([[0.5, np.nextafter(0.5, 1)], [np.nextafter(0.5, 0), 0.5]])
    assert apply_temperature(p, 100.0).argmax(axis=1).tolist() == [1, 1]


@pytest.mark.parametrize("t", [0.3, 1.0, 2.0, 50.0])
def test_applying_agrees_with_softmax_of_scaled_logits(t):
    logits = np.random.default_rng(1).normal(scale=3, size=(50, 4))
    np.testing.assert_allclose(
        apply_temperature(softmax(logits, axis=1), t), softmax(logits / t, axis=1), rtol=1e-12
    )


def test_certain_rows_stay_certain():
    p = np.array([[1.0, 0.0], [0.0, 1.0]])
    for t in (0.01, 1.0, 100.0):
        np.testing.assert_array_equal(apply_temperature(p, t), p)


@pytest.mark.parametrize("t", [0.0, -1.0, float("inf"), float("nan")])
def test_temperature_must_be_positive_and_finite(t):
    with pytest.raises(UsageError, match="temperature"):
        apply_temperature(np.array([[0.5, 0.5]]), t)


@pytest.mark.parametrize("temperature", [0.2, 1.0, 1.1, 7.0])
def test_the_closest_temperature_undoes_one(temperature: float) -> None:
    p = np.random.default_rng(3).dirichlet([1, 1, 1], 200)
    heated = apply_temperature(p, temperature)
    assert closest_temperature(heated, p) == pytest.approx(1 / temperature, rel=1e-3)
    # A few rows of other classes do not move it far.
    heated[:10] = heated[:10, ::-1]
    assert closest_temperature(heated, p) == pytest.approx(1 / temperature, rel=0.15)


def test_the_closest_temperature_needs_rows_of_one_shape() -> None:
    for targets in (np.ones((2, 3)) / 3, np.ones((0, 2))):
        with pytest.raises(UsageError):
            closest_temperature(np.ones((len(targets) and 2, 2)) / 2, targets)
