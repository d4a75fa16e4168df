from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.errors import UsageError
from metacompress.stats.betting.stratified import bounds, evidence_of_fail, evidence_of_pass
from metacompress.stats.betting.survey import Survey


class EveryPath:
    """Stands in for a random generator and takes every path once, with its probability."""

    def __init__(self):
        self.taken: list[tuple[int, np.ndarray]] = []
        self.position = 0

    def paths(self):
        while True:
            self.position = 0
            yield self
            while self.taken and not np.any(self.taken[-1][1][self.taken[-1][0] + 1 :]):
                self.taken.pop()
            if not self.taken:
                return
            last, chances = self.taken.pop()
            step = 1 + int(np.argmax(chances[last + 1 :] > 0))
            self.taken.append((last + step, chances))

    @property
    def probability(self):
        return np.prod([chances[taken] for taken, chances in self.taken])

    def _take(self, chances):
        if self.position == len(self.taken):
            self.taken.append((int(np.argmax(chances > 0)), chances))
        self.position += 1
        return self.taken[self.position - 1][0]

    def choice(self, n, p):
        return self._take(np.array(p))

    def integers(self, n):
        return self._take(np.full(n, 1 / n))


def finished(values, weights, tolerance, rng, batch=1):
    survey = Survey(np.arange(len(values), dtype=float), weights, [tolerance], rng, count=2)
    while not survey.is_complete:
        survey.tell(values[survey.draw(batch, [0])][np.newaxis])
    return survey


@pytest.mark.parametrize(("tolerance", "batch"), [(0.5, 1), (0.5, 2), (0.25, 1)])
def test_every_order_of_every_small_population_errs_at_most_at_the_level(tolerance, batch):
    alpha, weights = 0.7, np.ones(4)
    reached = 0
    for values in map(np.array, itertools.product([0.0, 1.0], repeat=4)):
        wrong = total = 0.0
        for path in EveryPath().paths():
            estimates = finished(values, weights, tolerance, path, batch).estimates(0)
            holds = values.mean() <= tolerance
            evidence = (evidence_of_fail if holds else evidence_of_pass)(estimates, tolerance)
            total += path.probability
            wrong += path.probability * (evidence.max() >= -np.log(alpha))
        assert total == pytest.approx(1)
        assert wrong <= alpha
        reached += wrong > 0
    assert reached


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        ([1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0]),
        ([0.0, 0.5, 0.0, 1.0], [1.0, 0.5, 0.25, 1.0]),
        ([0.0, 0.0, 0.3, 1.0], [0.2, 1.0, 1.0, 0.1]),
    ],
)
def test_estimates_are_the_rate_and_wealth_stays_one_on_average(values, weights):
    values, weights = np.array(values), np.array(weights)
    rate = values @ weights / weights.sum()
    mean, of_pass, of_fail = (np.zeros(len(values) - 1) for _ in range(3))
    for path in EveryPath().paths():
        estimates = finished(values, weights, 0.1, path).estimates(0)
        assert np.all(estimates.lowest <= estimates.values + 1e-12)
        assert np.all(estimates.values <= estimates.highest + 1e-12)
        # After the last draw nothing is left to chance.
        mean += path.probability * estimates.values[:-1]
        of_pass += path.probability * np.exp(evidence_of_pass(estimates, rate)[:-1])
        of_fail += path.probability * np.exp(evidence_of_fail(estimates, rate)[:-1])
    assert mean == pytest.approx(np.full(len(mean), rate))
    # Infinite wealth comes only where the rate is known, and then it is no error.
    assert of_pass[0] == pytest.approx(1)
    assert of_fail == pytest.approx(np.ones(len(mean)))


@given(
    seed=st.integers(0, 10**6),
    n=st.integers(1, 30),
    batch=st.integers(1, 40),
    kind=st.sampled_from([0.0, 0.1, 0.5, 1.0]),
    tolerance=st.sampled_from([0.0, 0.05, 1.0]),
)
@settings(deadline=None, max_examples=15)
def test_a_whole_survey_asks_each_input_once_and_ends_with_the_rates(
    seed, n, batch, kind, tolerance
):
    rng = np.random.default_rng(seed)
    values = (rng.random((2, n)) < kind) * rng.choice([0.5, 1.0], (2, n))
    weights = rng.choice([0.25, 1 / 3, 1.0], n)
    survey = Survey(rng.random(n), weights, [tolerance, 0.2], rng)
    asked: list[int] = []
    while not survey.is_complete:
        drawn = survey.draw(batch, [0, 1])
        survey.tell(values[:, drawn])
        asked += drawn
    assert sorted(asked) == list(range(n))
    for row in (0, 1):
        rate = values[row] @ weights / weights.sum()
        estimates = survey.estimates(row)
        assert estimates.least[-1] == pytest.approx(rate)
        assert estimates.most[-1] == pytest.approx(rate)
        low, high = bounds(estimates, alpha=1e-9)
        assert low <= rate + 1e-6
        assert high >= rate - 1e-6


def test_the_same_seed_draws_the_same_inputs_and_prefers_small_scores():
    values = (np.arange(800) < 40).astype(float)
    drawn = []
    for _ in range(2):
        survey = Survey(np.arange(800.0), np.ones(800), [0.04], np.random.default_rng(3))
        asked: list[int] = []
        for _ in range(10):
            asked += (batch := survey.draw(20, [0]))
            survey.tell(values[batch][np.newaxis])
        drawn.append(asked)
    assert drawn[0] == drawn[1]
    assert np.mean(np.array(drawn[0]) < 100) > 2 / 8


@pytest.mark.parametrize(
    ("scores", "weights"),
    [([], []), ([0.1], [0.0]), ([np.nan], [1.0]), ([0.1, 0.2], [1.0]), ([0.1], [-1.0])],
)
def test_unfit_inputs_are_refused(scores, weights):
    with pytest.raises(UsageError):
        Survey(np.array(scores), np.array(weights), [0.1], np.random.default_rng(0))


def test_values_must_be_told_in_order_and_range():
    survey = Survey(np.arange(4.0), np.ones(4), [0.1], np.random.default_rng(0))
    survey.draw(2, [0])
    with pytest.raises(UsageError, match="before the next"):
        survey.draw(1, [0])
    with pytest.raises(UsageError, match="shape"):
        survey.tell(np.zeros((1, 3)))
    with pytest.raises(UsageError, match="0 to 1"):
        survey.tell(np.array([[0.0, 2.0]]))
