from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import metacompress
from metacompress.cli.report import report
from metacompress.errors import RunDirectoryError, UsageError
from metacompress.runs.run_directory import RunDirectory

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
        resamples=100,
        run=tmp_path / "run",
    )
    report(tmp_path / "run", json=True)
    assert json.loads(capsys.readouterr().out)["attacks"] == result.summary["attacks"]
    report(tmp_path / "run")
    assert "wir-random" in capsys.readouterr().out
    with pytest.raises(UsageError, match="has no HTML page"):
        report(tmp_path / "run", out=tmp_path / "page.html")


def test_another_summary_is_refused(tmp_path: Path) -> None:
    run = RunDirectory(tmp_path)
    for summary in ({"schema": "weather/1"}, ["rain"]):
        run.write_json("summary.json", summary)
        with pytest.raises(RunDirectoryError, match=r"has the schema .*; expected metacompress"):
            report(tmp_path)
