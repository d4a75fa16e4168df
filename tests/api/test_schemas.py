"""The summaries of all commands: documented, strict, and what the commands really print."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, get_args

import pytest
from pydantic import BaseModel

from metacompress.api.schemas import SUMMARIES, json_schema
from metacompress.cli.entry import main
from metacompress.errors import UnknownNameError
from metacompress.models.backends.demo import DEMO_MODELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TASK = "vulnerability-prediction"
STUDY = ["--teacher", "mock:", "--student", "mock:?seed=1", "--limit", "8"]
SMALL = ["--layers", "1", "--hidden", "16", "--heads", "1", "--feed-forward", "16"]


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            if field.annotation is not annotation and annotation not in get_args(field.annotation):
                yield from models_in(field.annotation)
    for part in get_args(annotation):
        yield from models_in(part)


@pytest.mark.parametrize("command", SUMMARIES.names())
def test_every_field_is_documented_and_none_is_free(command: str) -> None:
    models = set(models_in(SUMMARIES.get(command)))
    for model in models:
        assert model.model_config["frozen"]
        assert model.__doc__
        assert model.model_config["extra"] == "forbid" or model.__name__ == "CompressionStep"
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name}"
            assert field.annotation is not Any, f"{model.__name__}.{name}"


@pytest.mark.parametrize("command", SUMMARIES.names())
def test_a_schema_names_its_format_and_every_key_is_there(command: str) -> None:
    schema = json_schema(command)
    assert schema["properties"]["schema"]["const"].rpartition("/")[2].isdigit()
    for part in (schema, *schema.get("$defs", {}).values()):
        if "properties" in part:
            assert sorted(part["required"]) == sorted(part["properties"])
    json.dumps(schema)


def test_an_unknown_command_has_no_schema() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'check'"):
        json_schema("chek")


@pytest.fixture
def printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    def run(*words: object) -> str:
        monkeypatch.setattr(sys, "argv", ["metacompress", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        assert ended.value.code in (None, 0, 1, 3), captured.err
        return captured.out

    return run


def test_studies_print_what_their_schema_says(
    printed: Callable[..., str], devign_file: Path, tmp_path: Path
) -> None:
    data = ["--task", TASK, "--data", devign_file]
    checked, attacked = tmp_path / "check", tmp_path / "attack"
    kept = checked / "counterexamples.json"
    looking = ["--transform", "rename-identifiers", "--locate", "1"]
    looking += ["--shrink", "1", "--shrink-queries", "6"]
    out = tmp_path / "out.csv"
    attacks = ["--attack", "wir-random", "--max-queries", "9", "--relation", "all"]
    outputs = [
        ("check", "check", *data, *STUDY, *looking, "--run", checked),
        ("replay", "replay", kept, "--student", "mock:?seed=1"),
        ("check", "check", *data, *STUDY, "--run", tmp_path / "sources"),
        ("check", "report", checked),
        ("student-first", "check", *data, *STUDY, "--student-first", "--run", tmp_path / "first"),
        ("attack", "attack", *data, *STUDY, *attacks, "--run", attacked),
        ("attack", "attack", *data, *STUDY, *attacks[:4], "--no-control", "--run", attacked / "0"),
        ("attack", "report", attacked),
        ("plan", "plan", "--rate", "0.02"),
        ("plan", "plan", *data, *STUDY, "--pilot", "8"),
        ("predict", "predict", *data, "--model", "mock:", "--out", out),
        ("transform", "transform", devign_file, *data[:2], "--transform", "flip-comparison"),
        ("list", "list", "relations"),
    ]
    for command, *words in outputs:
        text = printed(*words, "--json")
        found = SUMMARIES.get(command).model_validate_json(text)
        assert found.content() == json.loads(text), words


def test_makers_print_what_their_schema_says(
    printed: Callable[..., str], devign_file: Path, tmp_path: Path
) -> None:
    pytest.importorskip("torch")
    teacher, student = tmp_path / "teacher", tmp_path / "student"
    data = ["--task", TASK, "--data", devign_file, "--epochs", "1", "--max-length", "32", *SMALL]
    outputs = [
        ("train", "train", *data, "--out", teacher),
        ("distill", "distill", *data, "--teacher", teacher, "--out", student),
        ("export", "export", teacher, "--out", tmp_path / "onnx"),
        ("prune", "compress", "prune", teacher, "--feed-forward", "0.5", "--out", tmp_path / "p"),
        ("quantize", "compress", "quantize", f"onnx:{DEMO_MODELS / 'student'}", "--out",
         tmp_path / "int8"),
    ]  # fmt: skip
    for command, *words in outputs:
        text = printed(*words, "--json")
        found = SUMMARIES.get(command).model_validate_json(text)
        assert found.content() == json.loads(text), words


def test_the_command_lists_and_prints_schemas(printed: Callable[..., str]) -> None:
    listed = printed("schema").splitlines()
    assert [line.split()[0] for line in listed] == SUMMARIES.names()
    assert json.loads(printed("schema", "check")) == json_schema("check")
