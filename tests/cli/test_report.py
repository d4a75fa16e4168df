from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import metacompress
from metacompress.cli.report import report
from metacompress.errors import RunDirectoryError, UsageError
from metacompress.files.ownership import mark
from metacompress.runs.run_directory import RunDirectory
from metacompress.training.summary import ModelCard, SplitScores

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset


def test_a_study_of_attacks_is_shown(
    make_dataset: Callable[[int], Dataset], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = metacompress.attack(
        "mock:",
        "mock:?seed=1",
        make_dataset(4),
        task="vulnerability-prediction",
        attacks=("wir-random",),
        control=False,
        run=tmp_path / "run",
    )
    report(tmp_path / "run", json=True)
    assert json.loads(capsys.readouterr().out)["attacks"] == result.summary.content()["attacks"]
    report(tmp_path / "run")
    assert "wir-random" in capsys.readouterr().out
    page = (tmp_path / "run" / "report.html").read_text()
    assert page == result.to_html()
    assert "All attempts" in page
    # A run of a version that kept no answers has all the rest.
    for name in ("sources.parquet", "answers.parquet"):
        (tmp_path / "run" / name).unlink()
    report(tmp_path / "run", out=tmp_path / "page.html")
    older = (tmp_path / "page.html").read_text()
    assert "Inputs lost" in older
    assert "All attempts" not in older
    with pytest.raises(UsageError, match=r"--junit: files for CI systems are of checks"):
        report(tmp_path / "run", junit=str(tmp_path / "junit.xml"))


def test_another_summary_is_refused(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    mark(tmp_path, "check")
    for summary, reason in (({"schema": "weather/1"}, "schema: Input"), (["rain"], "no JSON obj")):
        run.write_json("summary.json", summary)
        with pytest.raises(RunDirectoryError, match=rf"not what this version writes \(.*{reason}"):
            report(tmp_path)


def test_what_is_no_finished_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunDirectoryError, match="no such run directory"):
        report(tmp_path / "nothing")
    with pytest.raises(RunDirectoryError, match="no finished run in it"):
        report(tmp_path)
    mark(tmp_path, "study")
    with pytest.raises(RunDirectoryError, match=r"kind 'study', or of another version; known are"):
        report(tmp_path)


def test_a_training_is_shown_by_the_directory_of_its_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = ModelCard(
        task="clone-detection",
        settings={"epochs": 1},
        started_from=None,
        examples={"valid": 4},
        parameters=1234,
        steps=5,
        epochs=1.0,
        seconds=6.0,
        scores={"valid": SplitScores(loss=0.5, accuracy=0.75)},
        teacher_fingerprint=None,
    )
    run = RunDirectory(tmp_path / ".training")
    run.path.mkdir()
    mark(run.path, "training")
    with pytest.raises(RunDirectoryError, match="no study in it"):
        report(tmp_path)
    run.write_json("result.json", card.stored())
    report(tmp_path)
    shown = capsys.readouterr().out
    assert "75.00" in shown
    assert f"Model: {tmp_path}" in shown
    report(tmp_path, json=True)
    expected = {"schema": "metacompress.train/1", "out": str(tmp_path), **card.content()}
    assert json.loads(capsys.readouterr().out) == expected
    with pytest.raises(UsageError, match="has no HTML page"):
        report(tmp_path, out=tmp_path / "page.html")
