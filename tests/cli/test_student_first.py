"""``metacompress check --student-first``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from metacompress.cli.app import run_command
from metacompress.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

TASK = ("--task", "vulnerability-prediction")


def test_it_prints_verdict_and_calls_and_report_shows_them_again(
    devign_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = str(tmp_path / "run")
    given = ["check", *TASK, "--data", str(devign_file), "--teacher", "mock:", "--run", run]
    given += ["--student", "mock:?seed=1", "--student-first", "--quiet"]
    assert run_command([*given, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "metacompress.survey/1"
    assert found["verdict"] == "fail"
    assert found["parts"]["sources"]["asked"] <= found["parts"]["sources"]["inputs"] == 60
    assert run_command(given) == 1
    shown = capsys.readouterr().out
    assert "asked" in shown
    run_command(["report", run])
    assert shown.splitlines()[-1] in capsys.readouterr().out


def test_several_students_are_refused(devign_file: Path, tmp_path: Path) -> None:
    given = ["check", *TASK, "--data", str(devign_file), "--teacher", "mock:", "--student-first"]
    given += ["--student", "a=mock:", "--student", "b=mock:?seed=1", "--run", str(tmp_path / "run")]
    with pytest.raises(UsageError, match="one student"):
        run_command(given)
