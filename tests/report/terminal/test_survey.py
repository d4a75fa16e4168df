from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.renderer import finished_run
from metacompress.study.check.config import CheckConfig
from metacompress.study.check.survey.survey import run_student_first

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from metacompress.data.dataset import Dataset


def test_a_finished_survey_is_shown_within_80_columns(
    make_dataset: Callable[[int], Dataset],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    config = CheckConfig(
        task="vulnerability-prediction",
        teacher="mock:",
        student="mock:?seed=1",
        data={"path": "given"},
        run=str(tmp_path / "run"),
    )
    run_student_first(config, dataset=make_dataset(60))
    run, renderer = finished_run(tmp_path / "run")
    renderer.show(renderer.read(run), None)
    shown = capsys.readouterr().out
    assert "sources: teacher asked" in shown
    assert "prediction-agreement" in shown
    assert "FAIL" in shown
    assert "not about others like them" in shown
    assert max(map(len, shown.splitlines())) <= 80
