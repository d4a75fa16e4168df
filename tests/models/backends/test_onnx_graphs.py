"""Graphs as other exporters write them: more outputs, other integers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

import metacompress
from metacompress.errors import ModelError
from metacompress.models.loading import load_classifier

onnx = pytest.importorskip("onnx")

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset

TASK = "vulnerability-prediction"


def write_model(
    directory: Path,
    *,
    outputs: tuple[str, ...] = ("logits",),
    kind: int = onnx.TensorProto.INT64,
    width: int | None = 2,
    classes: int = 2,
    looks_aside: bool = False,
    rows: int | None = None,
) -> str:
    """The logits are (sum of the ids, 10); ``hidden`` is (n, length), ``loss`` a number.

    A graph that looks aside adds the largest sum of all rows to each.
    """
    from onnx import TensorProto, helper, numpy_helper

    weights = np.zeros((1, classes), np.float32)
    weights[0, 0] = 1
    bias = np.full(classes, 10, np.float32)
    bias[0] = 0
    nodes = [
        helper.make_node("Cast", ["input_ids"], ["hidden"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["hidden", "axes"], ["own"], keepdims=1),
        helper.make_node("ReduceMax", ["own"], ["most"], keepdims=1),
        helper.make_node("Add", ["own", "most" if looks_aside else "nothing"], ["sum"]),
        helper.make_node("MatMul", ["sum", "weights"], ["product"]),
        helper.make_node("Add", ["product", "bias"], ["logits"]),
        helper.make_node("Identity", ["logits"], ["other"]),
        helper.make_node("ReduceSum", ["hidden"], ["loss"], keepdims=0),
    ]
    shapes = {"logits": ["n", width], "other": ["n", width], "hidden": ["n", "length"], "loss": []}
    constants = {"axes": np.array([1]), "weights": weights, "bias": bias}
    constants["nothing"] = np.zeros(1, np.float32)
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info("input_ids", kind, [rows or "n", "length"])],
        [helper.make_tensor_value_info(o, TensorProto.FLOAT, shapes[o]) for o in outputs],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    directory.mkdir()
    onnx.save(model, directory / "model.onnx")
    tokenizer = Tokenizer(WordLevel({"[UNK]": 1, "return": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(directory / "tokenizer.json"))
    labels = {"id2label": {"0": "safe", "1": "vulnerable"}, "max_position_embeddings": 64}
    (directory / "config.json").write_text(json.dumps(labels))
    return f"onnx:{directory}"


@pytest.mark.parametrize(
    "outputs", [("hidden", "logits"), ("other", "logits"), ("loss", "hidden", "other")]
)
def test_the_logits_are_found_among_several_outputs(
    outputs: tuple[str, ...], make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    examples = make_dataset(3).examples
    plain = load_classifier(write_model(tmp_path / "plain"), TASK).predict(examples)
    found = load_classifier(write_model(tmp_path / "more", outputs=outputs), TASK)
    assert np.array_equal(found.predict(examples).probabilities, plain.probabilities)


def test_integers_of_32_bits(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> None:
    examples = make_dataset(3).examples
    plain = load_classifier(write_model(tmp_path / "plain"), TASK).predict(examples)
    small = write_model(tmp_path / "small", kind=onnx.TensorProto.INT32)
    found = load_classifier(small, TASK).predict(examples)
    assert np.array_equal(found.probabilities, plain.probabilities)


def test_graphs_that_cannot_be_used(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> None:
    floats = write_model(tmp_path / "floats", kind=onnx.TensorProto.FLOAT)
    with pytest.raises(ModelError, match=r"takes input_ids tensor\(float\); expected integers"):
        load_classifier(floats, TASK)
    with pytest.raises(ModelError, match=r"outputs loss \[\]; expected one of shape \(n, 2\)"):
        load_classifier(write_model(tmp_path / "loss", outputs=("loss",)), TASK)
    with pytest.raises(ModelError, match="output has 3 columns"):
        load_classifier(write_model(tmp_path / "wide", width=None, classes=3), TASK)


@pytest.mark.parametrize(("looks_aside", "fewest"), [(False, 3), (True, 8)])
def test_batches_are_filled_up_only_where_that_changes_a_bit(
    looks_aside: bool, fewest: int, tmp_path: Path
) -> None:
    """Three inputs of the longest length: by themselves, or with copies of the first."""
    texts = [" ".join(["return" if bit == "1" else "x" for bit in f"{n:07b}"]) for n in range(100)]
    texts += [" ".join(["x"] * 40 + ["return"] * n) for n in range(3)]
    rows = [{"func": text, "target": 0} for text in texts]
    examples = metacompress.predict("mock:", rows, task=TASK, language="c").dataset.examples
    model: Any = load_classifier(write_model(tmp_path / "m", looks_aside=looks_aside), TASK)
    heights, forward = [], model._forward

    def looking(tensors: dict[str, np.ndarray]) -> np.ndarray:
        heights.append(tensors["input_ids"].shape)
        return forward(tensors)

    model._forward = looking
    model.predict(examples)
    assert [height for height, length in heights if length == 48] == [fewest]


def test_a_graph_of_a_fixed_height_is_asked_for_batches_of_that_height(tmp_path: Path) -> None:
    texts = [" ".join(["return" if bit == "1" else "x" for bit in f"{n:07b}"]) for n in range(64)]
    rows = [{"func": text, "target": 0} for text in texts]
    examples = metacompress.predict("mock:", rows, task=TASK, language="c").dataset.examples
    fixed = f"{write_model(tmp_path / 'fixed', rows=8)}?batch_size=8"
    plain = load_classifier(write_model(tmp_path / "plain"), TASK).predict(examples)
    found = load_classifier(fixed, TASK).predict(examples)
    assert np.array_equal(found.probabilities, plain.probabilities)
