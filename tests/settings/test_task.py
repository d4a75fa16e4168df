from __future__ import annotations

from typing import Any

import pytest

import metacompress
from metacompress.data.task import CLONE_DETECTION, Task
from metacompress.errors import UnknownNameError, UsageError
from metacompress.settings.flat import nested
from metacompress.settings.task import task_of
from metacompress.settings.validation import validated
from metacompress.study.settings import PredictSettings

ROWS = [
    {"code": f"int f{k}(int a) {{ return a + {k}; }}", "label": ("bug", "style", "none")[k % 3]}
    for k in range(30)
]


def settings(**given: Any) -> PredictSettings:
    every = {"model": "mock", "data": "x.jsonl", **given}
    return validated(PredictSettings, nested(PredictSettings, every))


def defined(**given: Any) -> Task:
    made = settings(**given)
    return made.define(made.task)


def test_labels_define_a_task() -> None:
    assert defined(task="review", labels="a, b,c") == Task("review", 1, ("a", "b", "c"), 2, "")
    assert defined(task="review", labels=["a,b,c"], positive="a", pairs=True) == Task(
        "review", 2, ("a", "b", "c"), 0, ""
    )


def test_a_task_object_says_the_same() -> None:
    task = Task("review", 2, ("x", "y"), 0, "")
    made = settings(task=task)
    assert made.define(made.task) == task
    assert task_of("review", made.model_dump(mode="json")) == task
    assert settings(task=CLONE_DETECTION) == settings(task="clone-detection")


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"task": "review", "labels": "a"}, "two names or more"),
        ({"task": "review", "labels": "a,a"}, "each once"),
        ({"task": "review", "labels": "a,"}, "two names or more"),
        ({"task": "review", "labels": "a,b", "positive": "c"}, "positive is one of the labels"),
        ({"task": "clone-detection", "positive": "clone"}, "give --labels"),
        ({"task": "clone-detection", "labels": "a,b"}, "has classes already"),
        ({"task": "a/b", "labels": "a,b"}, "a task's name has"),
    ],
)
def test_what_defines_no_task_is_refused(given: dict[str, Any], what: str) -> None:
    with pytest.raises(UsageError, match=what):
        defined(**given)


def test_an_unknown_task_is_told_how_to_be_defined() -> None:
    with pytest.raises(UnknownNameError, match="--labels A,B"):
        defined(task="review")


def test_a_check_of_three_classes_from_rows(tmp_path: Any) -> None:
    task = Task("review", 1, ("bug", "style", "none"), 0, "")

    def teacher(texts: list[str]) -> list[list[float]]:
        return [[0.7, 0.2, 0.1] if "total" in text else [0.1, 0.3, 0.6] for text in texts]

    def student(texts: list[str]) -> list[list[float]]:
        return [[0.2, 0.5, 0.3] for text in texts]

    common: dict[str, Any] = {
        "language": "c", "transforms": "rename-identifiers", "run": tmp_path / "object"
    }  # fmt: skip
    found = metacompress.check(teacher, student, ROWS, task=task, **common)
    assert found.summary.labels == ["bug", "style", "none"]
    assert found.summary.students["student"].relations["prediction-agreement"].sources.rate == 1
    assert (tmp_path / "object/report.html").stat().st_size > 10_000
    attacked = metacompress.attack(
        teacher, student, ROWS[:6], task=task, language="c", attacks="random",
        run=tmp_path / "attack",
    )  # fmt: skip
    assert attacked.summary.task == "review"
