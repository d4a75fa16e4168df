from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from metacompress.data.part import Part
from metacompress.errors import UsageError
from metacompress.study.check.config import CheckConfig
from metacompress.study.check.survey.summary import StudentFirstSummary, read_student_first
from metacompress.study.check.survey.survey import margins, run_student_first

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset

TASK = "vulnerability-prediction"


def summary_of(dataset, run, teacher="mock:", student="mock:", **settings) -> StudentFirstSummary:
    config = CheckConfig(
        task=TASK,
        teacher=teacher,
        student=student,
        data={"path": "given"},
        run=str(run),
        **settings,
    )
    return read_student_first(run_student_first(config, dataset=dataset))


def test_nearly_equal_models_pass_with_few_calls_on_both_parts(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    found = summary_of(
        make_dataset(160),
        tmp_path / "run",
        student="mock:?noise=0.0001",
        transforms=("rename-identifiers",),
        tolerance=0.1,
    )
    assert str(found.verdict) == "pass"
    for part in (Part.SOURCES, Part.FOLLOW_UPS):
        surveyed = found.parts[part]
        assert surveyed.inputs == 160
        assert surveyed.asked < 160
        assert set(surveyed.relations) == {"prediction-agreement", "distribution-similarity"}
        for row in surveyed.relations.values():
            assert row.low == 0
            assert row.high <= 0.1
    assert "calibration-alignment" in found.no_part


def test_different_models_fail_at_once_and_a_second_run_says_the_same(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    first = summary_of(make_dataset(300), tmp_path / "run", student="mock:?seed=1")
    assert str(first.verdict) == "fail"
    assert first.parts[Part.SOURCES].asked <= 64
    assert first.parts[Part.SOURCES].relations["prediction-agreement"].low > 0.05
    asked = json.loads((tmp_path / "run" / "environment.json").read_text())["cost"]["inputs_asked"]
    assert asked == {"teacher": first.parts[Part.SOURCES].asked, "student": 300}
    # What was asked before comes from the store, and the draws are the same.
    assert summary_of(make_dataset(300), tmp_path / "run", student="mock:?seed=1") == first
    asked = json.loads((tmp_path / "run" / "environment.json").read_text())["cost"]["inputs_asked"]
    assert asked == {"teacher": 0, "student": 0}


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"relations": ["new-disagreement"]}, "prediction-agreement"),
        ({"floor": "mock:?seed=2"}, "no floor"),
        ({"sequential": True}, "leave --sequential out"),
        ({"student": {"a": "mock:", "b": "mock:?seed=1"}}, "one student"),
    ],
)
def test_what_cannot_be_surveyed_is_refused(
    settings: dict[str, object],
    word: str,
    make_dataset: Callable[[int], Dataset],
    tmp_path: Path,
) -> None:
    with pytest.raises(UsageError, match=word):
        summary_of(make_dataset(4), tmp_path / "run", **settings)


def test_margins_of_any_number_of_classes() -> None:
    assert margins(np.array([[0.2, 0.5, 0.3], [1.0, 0.0, 0.0]])) == pytest.approx([0.2, 1.0])
    assert margins(np.array([[0.5, 0.5]])).tolist() == [0.0]
    assert margins(np.ones((3, 1))).tolist() == [1.0] * 3
    assert margins(np.zeros((0, 2))).shape == (0,)
