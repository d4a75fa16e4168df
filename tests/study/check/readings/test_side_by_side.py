from __future__ import annotations

import numpy as np
import pytest

from metacompress.data.part import Part
from metacompress.relations import make_relation
from metacompress.relations.outputs import Outputs
from metacompress.study.check.readings.judging import Reading, judging_stage
from metacompress.study.check.readings.side_by_side import differences_of, ranking_of

N = 200


def reading(name: str, wrong: range) -> Reading:
    teacher = np.eye(2)[[0] * N]
    student = np.eye(2)[[1 if row in wrong else 0 for row in range(N)]]
    sources = Outputs.of_sources(teacher, student, np.full(N, -1), np.arange(N))
    return judging_stage(
        [make_relation("prediction-agreement", {})],
        name,
        {Part.SOURCES: sources},
        confidence=0.95,
    )


def test_students_are_ordered_and_set_apart_by_paired_differences() -> None:
    students = [reading("b", range(60)), reading("a", range(20)), reading("c", range(61))]
    found = differences_of(students, confidence=0.95)
    assert [(one.first, one.second) for one in found] == [("b", "a"), ("b", "c"), ("a", "c")]
    assert [one.value for one in found] == pytest.approx([0.2, -0.005, -0.205])
    assert all(one.low <= one.value <= one.high for one in found)
    ranking = ranking_of({one.name: one for one in students}, found)
    assert ranking is not None
    assert (ranking.relation, ranking.part) == ("prediction-agreement", Part.SOURCES)
    assert ranking.order == ["a", "b", "c"]
    # One input more is no difference; the shared sixty cancel.
    assert ranking.apart == [True, False]
    assert found[1].high - found[1].low < 0.07


def test_more_students_widen_the_intervals() -> None:
    two = [reading("a", range(20)), reading("b", range(60))]
    (alone,) = differences_of(two, confidence=0.95)
    beside = differences_of([*two, reading("c", range(3))], confidence=0.95)[0]
    assert (alone.first, alone.second, alone.value) == (beside.first, beside.second, beside.value)
    assert beside.low < alone.low < alone.high < beside.high


def test_one_student_has_no_order() -> None:
    one = reading("a", range(20))
    assert differences_of([one], confidence=0.95) == []
    assert ranking_of({"a": one}, []) is None
