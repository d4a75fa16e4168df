from __future__ import annotations

import math

import numpy as np
import pytest

from metacompress.errors import UsageError
from metacompress.stats.planning import decidable_rates, inputs_needed, sources_needed


def test_the_planned_number_of_inputs_decides_as_often_as_planned():
    rng = np.random.default_rng(0)
    n = math.ceil(inputs_needed(0.05, 0.03, alpha=0.025, power=0.8))
    rates = rng.binomial(n, 0.03, 20000) / n
    # The test that the formula plans for: the score test of the tolerance.
    decided = rates < 0.05 - 1.959964 * math.sqrt(0.05 * 0.95 / n)
    assert decided.mean() == pytest.approx(0.8, abs=0.03)


def test_variants_of_one_mind_are_worth_one():
    assert sources_needed(100, variants=5, correlation=1, share=1) == pytest.approx(100)
    assert sources_needed(100, variants=5, correlation=0, share=0.5) == pytest.approx(40)


def test_decidable_rates_are_those_that_need_as_many_inputs():
    below, above = decidable_rates(0.05, 2000, alpha=0.025, power=0.8)
    for rate in (below, above):
        assert inputs_needed(0.05, rate, alpha=0.025, power=0.8) == pytest.approx(2000)
    assert below < 0.05 < above


def test_few_inputs_decide_nothing_below():
    below, above = decidable_rates(0.05, 20, alpha=0.025, power=0.8)
    assert below is None
    assert above is not None


def test_a_rate_at_the_tolerance_is_never_told_from_it():
    assert inputs_needed(0.05, 0.05, alpha=0.025, power=0.8) == math.inf


def test_values_out_of_range_are_refused():
    with pytest.raises(UsageError):
        inputs_needed(0.0, 0.1, alpha=0.025, power=0.8)
    with pytest.raises(UsageError):
        sources_needed(10, variants=0, correlation=0, share=1)
