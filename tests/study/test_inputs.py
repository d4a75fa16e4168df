from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import metacompress
from metacompress.errors import ModelError, RunDirectoryError
from metacompress.models.loading import load_classifier
from metacompress.models.naming.role import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset

TASK = "vulnerability-prediction"
RENAME = ("rename-identifiers",)


class Model:
    def __init__(self, column: int, fingerprint: str | None = None) -> None:
        self.column = column
        if fingerprint is not None:
            self.fingerprint = fingerprint

    def __call__(self, texts: list[str]) -> np.ndarray:
        return np.eye(2)[[self.column] * len(texts)]


def asked(run: Path) -> dict[str, int]:
    cost = json.loads((run / "environment.json").read_text())["cost"]
    return cost["inputs_asked"]


def check(teacher: Any, student: Any, dataset: Dataset, run: Path, **settings: Any) -> Any:
    return metacompress.check(
        teacher, student, dataset, report=False, task=TASK, run=run, **settings
    )


def test_two_wrappers_of_one_class_are_two_models(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    result = check(Model(0), Model(1), make_dataset(60), tmp_path / "run")
    assert str(result.verdict) == "fail"
    assert asked(tmp_path / "run") == {"teacher": 60, "student": 60}
    warned = [one.model for one in result.summary.warnings if one.name == "not-resumable"]
    assert warned == ["teacher", "student"]
    for found in result.summary.models.values():
        assert (found.fingerprint, found.resumable) == (None, False)


def test_a_teacher_is_not_its_own_student(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    model, data = Model(0), make_dataset(3)
    for student, settings in (
        (model, {}),
        ({"a": Model(1), "b": model}, {}),
        (Model(1), {"floor": model}),
    ):
        with pytest.raises(ModelError, match="is the teacher itself"):
            check(model, student, data, tmp_path / "run", **settings)
    with pytest.raises(ModelError, match="student: is the teacher itself"):
        check("mock:", "mock:", data, tmp_path / "run")
    with pytest.raises(ModelError, match="is the teacher itself"):
        metacompress.attack(
            "mock:", "mock:", data, task=TASK, attacks="mhm", run=tmp_path / "attack"
        )
    assert not (tmp_path / "run").exists()
    # Two students may be the same: nothing is compared with the teacher that is the teacher.
    check("mock:", {"a": "mock:?seed=1", "b": "mock:?seed=1"}, data, tmp_path / "run")


def test_distinct_objects_of_one_fingerprint_are_refused(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="two different objects with the same fingerprint"):
        check(Model(0, "same"), Model(1, "same"), make_dataset(3), tmp_path / "run")
    # What was loaded may have been changed since; what is loaded from a path was not.
    with pytest.raises(ModelError, match="two different objects"):
        check("mock:", load_classifier("mock:", TASK), make_dataset(3), tmp_path / "run")


def test_objects_of_a_module_are_told_apart(
    make_dataset: Callable[[int], Dataset], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "two_models_for_test.py").write_text(
        "import functools\n"
        "def always(column, texts):\n    return [[1 - column, column]] * len(texts)\n"
        "teacher = functools.partial(always, 0)\nstudent = functools.partial(always, 1)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    names = [f"python:two_models_for_test:{role}" for role in ("teacher", "student")]
    result = check(*names, make_dataset(60), tmp_path / "run")
    assert str(result.verdict) == "fail"
    with pytest.raises(ModelError, match="is the teacher itself"):
        check(names[0], names[0], make_dataset(3), tmp_path / "same")


def test_an_object_that_changed_inside_is_asked_again(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    teacher, student = Model(0), Model(0)
    store = tmp_path / "store.sqlite"
    first = check(teacher, student, make_dataset(60), tmp_path / "run", store=store)
    student.column = 1
    second = check(teacher, student, make_dataset(60), tmp_path / "run", store=store)
    agreement = [r.relations["prediction-agreement"].sources for r in (first, second)]
    assert [found.violations for found in agreement] == [0, 60]


def test_an_attack_on_an_object_is_not_gone_on_with(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    def attack(**settings: Any) -> None:
        metacompress.attack(
            *models, make_dataset(2), task=TASK, run=tmp_path, attacks=("mhm",),
            max_queries=5, **settings,
        )  # fmt: skip

    models = (Model(0), Model(1))
    attack()
    told = json.loads((tmp_path / "summary.json").read_text())["warnings"]
    assert [one["model"] for one in told if one["name"] == "not-resumable"] == list(Role)
    with pytest.raises(RunDirectoryError, match=r"teacher and student that has no fingerprint.*"):
        attack()
    attack(overwrite=True)
    models = (Model(0, "a"), Model(1, "b"))
    attack(overwrite=True)
    attack()


def test_a_run_of_objects_says_that_it_cannot_be_resumed(
    make_dataset: Callable[[int], Dataset],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from metacompress.runs.progress import TerminalProgress

    shown = {"progress": TerminalProgress()}
    check(Model(0), Model(1, "own"), make_dataset(3), tmp_path / "run", **shown)
    told = " ".join(capsys.readouterr().err.split())
    assert "teacher: no fingerprint, so its answers are not kept and this run cannot be" in told
    assert "student: no fingerprint" not in told
