from __future__ import annotations

import numpy as np
import pytest

from metacompress.data.part import Part
from metacompress.relations import make_relation
from metacompress.relations.outputs import Outputs
from metacompress.stats.intervals.differences import difference_of_ratios
from metacompress.stats.intervals.variances import Dependence
from metacompress.stats.verdict import Verdict
from metacompress.study.check.readings.comparison import compare_readings, verdict_of
from metacompress.study.check.readings.judging import Reading, judging_stage

RELATIONS = ("prediction-agreement", "calibration-alignment")


def reading(name: str, wrong: range, n: int = 400, sure: float = 1.0, labels: int = 0) -> Reading:
    teacher = np.eye(2)[[0] * n]
    answers = np.array([[sure, 1 - sure], [1 - sure, sure]])
    student = answers[[1 if row in wrong else 0 for row in range(n)]]
    sources = Outputs.of_sources(teacher, student, np.full(n, labels), np.arange(n))
    relations = [make_relation(one, {}) for one in RELATIONS]
    return judging_stage(relations, name, {Part.SOURCES: sources}, confidence=0.95)


def compared(first: Reading, second: Reading, worse_by: float = 0.01):
    return compare_readings(first, second, worse_by=worse_by, confidence=0.95)


@pytest.mark.parametrize(
    ("before", "after", "worse_by", "verdict"),
    [
        (range(20), range(20), 0.05, Verdict.PASS),
        (range(20), range(20), 0.001, Verdict.UNDECIDED),
        (range(20), range(80), 0.05, Verdict.FAIL),
        (range(20), range(24), 0.01, Verdict.UNDECIDED),
        (range(80), range(20), 0.0, Verdict.PASS),
    ],
)
def test_a_student_is_held_against_the_one_before(
    before: range, after: range, worse_by: float, verdict: Verdict
) -> None:
    rows = compared(reading("a", before, labels=-1), reading("b", after, labels=-1), worse_by)
    row = rows["prediction-agreement"][Part.SOURCES]
    assert row.verdict is verdict
    assert row.difference == pytest.approx((len(after) - len(before)) / 400)
    assert row.low is not None
    assert row.high is not None
    if verdict is Verdict.PASS:
        assert row.high < worse_by
    elif verdict is Verdict.FAIL:
        assert row.low > worse_by
    # Without a label there is no calibration, which takes no part.
    assert rows["calibration-alignment"][Part.SOURCES].verdict is None
    assert rows["calibration-alignment"][Part.SOURCES].difference is None
    assert verdict_of(rows) is verdict


def test_the_interval_is_that_of_students_side_by_side() -> None:
    first, second = reading("a", range(20)), reading("b", range(10, 60))
    row = compared(first, second)["prediction-agreement"][Part.SOURCES]
    ones = np.ones(400)
    events = [
        np.isin(np.arange(400), list(one)).astype(float) for one in (range(20), range(10, 60))
    ]
    expected = difference_of_ratios(
        (events[1], ones), (events[0], ones), Dependence.of(np.arange(400)), confidence=0.95
    )
    assert (row.low, row.high) == pytest.approx((expected.low, expected.high))


def test_a_gap_is_worse_further_from_nought_on_either_side() -> None:
    # Sure and right, nearly as sure, hardly sure: over-confidence of 0, -0.1 and -0.3.
    exact, near, far = (reading("x", range(0), sure=one) for one in (1.0, 0.9, 0.7))
    assert near.evaluations["calibration-alignment"][Part.SOURCES].estimate.value < 0
    worse = compared(near, far, 0.1)["calibration-alignment"][Part.SOURCES]
    assert worse.distances
    assert worse.difference == pytest.approx(0.2)
    assert worse.verdict is Verdict.FAIL
    better = compared(near, exact, 0.05)["calibration-alignment"][Part.SOURCES]
    assert better.difference == pytest.approx(-0.1)
    assert better.verdict is Verdict.PASS


def test_few_sources_leave_no_room_beyond_what_values_can_be() -> None:
    few = [reading(name, wrong, n=4) for name, wrong in (("a", range(4)), ("b", range(2)))]
    row = compared(*few)["calibration-alignment"][Part.SOURCES]
    assert row.distances
    assert row.difference == pytest.approx(-0.5)
    # Over-confidence of two models, in [-1, 1] each: the distances of their gaps are in [0, 2].
    assert (row.low, row.high) == (-2, 2)


def test_a_wrong_fail_is_no_likelier_with_more_rows() -> None:
    rng = np.random.default_rng(11)
    relations = [make_relation(one, {}) for one in (*RELATIONS, "macro-disagreement")]
    n, runs, fails = 150, 60, 0
    for _ in range(runs):
        readings = []
        teacher = np.eye(2)[rng.integers(0, 2, n)]
        for name in ("a", "b"):
            wrong = rng.random(n) < 0.2
            student = np.where(wrong[:, None], teacher[:, ::-1], teacher)
            sources = Outputs.of_sources(teacher, student, np.full(n, -1), np.arange(n))
            readings.append(judging_stage(relations, name, {Part.SOURCES: sources}, confidence=0.9))
        rows = compare_readings(*readings, worse_by=0.0, confidence=0.9)
        fails += verdict_of(rows) is Verdict.FAIL
    assert fails <= 60 * 0.05 + 3 * np.sqrt(60 * 0.05 * 0.95)


def test_one_source_and_no_source_decide_nothing() -> None:
    rows = compared(reading("a", range(0), n=1), reading("b", range(1), n=1))
    assert rows["prediction-agreement"][Part.SOURCES].verdict is Verdict.UNDECIDED
    assert verdict_of({}) is Verdict.UNDECIDED
