from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.errors import UsageError
from metacompress.stats.betting.e_processes import evidence_above, evidence_below
from metacompress.stats.intervals.excess import evidence_of_excess

# Units as (V, A, W, B): inside only, elsewhere only, both, and of several inputs each.
APART = [(0, 1, 0, 0), (1, 1, 0, 0), (0, 0, 0, 1), (0, 0, 1, 1)]
BOTH = [
    (0, 0.5, 0, 0.5),
    (0.5, 0.5, 0, 0.5),
    (0, 0.5, 0.5, 0.5),
    (0.5, 0.5, 0.5, 0.5),
    (0, 0, 1, 1),
]
WEIGHED = [(0, 2, 0, 0), (0, 1, 0, 0), (1.5, 2, 0, 0), (0, 0, 0, 3), (0, 0, 3, 3)]


def rates(units, chances):
    v, a, w, b = (np.array(units) * np.array(chances)[:, None]).sum(axis=0)
    return v / a, w / b


def mean_evidence(units, chances, n):
    """The expectation over every outcome of n units."""
    total = 0.0
    for counts in itertools.combinations_with_replacement(range(len(units)), n):
        chosen = np.array([units[i] for i in counts], dtype=float)
        # The evidence does not depend on the order: one multiset stands for all its orders.
        times = np.bincount(counts, minlength=len(units))
        ways = np.exp(
            np.log(np.arange(1, n + 1)).sum()
            - sum(np.log(np.arange(1, k + 1)).sum() for k in times)
        )
        chance = ways * np.prod(np.array(chances) ** times)
        total += chance * np.exp(evidence_of_excess(*chosen.T))
    return total


@pytest.mark.parametrize(
    ("units", "chances", "n"),
    [
        (APART, [0.3, 0.2, 0.3, 0.2], 9),
        (APART, [0.09, 0.01, 0.8, 0.1], 9),
        (APART, [0.01, 0.49, 0.01, 0.49], 9),
        (BOTH, [0.4, 0.2, 0.2, 0.2, 0.0], 6),
        (BOTH, [0.5, 0.1, 0.1, 0.2, 0.1], 6),
        (WEIGHED, [0.2, 0.2, 0.1, 0.35, 0.15], 6),
    ],
)
def test_evidence_is_at_most_one_on_average_while_the_rate_inside_is_no_greater(units, chances, n):
    inside, elsewhere = rates(units, chances)
    assert inside <= elsewhere + 1e-12
    assert mean_evidence(units, chances, n) <= 1


def test_evidence_grows_where_the_rate_inside_is_greater():
    assert mean_evidence(APART, [0.1, 0.4, 0.45, 0.05], 9) > 2


def test_wrong_claims_are_rare_among_many_simulated_studies():
    rng = np.random.default_rng(0)
    claims = 0
    for _ in range(200):
        inside = rng.random(200) < 0.3
        violated = rng.random(200) < 0.1
        log_e = evidence_of_excess(
            violated * inside * 1.0, inside * 1.0, violated * (~inside), (~inside) * 1.0
        )
        claims += log_e >= np.log(10)
    assert claims <= 20


@given(st.integers(0, 10**6), st.floats(0, 1), st.floats(0, 1), st.integers(1, 40))
@settings(deadline=None, max_examples=25)
def test_evidence_is_below_that_of_gamblers_who_know_the_rate_between(seed, p, q, n):
    """The oracle: for one rate between, both bets with the same stakes, unit by unit."""
    rng = np.random.default_rng(seed)
    inside = rng.random(n) < 0.5
    v = (rng.random(n) < np.where(inside, p, q)).astype(float)
    a = inside.astype(float)
    found = evidence_of_excess(v * a, a, v * (1 - a), 1 - a)
    assert found >= -np.log(20) - 1e-9
    for rate in (0.2, 0.5, 0.8):
        wealth = 0.0
        for s, t in itertools.product((0.0, 0.008, 0.025, 0.08, 0.3), (0.0, 0.06, 0.2, 0.6)):
            one = 1.0
            for violated, is_inside in zip(v, inside, strict=True):
                one *= (
                    1 + s * (violated / rate - 1)
                    if is_inside
                    else 1 + t * (rate - violated) / (1 - rate)
                )
            wealth += one / 20
        assert found <= np.log(wealth) + 1e-9


def test_order_and_scale_do_not_matter():
    rng = np.random.default_rng(1)
    a, b = rng.random(30), rng.random(30)
    v, w = a * rng.random(30), b * rng.random(30) * 0.2
    found = evidence_of_excess(v, a, w, b)
    assert evidence_of_excess(v[::-1], a[::-1], w[::-1], b[::-1]) == pytest.approx(found)
    assert evidence_of_excess(5 * v, 5 * a, w / 7, b / 7) == pytest.approx(found)


@pytest.mark.parametrize(
    "units",
    [
        np.zeros((0, 4)),
        np.zeros((3, 4)),
        np.tile([1.0, 1, 0, 0], (9, 1)),
        np.tile([0.0, 0, 0, 1], (9, 1)),
        np.array([[0.0, 1, 0, 0], [0, 0, 0, 1]] * 9),
        np.array([[1.0, 1, 0, 0], [0, 0, 1, 1]] * 9),
    ],
)
def test_there_is_no_evidence_where_nothing_can_be_compared_or_nothing_differs(units):
    assert -np.log(20) - 1e-9 <= evidence_of_excess(*units.T) <= 1e-9


def test_all_violated_inside_and_none_elsewhere_is_as_clear_as_it_gets():
    units = np.array([[1.0, 1, 0, 0], [0, 0, 0, 1]] * 30)
    clear = evidence_of_excess(*units.T)
    assert clear > 5
    assert clear < evidence_of_excess(*np.tile(units, (2, 1)).T)
    assert clear < evidence_above(np.ones(30), np.ones(30), 0.5)[-1] + evidence_below(
        np.zeros(30), np.ones(30), 0.5
    )[-1] + np.log(20)


@pytest.mark.parametrize("units", [[1.0, 0.5, 0, 0], [-1.0, 1, 0, 0], [0.0, 1, 1, 0.5]])
def test_impossible_numbers_are_refused(units):
    with pytest.raises(UsageError, match="0 <= V <= A"):
        evidence_of_excess(*np.array([units, units]).T)
    with pytest.raises(UsageError, match="same shape"):
        evidence_of_excess(np.zeros(2), np.zeros(2), np.zeros(2), np.zeros(3))
