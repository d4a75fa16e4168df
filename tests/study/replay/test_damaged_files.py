"""Files of counterexamples as hands and editors leave them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import metacompress
from metacompress.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOURCE, VARIANT = "int f(int a) { return a; }", "int f(int b) { return b; }"


def content() -> dict[str, Any]:
    one = {
        "id": "a~rename-identifiers~0",
        "relation": "prediction-agreement",
        "constants": {},
        "label": 0,
        "languages": ["c"],
        "source": [SOURCE],
        "variant": [VARIANT],
        "student": "first",
        "teacher_answers": {"source": [0.9, 0.1], "variant": [0.8, 0.2]},
        "student_answers": {"source": [0.9, 0.1], "variant": [0.1, 0.9]},
    }
    return {
        "schema": "metacompress.counterexamples/1",
        "task": "vulnerability-prediction",
        "labels": ["safe", "vulnerable"],
        "counterexamples": [one],
    }


def safe(texts: list[str]) -> list[list[float]]:
    return [[0.7, 0.3] for _ in texts]


def test_two_students_may_have_violated_relations_on_one_variant(tmp_path: Path) -> None:
    path = tmp_path / "counterexamples.json"
    file = content()
    file["counterexamples"].append({**file["counterexamples"][0], "student": "second"})
    path.write_text(json.dumps(file), encoding="utf-8-sig")
    found = metacompress.replay(path, safe)
    assert [one.id for one in found.counterexamples] == ["a~rename-identifiers~0"] * 2
    assert found.verdict == "pass"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda one: one["teacher_answers"].update(source=[]), "expected 2 probabilities"),
        (lambda one: one["teacher_answers"].update(variant=[1.0]), "answer to the variant"),
        (lambda one: one["teacher_answers"].update(variant=[1.5, -0.5]), "that sum to 1"),
        (lambda one: one["student_answers"].update(source=[float("nan"), 1]), "student's answer"),
        (
            lambda one: one.update(source=["\ud800"]),
            "the text .* lone surrogate",
        ),
        (lambda one: one.update(relation="nope"), "a~rename-identifiers~0: unknown relation"),
        (lambda one: one.update(constants={"x": 1}), "x: Extra inputs are not permitted"),
    ],
)
def test_what_a_counterexample_says_must_hold_together(
    change: Callable[[dict[str, Any]], None], message: str, tmp_path: Path
) -> None:
    path = tmp_path / "counterexamples.json"
    file = content()
    change(file["counterexamples"][0])
    path.write_text(json.dumps(file))
    with pytest.raises(DataError, match=message) as raised:
        metacompress.replay(path, safe)
    assert raised.value.path == path


def test_a_run_directory_is_not_its_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"name the file: .*counterexamples\.json"):
        metacompress.replay(tmp_path, safe)


def test_nested_beyond_measure(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text("[" * 100_000)
    with pytest.raises(DataError, match="not valid JSON"):
        metacompress.replay(path, safe)
