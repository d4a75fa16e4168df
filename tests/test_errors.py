"""Errors of the public functions carry their context as attributes."""

from __future__ import annotations

import inspect
import json
import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest

import metacompress
from metacompress import errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TASK = "vulnerability-prediction"


def rows_in(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def raised(kind: type[errors.MetaCompressError], call: Callable[[], object]) -> dict[str, object]:
    """The attributes of the error that ``call`` raises; all survive the way between processes."""
    with pytest.raises(kind) as caught:
        call()
    assert type(caught.value) is kind
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - made in the line itself
    assert type(again) is kind
    assert str(again) == str(caught.value)
    assert vars(again) == vars(caught.value)
    return vars(again)


def example(name: str, text: str) -> metacompress.Example:
    programs = (metacompress.Program(text, metacompress.Language.C),)
    return metacompress.Example(name, programs, label=0, group=name, program_ids=(name,))


def test_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "none.jsonl"
    found = raised(errors.DataError, lambda: metacompress.load_dataset(path, TASK))
    assert found == {"path": path, "line": None, "field": None, "example": None}


def test_a_missing_column(tmp_path: Path) -> None:
    path = rows_in(tmp_path / "a.jsonl", {"odd": "int f();", "target": 1})
    found = raised(errors.DataError, lambda: metacompress.load_dataset(path, TASK, language="c"))
    assert (found["path"], found["field"]) == (path, "code")


def test_malformed_rows(tmp_path: Path) -> None:
    good, bad = {"func": "int f(void);", "target": 1}, {"func": 3, "target": 1}
    path = rows_in(tmp_path / "a.jsonl", good, bad, good, bad)
    found = raised(
        errors.QuarantineLimitError,
        lambda: metacompress.load_dataset(path, TASK, language="c", max_quarantined=0.25),
    )
    assert (found["path"], found["line"]) == (path, 2)
    assert (found["malformed"], found["rows"], found["limit"]) == (2, 4, 0.25)


def test_two_examples_with_one_id() -> None:
    twice = (example("same", "int f();"), example("same", "int g();"))
    task = metacompress.load_dataset("demo", "demo-problem", split="test", limit=1).task
    found = raised(errors.DataError, lambda: metacompress.Dataset(task, twice, source="mine"))
    assert (str(found["path"]), found["example"], found["field"]) == ("mine", "same", "id")


def test_an_argument(tmp_path: Path) -> None:
    path = rows_in(tmp_path / "a.jsonl", {"func": "int f(void);", "target": 1})
    for option, value in (("limit", 0), ("language", "c/d"), ("fields", {"odd": "func"})):
        given = {"language": "c", option: value}
        found = raised(
            errors.UsageError, lambda given=given: metacompress.load_dataset(path, TASK, **given)
        )
        assert found == {"option": option}


def test_an_unknown_name() -> None:
    found = raised(
        errors.UnknownNameError,
        lambda: metacompress.transform("int f(void);", "renam", language="c"),
    )
    assert (found["name"], found["kind"], found["option"]) == ("renam", "transformation", None)
    assert "rename-identifiers" in found["known"]


def test_a_language_without_front_end() -> None:
    found = raised(
        errors.MissingFrontEndError,
        lambda: metacompress.transform("func f() {}", "comments", language="ruby"),
    )
    assert found["languages"] == ("ruby",)


def test_a_model(tmp_path: Path) -> None:
    path = tmp_path / "model"
    path.mkdir()
    found = raised(errors.ModelError, lambda: metacompress.load_classifier(str(path), TASK))
    assert found["path"] == path
    found = raised(
        errors.UsageError, lambda: metacompress.load_classifier("demo:teacher?odd=1", TASK)
    )
    assert found == {"option": "odd"}


def test_a_line_of_a_recording(tmp_path: Path) -> None:
    good, bad = {"id": "a", "prob_0": 0.5, "prob_1": 0.5}, {"id": "b", "prob_0": "x", "prob_1": 0.5}
    path = rows_in(tmp_path / "answers.jsonl", good, bad)
    found = raised(
        errors.ModelError, lambda: metacompress.load_classifier(f"recorded:{path}", TASK)
    )
    assert (found["path"], found["line"]) == (path, 2)


def test_an_answer() -> None:
    def answer(texts: list[str]) -> np.ndarray:
        return np.array([[0.5, 0.5] if len(text) < 20 else [2.0, 0.0] for text in texts])

    classifier = metacompress.load_classifier(answer, TASK)
    examples = [example("short", "int f();"), example("long", "int f(int first);   ")]
    found = raised(errors.PredictionError, lambda: classifier.predict(examples))
    assert found["example"] == "long"
    assert "answer" in str(found["model"])


def test_a_run_directory(tmp_path: Path) -> None:
    path = tmp_path / "none"
    found = raised(errors.RunDirectoryError, lambda: metacompress.load_run(path))
    assert found == {"path": path}


def test_a_position_in_a_program() -> None:
    from metacompress.lang.edits import apply_edits

    edits = [metacompress.Edit(0, 3, "x"), metacompress.Edit(2, 4, "y")]
    found = raised(errors.EditError, lambda: apply_edits(b"int f;", edits))
    assert found == {"position": 2}


def test_every_error_is_in_the_tree() -> None:
    tree = (errors.__doc__ or "").partition("\n\n")[2]
    for name, value in vars(errors).items():
        if inspect.isclass(value) and issubclass(value, BaseException):
            assert name in tree
            assert issubclass(value, errors.MetaCompressError) or name == "Interrupted"
