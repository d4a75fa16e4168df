from __future__ import annotations

from typing import TYPE_CHECKING

import metacompress
from metacompress.report.check.student_charts import student_charts
from metacompress.runs.run_directory import RunDirectory
from metacompress.study.check.predictions_table import TABLE, read_predictions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset

COMMON = {
    "task": "vulnerability-prediction",
    "transforms": (),
    "relations": ("prediction-agreement",),
    "report": False,
}


def charts(result: metacompress.CheckResult, student: str) -> dict[str, str]:
    run = RunDirectory(result.run)
    predictions = read_predictions(run.open_table(TABLE), ["teacher", student])
    return dict(student_charts(run, result.summary, student, predictions))


def test_a_sequential_check_shows_the_sequence_of_each_row_of_each_student(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    students = {"near": "mock:?noise=0.002", "far": "mock:?seed=1"}
    result = metacompress.check(
        "mock:", students, make_dataset(160), run=tmp_path / "run", sequential=True, **COMMON
    )
    for student in students:
        drawn = charts(result, student)
        for name, found in result.students[student].relations.items():
            for part, _ in found.parts():
                chart = drawn[f"sequence-{name}-{part}"]
                assert f">{name}</text>" in chart
    page = result.to_html()
    assert 'id="sequence"' in page
    assert "with 97 % confidence, however often one looks" in page
    assert page == result.to_html()


def test_a_fixed_check_has_no_sequence(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    result = metacompress.check(
        "mock:", "mock:?seed=1", make_dataset(40), run=tmp_path / "run", **COMMON
    )
    drawn = charts(result, "student")
    assert not [name for name in drawn if name.startswith("sequence")]
    assert "risk-sources" in drawn
    page = result.to_html()
    assert 'id="sequence"' not in page
    assert "Reliability of teacher" in page
    assert "AUROC" in page
    assert "kappa" in page
