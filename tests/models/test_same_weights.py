"""The same weights under another path, window or option are the same model."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.support.graph_models import byte_pairs, write_clone_model
from tests.support.tiny_models import write_model

from metacompress.data.task import CLONE_DETECTION, VULNERABILITY_PREDICTION
from metacompress.errors import ModelError
from metacompress.models.backends.demo import DEMO_MODELS
from metacompress.models.identity import refuse_same_weights
from metacompress.models.loading import load_classifier

if TYPE_CHECKING:
    from pathlib import Path


def refuse(first: str, second: str, task=VULNERABILITY_PREDICTION) -> None:
    models = {"teacher": load_classifier(first, task), "student": load_classifier(second, task)}
    refuse_same_weights(models, "teacher")


def test_a_model_of_transformers_elsewhere_is_the_same(tmp_path: Path) -> None:
    first = write_model(tmp_path / "first")
    copy = tmp_path / "copy"
    shutil.copytree(first, copy)
    for other in (f"{copy}?max_length=20", f"{copy}?labels=vulnerable,safe"):
        with pytest.raises(ModelError, match="holds the weights of the teacher"):
            refuse(str(first), other)
    with pytest.raises(ModelError, match="is the teacher itself"):
        refuse(str(first), str(copy))
    refuse(str(first), f"{copy}?dtype=bfloat16")
    refuse(str(first), str(write_model(tmp_path / "other", hidden_size=4)))


def test_an_onnx_graph_elsewhere_is_the_same(tmp_path: Path) -> None:
    shutil.copytree(DEMO_MODELS / "teacher", tmp_path / "copy")
    with pytest.raises(ModelError, match="holds the weights of the teacher"):
        refuse("demo:teacher", f"onnx:{tmp_path / 'copy'}?max_length=100", CLONE_DETECTION)
    refuse("demo:teacher", "demo:student", CLONE_DETECTION)


def test_a_recording_under_another_name_is_the_same(tmp_path: Path) -> None:
    for name, shift in (("a", 0), ("b", 0), ("c", 0.5)):
        np.save(tmp_path / f"{name}.npy", np.arange(8.0).reshape(4, 2) + np.array([0, shift]))
    with pytest.raises(ModelError, match="holds the weights of the teacher"):
        refuse(f"recorded:{tmp_path}/a.npy", f"recorded:{tmp_path}/b.npy")
    refuse(f"recorded:{tmp_path}/a.npy", f"recorded:{tmp_path}/c.npy")


def test_what_its_own_files_say_otherwise_is_told(tmp_path: Path) -> None:
    model = write_model(tmp_path / "m", id2label={0: "safe", 1: "vulnerable"})
    load = load_classifier
    assert load(str(model), VULNERABILITY_PREDICTION).doubts == ()
    (doubt,) = load(f"{model}?max_length=20", VULNERABILITY_PREDICTION).doubts
    assert "reads 20 tokens" in doubt
    (doubt,) = load(f"{model}?labels=vulnerable,safe", VULNERABILITY_PREDICTION).doubts
    assert "its own files say safe, vulnerable" in doubt
    shutil.copytree(DEMO_MODELS / "teacher", tmp_path / "onnx")
    (doubt,) = load(f"onnx:{tmp_path / 'onnx'}?max_length=100", CLONE_DETECTION).doubts
    assert "reads 100 tokens" in doubt
    assert load("demo:teacher", CLONE_DETECTION).doubts == ()


def test_a_published_checkpoint_is_known_by_its_weights(tmp_path: Path) -> None:
    tokenizer = byte_pairs(
        [f"int f{k}(int a) {{ return a + {k}; }}" for k in range(99)], published=True
    )
    write_clone_model(tmp_path / "m", tokenizer)
    shutil.copytree(tmp_path / "m", tmp_path / "copy")
    first, other = (f"codexglue:{tmp_path / name}?max_length=30" for name in ("m", "copy"))
    with pytest.raises(ModelError, match="holds the weights of the teacher"):
        refuse(first, other.replace("=30", "=16"), CLONE_DETECTION)
    assert load_classifier(first, CLONE_DETECTION).doubts == ()
    # A card says that it was trained here, on text whose white space was not collapsed.
    (tmp_path / "copy" / "card.json").write_text("{}")
    (doubt,) = load_classifier(other, CLONE_DETECTION).doubts
    assert "name the directory without codexglue:" in doubt
