from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.errors import UsageError
from metacompress.stats.betting.e_processes import (
    evidence_above,
    evidence_below,
    evidence_of_counts,
)
from metacompress.stats.betting.stopping import stopping_time

inner = st.floats(0.01, 0.99)


@given(st.lists(st.booleans(), min_size=1, max_size=40), inner)
def test_evidence_by_counts_is_that_of_the_inputs(outcomes: list[bool], rate: float) -> None:
    violations = np.array(outcomes, dtype=float)
    counts = np.arange(1, len(outcomes) + 1)
    below, above = evidence_of_counts(np.cumsum(violations).astype(int), counts, rate)
    ones = np.ones(len(outcomes))
    np.testing.assert_allclose(below, evidence_below(violations, ones, rate), atol=1e-9)
    np.testing.assert_allclose(above, evidence_above(violations, ones, rate), atol=1e-9)


@given(inner, st.floats(0, 1), st.floats(0.05, 0.6), st.integers(1, 7))
@settings(max_examples=20, deadline=None)
def test_every_outcome_of_a_small_test(
    tolerance: float, rate: float, alpha: float, inputs: int
) -> None:
    needed, ones = -np.log(alpha), np.ones(inputs)
    expected = passes = fails = 0.0
    for outcome in product((0.0, 1.0), repeat=inputs):
        violations = np.array(outcome)
        chance = float(np.prod(np.where(violations > 0, rate, 1 - rate)))
        low = np.flatnonzero(evidence_below(violations, ones, tolerance) >= needed)
        high = np.flatnonzero(evidence_above(violations, ones, tolerance) >= needed)
        first_low = low[0] if len(low) else inputs
        first_high = high[0] if len(high) else inputs
        expected += chance * min(first_low + 1, first_high + 1, inputs)
        passes += chance * (first_low < first_high)
        fails += chance * (first_high < first_low)
    found = stopping_time(tolerance, rate, inputs=inputs, alpha=alpha)
    np.testing.assert_allclose(found, (expected, passes, fails), atol=1e-9)


@pytest.mark.parametrize("rate", [0.0, 0.01, 0.05, 0.2, 1.0])
def test_an_error_is_as_unlikely_as_promised(rate: float) -> None:
    found = stopping_time(0.05, rate, inputs=1000, alpha=0.02)
    wrong = found.passes if rate >= 0.05 else 0.0
    wrong += found.fails if rate <= 0.05 else 0.0
    assert wrong <= 0.02 * (2 if rate == 0.05 else 1)
    assert 1 <= found.inputs <= 1000
    if rate in (0.0, 0.2, 1.0):
        assert found.passes + found.fails == pytest.approx(1)


def test_values_out_of_range() -> None:
    for bad in ({"tolerance": 0.0}, {"rate": 1.5}, {"inputs": 0}, {"alpha": 1.0}, {"rate": np.nan}):
        with pytest.raises(UsageError):
            stopping_time(**{"tolerance": 0.1, "rate": 0.2, "inputs": 5, "alpha": 0.05, **bad})
