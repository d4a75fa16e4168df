from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.parquet as pq
import pytest
from tiny_models import write_model

from metacompress.errors import RunDirectoryError
from metacompress.study.check.config import CheckConfig
from metacompress.study.check.study import run_check
from metacompress.study.check.summary import read_check

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def pair(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("models")
    return {
        "teacher": str(write_model(folder / "teacher", "roberta")),
        "student": str(write_model(folder / "student", "roberta", num_hidden_layers=2)),
    }


def config(pair: dict[str, str], data: Path, run: Path, **settings: object) -> CheckConfig:
    return CheckConfig.model_validate(
        {
            **pair,
            "task": "vulnerability-prediction",
            "data": {"path": str(data), "limit": 12},
            "transforms": ["rename-identifiers"],
            "run": str(run),
            **settings,
        }
    )


def test_a_run_keeps_the_back_end_that_it_began_with(pair, devign_file, tmp_path) -> None:
    on = tmp_path / "onnx"
    run_check(config(pair, devign_file, on, backend="onnx"))
    before = (on / "summary.json").read_bytes()
    assert json.loads((on / "study.json").read_text())["backends"] == {
        "teacher": "onnx",
        "student": "onnx",
    }
    (on / "summary.json").unlink()
    (on / "predictions.sqlite").unlink()
    run_check(config(pair, devign_file, on))
    assert (on / "summary.json").read_bytes() == before
    with pytest.raises(RunDirectoryError, match="different: backends"):
        run_check(config(pair, devign_file, on, backend="torch"))


def test_checks_on_two_back_ends_have_one_teacher(pair, devign_file, tmp_path) -> None:
    first = run_check(config(pair, devign_file, tmp_path / "torch", backend="torch"))
    second = run_check(
        config(
            pair, devign_file, tmp_path / "onnx", backend="onnx", baseline=str(tmp_path / "torch")
        )
    )
    assert read_check(second).comparisons
    models = [read_check(run).models for run in (first, second)]
    for one, other in zip(*(found.values() for found in models), strict=True):
        assert (one.fingerprint, one.cost) == (other.fingerprint, other.cost)
    answers = [
        pq.read_table(run.path / "predictions.parquet")["teacher"] for run in (first, second)
    ]
    one, other = (np.array(found.to_pylist()) for found in answers)
    assert (one != other).any()
    assert np.abs(one - other).max() <= 1e-5
