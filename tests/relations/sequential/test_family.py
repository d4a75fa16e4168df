from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.relations import DEFAULT_RELATIONS, make_relation
from metacompress.relations.estimand import SourceScores
from metacompress.relations.evaluation import evaluate
from metacompress.relations.outputs import Outputs
from metacompress.relations.sequential.family import (
    SequentialFamily,
    last_verdicts,
    split_error,
)
from metacompress.stats.intervals.variances import Dependence
from metacompress.stats.verdict import Verdict

RATE = ((0.0, 1.0), (0.0, 0.3))
TWO_SIDED = ((-1.0, 1.0), (-0.2, 0.2))
ONE_SIDED = ((-1.0, 1.0), (-np.inf, 0.2))


def scores(values, design, applicable=None) -> SourceScores:
    values = np.array(values, dtype=float)
    applicable = np.ones(len(values)) if applicable is None else np.array(applicable, dtype=float)
    bounds, limits = design
    return SourceScores(
        values,
        applicable,
        Dependence.of(np.arange(len(values))),
        int(np.count_nonzero(applicable)),
        bounds,
        limits,
        "",
    )


def followed(family, outcomes, n, chance=1.0):
    """Every sequence of n batches of one source: how the family ends, and the chance of it.

    Args:
        family: before the first.
        outcomes: chances by the value of each row, in the order of its rows.
    """
    if n == 0:
        yield family, chance
        return
    for values, share in outcomes.items():
        longer = copy.deepcopy(family)
        rows = zip(family.rows, values, strict=True)
        longer.add(1, {name: [scores([value], longer.design)] for name, value in rows})
        yield from followed(longer, outcomes, n - 1, chance * share)


def ever(design, outcomes, n, *, alpha, margin=0.0) -> tuple[float, float]:
    """Chances that a row ever passes and ever fails, over every sequence of n outcomes."""
    family = SequentialFamily(["row"], alpha=alpha, margin=margin)
    family.design = design
    passed = failed = 0.0
    for end, chance in followed(family, {(value,): p for value, p in outcomes.items()}, n):
        passed += chance * (end.rows["row"].verdict is Verdict.PASS)
        failed += chance * (end.rows["row"].verdict is Verdict.FAIL)
    return passed, failed


@pytest.mark.parametrize(
    ("design", "outcomes"),
    [
        (RATE, {0.0: 0.7, 1.0: 0.3}),
        (TWO_SIDED, {-1.0: 0.1, 0.0: 0.6, 1.0: 0.3}),
        (TWO_SIDED, {-1.0: 0.3, 0.0: 0.6, 1.0: 0.1}),
        (ONE_SIDED, {-1.0: 0.1, 0.0: 0.6, 1.0: 0.3}),
    ],
)
def test_a_row_at_its_limit_is_decided_at_most_at_the_level(design, outcomes) -> None:
    n, alpha = (8, 0.4) if design is RATE else (5, 0.8)
    passed, failed = ever(design, outcomes, n, alpha=alpha)
    assert passed <= alpha
    assert failed <= alpha
    assert passed + failed > 0.05


def test_a_margin_bounds_the_errors_at_its_own_ends() -> None:
    assert ever(RATE, {0.0: 0.6, 1.0: 0.4}, 7, alpha=0.4, margin=0.1)[0] <= 0.4
    assert ever(RATE, {0.0: 0.8, 1.0: 0.2}, 7, alpha=0.4, margin=0.1)[1] <= 0.4


@pytest.mark.parametrize(
    "outcomes", [{(0, 0): 0.7, (1, 1): 0.3}, {(0, 0): 0.4, (0, 1): 0.3, (1, 0): 0.3}]
)
def test_any_wrong_fail_among_rows_is_at_most_as_likely_as_the_level(outcomes) -> None:
    # Two rows at their limits, of one mind and never of one mind.
    family = SequentialFamily("ab", alpha=0.4)
    family.design = RATE
    wrong = named = 0.0
    for end, chance in followed(family, outcomes, 5):
        wrong += chance * (end.failed_at is not None)
        named += chance * any(row.verdict is Verdict.FAIL for row in end.rows.values())
    assert 0 < named <= wrong <= 0.4


def test_a_named_row_never_lacks_a_failed_family() -> None:
    rng = np.random.default_rng(0)
    family = SequentialFamily("abc", alpha=0.015)
    for _ in range(40):
        family.add(
            8,
            {
                "a": [scores(rng.random(8) < 0.6, RATE)],
                "b": [scores(rng.random(8) < 0.1, RATE)],
                "c": [scores(np.zeros(8), RATE, np.zeros(8))],
            },
        )
    assert [row.verdict for row in family.rows.values()] == [Verdict.FAIL, Verdict.PASS, None]
    assert family.failed_at <= family.rows["a"].decided_at
    assert family.open == []  # nothing was applicable to the third
    assert family.verdict is Verdict.FAIL


def test_a_family_may_fail_before_a_row_is_named_and_passes_with_its_rows() -> None:
    family = SequentialFamily("ab", alpha=0.015)
    assert family.verdict is Verdict.UNDECIDED
    for _ in range(9):
        family.add(1, {name: [scores([1], RATE)] for name in "ab"})
    assert family.failed_at is not None
    passing = SequentialFamily("ab", alpha=0.015)
    passing.add(50, {name: [scores(np.zeros(50), RATE)] for name in "ab"})
    assert passing.verdict is Verdict.PASS


def test_a_decision_stands_whatever_follows() -> None:
    family = SequentialFamily(["row"], alpha=0.015)
    family.add(30, {"row": [scores(np.zeros(30), RATE)]})
    family.add(200, {"row": [scores(np.ones(200), RATE)]})
    row = family.rows["row"]
    assert (row.verdict, row.decided_at) == (Verdict.PASS, 30)
    family.last_test({"row": scores(np.ones(230), RATE)}, 0.01)
    assert (row.verdict, row.by_last_test) == (Verdict.PASS, False)


def test_the_last_test_decides_what_is_open() -> None:
    family = SequentialFamily("ab", alpha=1e-9)
    values = (np.arange(60) % 10 == 0).astype(float)
    family.add(60, {"a": [scores(values, RATE)], "b": [scores(np.ones(60), RATE)]})
    assert family.open == ["a"]
    family.last_test({"a": scores(values, RATE), "b": scores(values, RATE)}, 0.01)
    assert (family.rows["a"].verdict, family.rows["a"].by_last_test) == (Verdict.PASS, True)
    assert (family.rows["b"].verdict, family.rows["b"].by_last_test) == (Verdict.FAIL, False)


@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.02, 0.05, 0.1, 0.3]))
@settings(deadline=None, max_examples=20)
def test_without_a_margin_the_last_test_is_that_of_a_fixed_sample(seed, flips) -> None:
    rng = np.random.default_rng(seed)
    teacher, student = rng.dirichlet([1, 1], 200), rng.dirichlet([1, 1], 200)
    same = rng.random(200) >= flips
    student[same] = teacher[same]
    outputs = Outputs.of_sources(teacher, student, rng.integers(0, 2, 200), np.arange(200))
    relations = [one for name in DEFAULT_RELATIONS if (one := make_relation(name, {})).on_sources]
    fixed = evaluate([(one, outputs) for one in relations], confidence=0.98)
    found = last_verdicts(
        {one.name: one.scores(outputs) for one in relations}, alpha=0.01, margin=0.0
    )
    for relation, one in zip(relations, fixed, strict=True):
        assert found.get(relation.name, Verdict.UNDECIDED) == (one.verdict or Verdict.UNDECIDED)


def test_a_margin_decides_near_the_limit() -> None:
    values = (np.arange(1000) % 10 < 3).astype(float)
    at_limit = {"row": scores(values, RATE)}
    assert last_verdicts(at_limit, alpha=0.01, margin=0.0) == {}
    assert last_verdicts(at_limit, alpha=0.01, margin=0.1) != {}


def test_macro_disagreement_passes_only_when_every_class_was_seen() -> None:
    relation = make_relation("macro-disagreement", {})
    p = np.tile([0.9, 0.1], (1500, 1))
    rare = p.copy()
    rare[::20] = [0.1, 0.9]
    for teacher, verdict in ((p, None), (rare, Verdict.PASS)):
        outputs = Outputs.of_sources(teacher, teacher, np.zeros(1500, int), np.arange(1500))
        family = SequentialFamily(["row"], alpha=0.015)
        family.add(1500, {"row": relation.strata(outputs)})
        assert family.rows["row"].verdict is verdict
    # A student that gives the rare class up fails, although it agrees on 95 of 100.
    outputs = Outputs.of_sources(rare, p, np.zeros(1500, int), np.arange(1500))
    family = SequentialFamily(["row"], alpha=0.015)
    family.add(1500, {"row": relation.strata(outputs)})
    assert family.rows["row"].verdict is Verdict.FAIL
    family.narrow()
    low, high = family.rows["row"].interval
    assert low < 0.5 < high


def test_the_parts_of_the_error_are_all_of_it() -> None:
    assert split_error(0.95) == pytest.approx((0.015, 0.010))
