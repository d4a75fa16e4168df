"""A teacher that learnt functions by heart, two students, and a finished study of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from completion_studies import (
    settings,
    write_learnt,
    write_noisy,
    write_rows,
    write_substitutes,
)

from metacompress.study.completions.study import run_completions

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.runs.run_directory import RunDirectory


@pytest.fixture(scope="session")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    directory = tmp_path_factory.mktemp("learnt")
    teacher = write_learnt(directory / "teacher")
    return {
        "teacher": teacher,
        "near": write_noisy(directory / "near", teacher, 1e-3),
        "far": write_noisy(directory / "far", teacher, 0.15),
    }


@pytest.fixture(scope="session")
def problems(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("problems")
    write_substitutes(directory / "names.jsonl")
    return write_rows(directory / "problems.jsonl")


@pytest.fixture(scope="session")
def completed(
    learnt: dict[str, Path], problems: Path, tmp_path_factory: pytest.TempPathFactory
) -> RunDirectory:
    run = tmp_path_factory.mktemp("completions") / "run"
    return run_completions(settings(learnt, problems, run=str(run)))
