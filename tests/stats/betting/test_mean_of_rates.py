from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from metacompress.stats.betting.e_processes import Tally, evidence_above, evidence_below
from metacompress.stats.betting.mean_of_rates import MeanEvidence

CLASSES = [(8, 1), (5, 0), (0, 0)]


def tallies(classes) -> list[Tally]:
    """Classes of so many inputs, so many of them violations."""
    made = []
    for inputs, violations in classes:
        tally = Tally()
        tally.add((np.arange(inputs) < violations).astype(float), np.ones(inputs))
        made.append(tally)
    return made


def wealth(evidence, inputs, violations, rate) -> float:
    values = (np.arange(inputs) < violations).astype(float)
    return float(evidence(values, np.ones(inputs), rate)[-1]) if inputs else 0.0


@pytest.mark.parametrize("classes", [CLASSES[:2], CLASSES, [(30, 2), (3, 3)]])
@pytest.mark.parametrize("mean", [0.05, 0.2, 0.6])
@pytest.mark.parametrize("at_least", [True, False])
def test_evidence_is_the_least_product_over_allotments(classes, mean, at_least) -> None:
    evidence = evidence_below if at_least else evidence_above
    found = MeanEvidence(tallies(classes), at_least=at_least).against(mean)

    def least(target) -> float:
        grid = np.linspace(0, 1, 101)
        products = []
        for rates in itertools.product(grid, repeat=len(classes) - 1):
            last = target * len(classes) - sum(rates)
            if -1e-9 <= last <= 1 + 1e-9:
                allotted = [*rates, min(max(last, 0.0), 1.0)]
                products.append(
                    sum(wealth(evidence, *one, r) for one, r in zip(classes, allotted, strict=True))
                )
        return min(products)

    if len(classes) == 3:
        # The class that was never seen takes whatever refutes nothing.
        assert found <= least(mean) + 1e-9
        return
    assert found <= least(mean) + 1e-9
    # It understates by at most a step of the mean.
    assert found >= least(mean - 0.01 if at_least else mean + 0.01) - 0.05


def test_a_class_that_was_never_seen_leaves_the_mean_open() -> None:
    seen = tallies([(10_000, 0), (0, 0)])
    assert MeanEvidence(seen, at_least=True).against(0.05) <= 0
    assert MeanEvidence(seen, at_least=True).bound(0.025) == pytest.approx(0.5, abs=0.002)


@pytest.mark.parametrize(("rates", "share"), [((0.3, 0.3), 0.5), ((0.0, 0.6), 0.8)])
@pytest.mark.parametrize("at_least", [True, False])
@pytest.mark.parametrize("n", [1, 8])
def test_evidence_is_at_most_one_on_average_while_the_hypothesis_holds(
    rates, share, at_least, n
) -> None:
    # All counts of n inputs by class and violation, with their multinomial chance.
    kinds = [(0, 0), (0, 1), (1, 0), (1, 1)]
    chances = [
        (1 - share if c else share) * (rates[c] if violated else 1 - rates[c])
        for c, violated in kinds
    ]
    mean = 0.0
    for counts in itertools.product(range(n + 1), repeat=4):
        if sum(counts) != n:
            continue
        chance = math.factorial(n) * math.prod(
            p**count / math.factorial(count) for p, count in zip(chances, counts, strict=True)
        )
        made = tallies([(counts[0] + counts[1], counts[1]), (counts[2] + counts[3], counts[3])])
        mean += chance * np.exp(MeanEvidence(made, at_least=at_least).against(sum(rates) / 2))
    assert 0.5 < mean <= 1


def test_bounds_hold_the_means_that_are_not_refuted() -> None:
    made = tallies([(400, 8), (100, 10)])
    below, above = (MeanEvidence(made, at_least=side) for side in (True, False))
    low, high = above.bound(0.025), below.bound(0.025)
    assert low < (0.02 + 0.1) / 2 < high
    needed = -np.log(0.025)
    assert below.against(high + 1e-9) >= needed > below.against(high - 0.001)
    assert above.against(low - 1e-9) >= needed > above.against(low + 0.001)
