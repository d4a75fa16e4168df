from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from graph_models import byte_pairs, write_clone_model
from tiny_models import examples, write_model

from metacompress.compression.posttraining.quantization import quantize
from metacompress.data.example import Example, Program
from metacompress.data.task import CLONE_DETECTION, VULNERABILITY_PREDICTION
from metacompress.errors import ModelError, PredictionError
from metacompress.lang.language import Language
from metacompress.models.choosing import Backend, Work, choose_backends
from metacompress.models.files.onnx_export import export_onnx
from metacompress.models.loading import load_classifier, parse_specification
from metacompress.models.protocols.hidden_states import (
    HiddenStates,
    checked_states,
    require_hidden_states,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

TASK = VULNERABILITY_PREDICTION
# Of unlike lengths, one longer than the window of 32 tokens.
TEXTS = ("int a ;", "return a + b ;", "a + " * 40, "int b ; return ( b + a + unseen ) ;")
INPUTS = examples(*TEXTS)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("models") / "tiny", "roberta", num_hidden_layers=2)


@pytest.fixture(scope="module")
def exported(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("exports") / "exported"
    export_onnx(parse_specification(model), out, hidden_states=True)
    return out


def states_of(specification: str, inputs: Sequence[Example] = INPUTS) -> list[NDArray[np.float32]]:
    return require_hidden_states(load_classifier(specification, TASK), "it").hidden_states(inputs)


def by_transformers(model: Path, family: str) -> list[list[NDArray[np.float32]]]:
    """One input after another, without padding."""
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    network = AutoModelForSequenceClassification.from_pretrained(model).eval()
    tokenizer = AutoTokenizer.from_pretrained(model)
    found = []
    for text in TEXTS:
        ids = tokenizer(text, truncation=True, max_length=32, return_tensors="pt").input_ids
        with torch.no_grad():
            output = network(input_ids=ids, output_hidden_states=True)
        layers = output.encoder_hidden_states if family == "t5" else output.hidden_states
        found.append([layer[0].mean(dim=0).numpy() for layer in layers])
    return found


@pytest.mark.parametrize("family", ["bert", "t5", "gpt2"])
def test_states_are_means_over_the_tokens_of_each_input(tmp_path: Path, family: str) -> None:
    model = write_model(tmp_path / "model", family)
    expected = by_transformers(model, family)
    found = states_of(str(model))
    assert len(found) == len(expected[0]) == 2
    for number, layer in enumerate(found):
        assert layer.dtype == np.float32
        np.testing.assert_allclose(layer, [row[number] for row in expected], atol=2e-5, rtol=1e-4)


def test_states_do_not_depend_on_the_batch(model: Path) -> None:
    together, alone = states_of(str(model)), states_of(f"{model}?batch_tokens=1")
    for one, other in zip(together, alone, strict=True):
        np.testing.assert_array_equal(one, other)
    again = states_of(str(model), INPUTS[::-1])
    np.testing.assert_array_equal(again[2][::-1], together[2])


def test_a_graph_with_hidden_outputs_tells_them(model: Path, exported: Path) -> None:
    expected, found = states_of(str(model)), states_of(f"onnx:{exported}")
    assert len(found) == 3
    for one, other in zip(expected, found, strict=True):
        np.testing.assert_allclose(other, one, atol=1e-4)
    plain = load_classifier(str(model), TASK).predict(INPUTS).probabilities
    onnx = load_classifier(f"onnx:{exported}", TASK).predict(INPUTS).probabilities
    np.testing.assert_allclose(onnx, plain, atol=1e-4)


def test_quantising_a_graph_keeps_its_hidden_outputs(exported: Path, tmp_path: Path) -> None:
    quantize(f"onnx:{exported}", tmp_path / "int8")
    before, after = states_of(f"onnx:{exported}"), states_of(f"onnx:{tmp_path / 'int8'}")
    distance = [
        float(np.linalg.norm(a - b) / np.linalg.norm(a)) for a, b in zip(before, after, strict=True)
    ]
    assert 0 < max(distance) < 0.2


def test_a_model_that_onnx_runtime_stands_for_is_asked_in_torch(model: Path) -> None:
    work = Work(TASK, INPUTS, 10, Backend.ONNX, {})
    chosen = choose_backends({"it": str(model)}, work, {}, lambda note: None)
    found = chosen["it"].load(str(model), TASK, {})
    assert type(found).__name__ == "ExportedClassifier"
    assert isinstance(found, HiddenStates)
    for one, other in zip(found.hidden_states(INPUTS), states_of(str(model)), strict=True):
        np.testing.assert_array_equal(one, other)


def test_programs_of_a_pair_that_are_encoded_one_by_one_are_joined(tmp_path: Path) -> None:
    from transformers import RobertaModel

    texts = ["int f(int a) { return a; }", "void g() { ; }", "int h;"]
    state = write_clone_model(tmp_path / "m", byte_pairs(texts, published=True))
    programs = [Program(text, Language.JAVA) for text in texts]
    pairs = [
        Example(str(k), (one, other), None, str(k), (str(k), "x"))
        for k, (one, other) in enumerate([(programs[0], programs[1]), (programs[2], programs[0])])
    ]
    loaded = load_classifier(f"codexglue:{tmp_path / 'm'}?heads=4&max_length=128", CLONE_DETECTION)
    found = require_hidden_states(loaded, "it").hidden_states(pairs)
    assert [layer.shape for layer in found] == [(2, 64)] * 3
    network = loaded._encoder.model
    assert isinstance(network, RobertaModel)
    assert len(state) > 0
    for place, program in ((0, programs[0]), (1, programs[1])):
        ids = torch.tensor([loaded._framed(loaded._tokenize([program.text])[0].ids)])
        with torch.no_grad():
            last = network(ids).last_hidden_state[0].mean(dim=0).numpy()
        np.testing.assert_allclose(found[-1][0, 32 * place : 32 * place + 32], last, atol=1e-5)
    # Both hold the first program.
    np.testing.assert_allclose(found[-1][0, :32], found[-1][1, 32:], atol=1e-6)


def test_nodes_of_a_graph_are_among_what_is_read(shared: Path) -> None:
    student = shared / "models" / "compressor_graphcodebert_vulnerability_prediction"
    loaded = load_classifier(f"graphcodebert:{student}", TASK)
    program = Program("int f(int a) { int b = a + 1; return b * a; }", Language.C)
    one = Example("x", (program,), None, "x", ("x",))
    kept: list[torch.Tensor] = []
    layer = loaded._encoder.model.encoder.layer[-1]
    hook = layer.register_forward_hook(lambda module, given, found: kept.append(found))
    found = require_hidden_states(loaded, "it").hidden_states([one])
    hook.remove()
    states = kept[0][0] if isinstance(kept[0], tuple) else kept[0]
    read = loaded._reader.read([program], None)[program]
    assert len(read.ids) > read.code
    expected = states[0, : len(read.ids)].mean(dim=0).numpy()
    np.testing.assert_allclose(found[-1][0], expected, atol=1e-5)


def test_models_without_hidden_states_name_those_that_have_some(tmp_path: Path) -> None:
    plain = load_classifier("demo:student", CLONE_DETECTION)
    with pytest.raises(ModelError, match=r"demo:student does not tell.*codexglue.*onnx"):
        require_hidden_states(plain, "demo:student")


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([], "no layer"),
        ([np.zeros((2, 3)), np.zeros((3, 3))], r"shape \(3, 3\) in layer 1 for 2 inputs"),
        ([np.zeros(2)], "shape"),
        ([np.array([[np.nan], [0.0]])], "layer 0 that are not finite"),
    ],
)
def test_wrong_states_are_refused(layers: list[NDArray[np.float64]], message: str) -> None:
    with pytest.raises(PredictionError, match=message):
        checked_states(layers, 2, "it")
