from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import metacompress
from metacompress.data.part import Part
from metacompress.relations import make_relation
from metacompress.relations.outputs import Outputs
from metacompress.study.check.readings.floor import floor_part
from metacompress.study.check.readings.judging import judging_stage

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"


def reading(name: str, wrong: list[int], n: int = 20):
    teacher = np.eye(2)[[0] * n]
    student = np.eye(2)[[1 if row in wrong else 0 for row in range(n)]]
    sources = Outputs.of_sources(teacher, student, np.full(n, -1), np.arange(n))
    return judging_stage(
        [make_relation("prediction-agreement", {})],
        name,
        {Part.SOURCES: sources},
        confidence=0.95,
    )


def test_what_a_student_violates_beyond_the_floor_is_paired_by_source() -> None:
    found = floor_part(
        reading("student", [0, 1, 2, 3, 4]),
        reading("floor", [0, 1, 2, 3]),
        "prediction-agreement",
        Part.SOURCES,
        confidence=0.95,
    )
    assert found.value == pytest.approx(0.2)
    assert found.excess == pytest.approx(0.05)
    # Four shared violations cancel: far narrower than two rates of 20 inputs beside each other.
    assert found.excess_high - found.excess_low < 0.55
    assert found.excess_low < 0 < found.excess_high
    same = floor_part(
        reading("student", [1]),
        reading("floor", [1]),
        "prediction-agreement",
        Part.SOURCES,
        confidence=0.95,
    )
    assert same.excess == 0
    assert -0.25 < same.excess_low < 0 < same.excess_high < 0.25


def test_every_row_has_its_floor(devign_file: Path, tmp_path: Path) -> None:
    result = metacompress.check(
        "mock:",
        "mock:?seed=1",
        devign_file,
        task=TASK,
        floor="mock:?seed=2",
        transforms=("rename-identifiers",),
        run=tmp_path / "run",
    )
    for relation in result.relations.values():
        for _, judged in relation.parts():
            assert judged.floor is not None
            assert judged.floor.low <= judged.floor.value <= judged.floor.high
            difference = judged.value - judged.floor.value
            assert judged.floor.excess == pytest.approx(difference)
            assert judged.floor.excess_low <= difference <= judged.floor.excess_high
    assert "beyond it" in result.to_html()
