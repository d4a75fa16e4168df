"""Damaged model directories: they load and predict, or end in one line of ours."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from tiny_models import SMALL, WORDS, examples, write_model

from metacompress.errors import MetaCompressError, ModelError
from metacompress.models.backends.demo import DEMO_MODELS
from metacompress.models.files.json_file import read_json_object
from metacompress.models.loading import load_classifier
from metacompress.models.tokens.window import input_limit

if TYPE_CHECKING:
    from collections.abc import Callable

pytest.importorskip("torch")
TASK = "vulnerability-prediction"
SILLY = [
    None, True, 0, -1, 1, 3, 2**31, 2**70, 1e400, -0.5, "", "x", "0", [], [1], {}, {"a": 1},
    "\ud800", "a" * 300, {"0": "a", "1": "a"}, {"x": "y"}, [[]], float("nan"),
]  # fmt: skip
KINDS = ("transformers", "codexglue", "graphcodebert", "onnx", "csv", "jsonl", "npy")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A small valid model of each kind."""
    root = tmp_path_factory.mktemp("whole")
    made = {"transformers": write_model(root / "transformers")}
    published = write_model(root / "published", "roberta", num_attention_heads=2)
    (published / "config.json").write_text(
        json.dumps({"num_attention_heads": 2, "id2label": {"0": "safe", "1": "vulnerable"}})
    )
    (published / "tokenizer_config.json").unlink()
    made["codexglue"] = made["graphcodebert"] = published
    made["onnx"] = root / "onnx"
    shutil.copytree(DEMO_MODELS / "student", made["onnx"])
    config = json.loads((made["onnx"] / "config.json").read_text())
    del config["id2label"]
    (made["onnx"] / "config.json").write_text(json.dumps(config))
    for name, text in (
        ("csv", "id,prob_safe,prob_vulnerable\n0,0.5,0.5\n1,0.25,0.75\n2,1,0\n"),
        ("jsonl", "".join(f'{{"id": "{k}", "logit_0": {k}.5, "logit_1": 0}}\n' for k in range(3))),
    ):
        made[name] = root / name
        made[name].mkdir()
        (made[name] / f"r.{name}").write_text(text)
    made["npy"] = root / "npy"
    made["npy"].mkdir()
    np.save(made["npy"] / "r.npy", [[0.5, 0.5], [0.25, 0.75], [1.0, 0.0]])
    return made


def specification(kind: str, directory: Path) -> str:
    if kind in ("csv", "jsonl", "npy"):
        return f"recorded:{directory}/r.{kind}"
    options = "?max_length=36&flow_length=8" if kind == "graphcodebert" else "?max_length=30"
    return f"{kind}:{directory}{options}"


def ask(kind: str, directory: Path) -> str | None:
    """Load and predict; the one line that it ends in, if it does."""
    ids = ("1", "2", "3") if kind == "npy" else ("0", "1", "2")
    asked = [
        type(one)(name, one.programs, None, name, (name,))
        for name, one in zip(ids, examples(), strict=True)
    ]
    try:
        found = load_classifier(specification(kind, directory), TASK).predict(asked)
    except MetaCompressError as error:
        return _one_line(str(error))
    assert np.isfinite(found.probabilities).all()
    return None


def _one_line(message: str) -> str:
    assert "\n" not in message.strip()
    return message


@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_models_load(whole: dict[str, Path], kind: str) -> None:
    assert ask(kind, whole[kind]) is None


def _changed(path: Path, draw: Callable[..., Any]) -> None:
    how = draw(st.sampled_from(["flip", "cut", "garbage", "delete", "directory", "link", "json"]))
    content = bytearray(path.read_bytes())
    if how == "json" and path.suffix == ".json":
        stated = json.loads(content)
        inner = stated
        for _ in range(draw(st.integers(0, 3))):
            nested = [key for key, value in inner.items() if isinstance(value, dict) and value]
            if not nested:
                break
            inner = inner[draw(st.sampled_from(nested))]
        if inner:
            inner[draw(st.sampled_from(sorted(inner)))] = draw(st.sampled_from(SILLY))
        path.write_text(json.dumps(stated))
    elif how == "delete":
        path.unlink()
    elif how == "directory":
        path.unlink()
        path.mkdir()
    elif how == "link":
        path.unlink()
        path.symlink_to("gone")
    elif how == "cut":
        path.write_bytes(content[: draw(st.integers(0, len(content)))])
    elif how == "garbage":
        path.write_bytes(draw(st.binary(max_size=60)))
    else:
        for _ in range(draw(st.integers(1, 4))):
            content[draw(st.integers(0, min(len(content), 4000) - 1))] = draw(st.integers(0, 255))
        path.write_bytes(content)


@pytest.mark.filterwarnings("ignore")
@given(data=st.data())
@settings(
    max_examples=int(os.environ.get("HOSTILE_MODELS", "80")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize="HOSTILE_MODELS" not in os.environ,
)
def test_any_damage_ends_in_one_line(whole: dict[str, Path], data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    with tempfile.TemporaryDirectory() as scratch:
        directory = Path(shutil.copytree(whole[kind], Path(scratch) / "m"))
        names = sorted(path.name for path in directory.iterdir() if path.suffix != ".md")
        for name in data.draw(
            st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)
        ):
            _changed(directory / name, data.draw)
        event(f"{kind}: {'loads' if ask(kind, directory) is None else 'refused'}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[1]", "expected a JSON object, found list"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": "\xff"}', "not valid UTF-8"),
        (b"{", "cannot be read"),
        (b"", "cannot be read"),
        (b'{"a": ' + b"9" * 5000 + b"}", "cannot be read"),
    ],
)
@pytest.mark.parametrize("kind", ["transformers", "onnx", "codexglue", "graphcodebert"])
def test_configurations_that_are_none(
    whole: dict[str, Path], tmp_path: Path, kind: str, content: bytes, message: str
) -> None:
    directory = Path(shutil.copytree(whole[kind], tmp_path / "m"))
    (directory / "config.json").write_bytes(content)
    assert message in (ask(kind, directory) or "")


def test_a_huge_configuration_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "config.json").open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(ModelError, match="1,073,741,824 bytes"):
        read_json_object(tmp_path / "config.json")


@pytest.mark.parametrize("value", [0, -3, "x", float("nan"), [], 3, 1.5])
@pytest.mark.parametrize("field", ["max_position_embeddings", "n_positions"])
def test_windows_that_are_none(field: str, value: object) -> None:
    with pytest.raises(ModelError, match=f"{field} is|reads . tokens at most"):
        input_limit({field: value}, None, None, "m")
    assert input_limit({}, 10**30, None, "m") == 512
    assert input_limit({"model_type": "t5", "n_positions": value}, 64, None, "m") == 64


def test_weights_that_are_not_finite(whole: dict[str, Path], tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    for kind in ("transformers", "codexglue"):
        directory = Path(shutil.copytree(whole[kind], tmp_path / kind))
        weights = load_file(directory / "model.safetensors")
        name = "classifier.weight" if kind == "transformers" else "classifier.dense.weight"
        weights[name][:] = np.nan
        save_file(weights, directory / "model.safetensors", metadata={"format": "pt"})
        assert "sum to 1" in (ask(kind, directory) or "")


def test_arrays_that_are_none(whole: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "r.npy"
    for array in (
        np.array([{}, None], dtype=object), np.array(["a"]), np.array([1 + 2j]), np.zeros(0),
        np.array([[np.nan, 1.0]]), np.zeros((2, 2, 2)), np.zeros((3, 5)), np.float64(1),
        np.zeros(2, dtype=[("a", int)]),
    ):  # fmt: skip
        np.save(path, array, allow_pickle=True)
        assert ask("npy", tmp_path)
    head = b"\x93NUMPY\x01\x00"
    for shape in ("(10**15, 2)", "(1000000000000000, 2)", "(-1, 2)", "(" * 200):
        text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
        path.write_bytes(head + len(text).to_bytes(2, "little") + text.encode() + b"\0" * 64)
        assert ask("npy", tmp_path)


def test_no_layers_and_more_words_than_vectors(tmp_path: Path) -> None:
    assert ask("transformers", write_model(tmp_path / "flat", num_hidden_layers=0)) is None
    short = write_model(tmp_path / "short", vocab_size=len(WORDS) - 1, **SMALL)
    assert "embeds" in (ask("transformers", short) or "")


def test_weights_of_another_size(whole: dict[str, Path], tmp_path: Path) -> None:
    directory = Path(shutil.copytree(whole["transformers"], tmp_path / "m"))
    config = json.loads((directory / "config.json").read_text())
    (directory / "config.json").write_text(json.dumps(config | {"intermediate_size": 9}))
    assert "other sizes than its config.json states" in (ask("transformers", directory) or "")
