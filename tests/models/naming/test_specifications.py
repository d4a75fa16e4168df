"""Specifications and paths: whatever a path's name holds, and what is not there."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from huggingface_hub.errors import HFValidationError
from huggingface_hub.utils import validate_repo_id

import metacompress
from metacompress.errors import MetaCompressError, ModelError, UsageError
from metacompress.models.loading import MODELS, describe_model, load_classifier, parse_specification
from metacompress.models.naming.location import is_hub_id, require_location
from metacompress.models.naming.spec import ModelSpec

TASK = "vulnerability-prediction"


def parsed(text: str) -> tuple[str, str, dict[str, str]]:
    spec = ModelSpec.parse(text, MODELS.names())
    return spec.kind, spec.location, dict(spec.options)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a/b", ("transformers", "a/b", {})),
        ("./a:b", ("transformers", "./a:b", {})),
        ("models/a:b/c", ("transformers", "models/a:b/c", {})),
        ("/x/a:b?seed=1", ("transformers", "/x/a:b", {"seed": "1"})),
        (r"C:\models\x", ("transformers", r"C:\models\x", {})),
        ("C:/models/x?dtype=float16", ("transformers", "C:/models/x", {"dtype": "float16"})),
        (r"onnx:C:\models\x", ("onnx", r"C:\models\x", {})),
        ("mock", ("mock", "", {})),
        (" mock ", ("mock", "", {})),
        ("mock?seed=3", ("mock", "", {"seed": "3"})),
        ("mock:?seed=3", ("mock", "", {"seed": "3"})),
        ("recorded:a.csv?ids=/a+b/c%26d", ("recorded", "a.csv", {"ids": "/a+b/c&d"})),
        ("python:m:f?outputs=logits", ("python", "m:f", {"outputs": "logits"})),
    ],
)
def test_parsing(here: Path, text: str, expected: object) -> None:
    assert parsed(text) == expected


def test_what_is_there_decides_where_options_begin(here: Path) -> None:
    for name in ("a:b?c", "what?x=1", "mock"):
        (here / name).mkdir()
    assert parsed("a:b?c") == ("transformers", "a:b?c", {})
    assert parsed("onnx:a:b?c?max_length=9") == ("onnx", "a:b?c", {"max_length": "9"})
    assert parsed("what?x=1") == ("transformers", "what?x=1", {})
    assert parsed("what?x=1?seed=2&labels=a,b") == (
        "transformers", "what?x=1", {"seed": "2", "labels": "a,b"},
    )  # fmt: skip
    assert parsed("mock") == ("transformers", "mock", {})


@pytest.mark.parametrize("name", ["a:b?c=d", "onnx:x", "mock", "x?y"])
def test_path_objects_are_paths(here: Path, name: str) -> None:
    (here / name).mkdir()
    spec = parse_specification(Path(name))
    assert (spec.kind, spec.location, spec.options) == ("transformers", name, {})
    described = describe_model(here / name)
    assert parsed(described)[:2] == ("transformers", str(here / name))
    with pytest.raises(ModelError, match=r"no config.json in it"):
        load_classifier(here / name, TASK)


def test_path_objects_are_no_hub_ids(here: Path) -> None:
    for path in (Path("owner/student"), Path("./student")):
        with pytest.raises(ModelError, match="student: no such file"):
            load_classifier(path, TASK)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("onyx:x", r"unknown kind of model 'onyx'.*\./onyx:x"),
        ("onnx", "no location; write onnx:LOCATION"),
        ("onnx:", "no location"),
        ("", "no location"),
        ("mock?seed", "name=value"),
        ("mock?seed=", "name=value"),
        ("mock?seed=1&seed=2", "given twice"),
        ("./a\0b", "NUL"),
    ],
)
def test_texts_that_are_no_specification(here: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parsed(text)


@pytest.mark.parametrize(
    "text",
    [
        "./nowhere", "/nowhere/at/all", "~/no/such/model", "a/b/c", "here/student", "x y",
        "onnx:nowhere", "recorded:nowhere.csv", "codexglue:a", "graphcodebert:a", "./" + "x" * 5000,
        "onnx:" + "y" * 5000, "~nobody_of_that_name/x", r"C:\nowhere", "broken",
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_at_once(here: Path, text: str) -> None:
    (here / "here").mkdir()
    (here / "broken").symlink_to("gone")
    start = time.perf_counter()
    with pytest.raises(ModelError, match=r"no such file|broken symbolic link|home directory"):
        require_location(ModelSpec.parse(text, MODELS.names()))
    assert time.perf_counter() - start < 10


def test_a_hub_id_is_asked_for_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = pytest.importorskip("huggingface_hub")
    asked = []

    def refuse(self: object, name: str, **settings: object) -> None:
        asked.append(name)
        raise OSError("no route")

    monkeypatch.setattr(hub.HfApi, "model_info", refuse)
    assert is_hub_id("owner/student")
    with pytest.raises(ModelError, match=r"no such directory, and the .* hub cannot be reached"):
        load_classifier("owner/student", TASK)
    assert asked == ["owner/student"]


def test_paths_and_data_are_checked_before_models_are_loaded(
    here: Path, monkeypatch: pytest.MonkeyPatch, devign_file: Path
) -> None:
    loaded: list[object] = []
    monkeypatch.setattr(
        "metacompress.models.shared.load_classifier",
        lambda model, task, **options: loaded.append(model),
    )
    for teacher, data, options, message in (
        ("mock", "nowhere.jsonl", {}, "nowhere.jsonl"),
        ("mock", "nowhere.jsonl", {"missing": "skip"}, "nowhere.jsonl"),
        ("./nowhere", str(devign_file), {}, "nowhere"),
    ):
        with pytest.raises(MetaCompressError, match=message):
            metacompress.check(
                teacher,
                "mock:?seed=1",
                data,
                report=False,
                task=TASK,
                run=here / "run",
                **options,
            )
    assert not loaded


@pytest.mark.parametrize(
    "name",
    ["owner/name", "a", "a.b-c_d", "no--name", "a..b", "end-", "end.", "repo.git", "own-/er", "é"],
)
def test_an_id_is_what_the_hub_takes(name: str) -> None:
    try:
        validate_repo_id(name)
        takes = True
    except HFValidationError:
        takes = False
    assert is_hub_id(name) == takes
