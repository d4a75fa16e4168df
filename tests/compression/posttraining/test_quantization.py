from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import numpy_helper, version_converter
from onnxruntime.quantization import quantize_dynamic

from metacompress.compression.posttraining.quantization import quantize
from metacompress.data.loading import load_dataset
from metacompress.errors import ModelError, UsageError
from metacompress.models.backends.demo import DEMO_MODELS
from metacompress.models.loading import load_classifier
from metacompress.settings.validation import validated
from metacompress.training.export import export
from metacompress.training.settings import TrainingSettings
from metacompress.training.training import train

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.compression.posttraining.summary import QuantizeSummary
    from metacompress.data.example import Example

ARCHITECTURE = {
    "layers": 2,
    "hidden": 32,
    "heads": 2,
    "feed_forward": 64,
    "vocabulary": 600,
    "max_length": 64,
}
PAIRS = "clone-detection"


@pytest.fixture(scope="module")
def pair_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models") / "pairs"
    given = {
        "task": PAIRS,
        "data": {"path": "demo", "split": "train", "language": "c", "limit": 200},
        "architecture": ARCHITECTURE,
        "epochs": 2,
        "out": str(out),
    }
    train(validated(TrainingSettings, given))
    return out


@pytest.fixture(scope="module")
def exported(pair_model: Path) -> Path:
    out = pair_model.parent / "exported"
    export(str(pair_model), out)
    return out


@pytest.fixture(scope="module")
def int8(pair_model: Path) -> QuantizeSummary:
    return quantize(str(pair_model), pair_model.parent / "int8")


@pytest.fixture(scope="module")
def demo_int8(tmp_path_factory: pytest.TempPathFactory) -> QuantizeSummary:
    out = tmp_path_factory.mktemp("models") / "int8"
    return quantize(f"onnx:{DEMO_MODELS / 'teacher'}", out)


def examples(limit: int = 60) -> tuple[Example, ...]:
    return load_dataset("demo", PAIRS, split="test", limit=limit).examples


def probabilities(model: str) -> np.ndarray:
    return load_classifier(model, PAIRS).predict(examples()).probabilities


def test_the_int8_model_is_smaller_and_near_its_original(
    pair_model: Path, exported: Path, int8: QuantizeSummary
) -> None:
    assert int8.bytes_before == (exported / "model.onnx").stat().st_size
    assert int8.bytes == (int8.out / "model.onnx").stat().st_size < int8.bytes_before / 2
    # A weight is off by 1/128 of the largest one and an activation by 1/254 at most, at random:
    # four products in a row stay within some hundredths where the model is not confident.
    assert 0 < int8.largest_difference < 0.05
    found = probabilities(f"onnx:{int8.out}")
    np.testing.assert_allclose(found, probabilities(str(pair_model)), atol=0.05)
    one, other = (load_classifier(f"onnx:{path}", PAIRS) for path in (int8.out, exported))
    assert one.fingerprint != other.fingerprint


def test_an_exported_directory_is_taken_as_it_is(exported: Path, int8: QuantizeSummary) -> None:
    again = quantize(f"onnx:{exported}", exported.parent / "from-onnx")
    for file in ("model.onnx", "tokenizer.json", "tokenizer_config.json"):
        assert (again.out / file).read_bytes() == (int8.out / file).read_bytes()


def test_the_demo_teacher_keeps_its_decisions(demo_int8: QuantizeSummary) -> None:
    found, expected = probabilities(f"onnx:{demo_int8.out}"), probabilities("demo:teacher")
    np.testing.assert_array_equal(found.argmax(axis=1), expected.argmax(axis=1))
    assert demo_int8.bytes < 0.3 * demo_int8.bytes_before


def test_an_output_does_not_depend_on_the_batch(demo_int8: QuantizeSummary) -> None:
    classifier = load_classifier(f"onnx:{demo_int8.out}", PAIRS)
    together = classifier.predict(examples(12)).probabilities
    alone = []
    for example in examples(12):
        classifier.forget()
        alone.append(classifier.predict([example]).probabilities[0])
    np.testing.assert_array_equal(together, alone)


def test_products_have_the_weights_of_quantize_dynamic(
    exported: Path, int8: QuantizeSummary, tmp_path: Path
) -> None:
    quantize_dynamic(exported / "model.onnx", tmp_path / "other.onnx", reduce_range=True)

    # Names and order differ, what is multiplied does not.
    def weights(path: Path, operator: str) -> list[tuple]:
        graph = onnx.load(path).graph
        tensors = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
        used = [tensors[n.input[1]] for n in graph.node if n.op_type == operator]
        return sorted((matrix.shape, matrix.dtype.name, matrix.tobytes()) for matrix in used)

    ours = weights(int8.out / "model.onnx", "MatMulInt8")
    assert len(ours) == 2 * 6 + 2
    assert ours == weights(tmp_path / "other.onnx", "MatMulInteger")


@pytest.mark.parametrize("version", [17, 18], ids=["axes-as-attribute", "axes-as-input"])
def test_no_optimisation_of_onnx_runtime_changes_what_is_computed(
    exported: Path, tmp_path: Path, version: int
) -> None:
    shutil.copytree(exported, tmp_path / "float")
    graph = version_converter.convert_version(onnx.load(exported / "model.onnx"), version)
    onnx.save(graph, tmp_path / "float" / "model.onnx")
    made = quantize(f"onnx:{tmp_path / 'float'}", tmp_path / "int8")
    ids = np.random.default_rng(0).integers(5, 500, size=(4, 48))
    inputs = {
        "input_ids": ids,
        "attention_mask": np.ones_like(ids),
        "token_type_ids": np.zeros_like(ids),
    }
    logits = []
    levels = onnxruntime.GraphOptimizationLevel
    for level in (levels.ORT_DISABLE_ALL, levels.ORT_ENABLE_ALL):
        settings = onnxruntime.SessionOptions()
        settings.graph_optimization_level = level
        session = onnxruntime.InferenceSession(made.out / "model.onnx", settings)
        logits.append(session.run(None, inputs)[0])
    # Sums in another order may round an activation the other way: one level of 254.
    np.testing.assert_allclose(logits[0], logits[1], atol=2e-2)
    assert np.ptp(logits[0], axis=0).max() > 0


def test_it_runs_without_torch(int8: QuantizeSummary) -> None:
    program = f"""
import sys
sys.modules["torch"] = sys.modules["transformers"] = sys.modules["onnx"] = None
from metacompress.data.loading import load_dataset
from metacompress.models.loading import load_classifier
examples = load_dataset("demo", "{PAIRS}", split="test", limit=4).examples
print(load_classifier("onnx:{int8.out}", "{PAIRS}").predict(examples).probabilities.shape)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.strip() == "(4, 2)"


def test_the_card_goes_on_from_the_original_one(pair_model: Path, int8: QuantizeSummary) -> None:
    before = json.loads((pair_model / "card.json").read_text())
    after = json.loads((int8.out / "card.json").read_text())
    (step,) = after["compression"]
    assert after | {"compression": []} == before
    assert step["technique"] == "quantization"
    assert (step["bytes_before"], step["bytes"]) == (int8.bytes_before, int8.bytes)
    assert (step["inputs"], step["largest_difference"]) == (16, int8.largest_difference)
    readme = (int8.out / "README.md").read_text()
    assert readme.startswith((pair_model / "README.md").read_text())
    assert f"1. Quantised to int8: `model.onnx` has {int8.bytes:,} bytes" in readme


def test_a_model_without_a_card_gets_one(exported: Path, tmp_path: Path) -> None:
    shutil.copytree(exported, tmp_path / "float")
    (tmp_path / "float" / "card.json").unlink()
    made = quantize(f"onnx:{tmp_path / 'float'}", tmp_path / "int8")
    card = json.loads((made.out / "card.json").read_text())
    assert [step["bytes"] for step in card["compression"]] == [made.bytes]
    assert f"{made.bytes:,} bytes" in (made.out / "README.md").read_text()


def test_a_used_directory_is_refused_and_kept(exported: Path, int8: QuantizeSummary) -> None:
    before = {path.name: path.read_bytes() for path in int8.out.iterdir()}
    with pytest.raises(UsageError, match=rf"--out {int8.out}: there is something already"):
        quantize(f"onnx:{exported}", int8.out)
    assert {path.name: path.read_bytes() for path in int8.out.iterdir()} == before


def test_an_empty_directory_may_be_there(exported: Path, tmp_path: Path) -> None:
    (tmp_path / "int8").mkdir()
    made = quantize(f"onnx:{exported}", tmp_path / "int8")
    assert (made.out / "model.onnx").is_file()


def change_weights(directory: Path, factor: float) -> None:
    graph = onnx.load(directory / "model.onnx")
    for tensor in graph.graph.initializer:
        if tensor.name.endswith("classifier.weight"):
            with np.errstate(over="ignore"):
                changed = numpy_helper.to_array(tensor) * np.float32(factor)
            tensor.CopyFrom(numpy_helper.from_array(changed, tensor.name))
    onnx.save(graph, directory / "model.onnx")


@pytest.mark.parametrize(
    ("factor", "message"),
    [(np.inf, "weights .*classifier.weight are not finite"), (3e38, "outputs .* not finite")],
    ids=["weights", "outputs"],
)
def test_a_failure_leaves_nothing_behind(
    exported: Path, tmp_path: Path, factor: float, message: str
) -> None:
    shutil.copytree(exported, tmp_path / "float")
    change_weights(tmp_path / "float", factor)
    with pytest.raises(ModelError, match=message):
        quantize(f"onnx:{tmp_path / 'float'}", tmp_path / "new" / "int8")
    assert list((tmp_path / "new").iterdir()) == []


def test_a_model_is_not_quantised_twice(int8: QuantizeSummary, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no float32 weights"):
        quantize(f"onnx:{int8.out}", tmp_path / "again")


@pytest.mark.parametrize("model", ["demo:teacher", "mock:", "recorded:answers.jsonl"])
def test_other_kinds_are_named(model: str, tmp_path: Path) -> None:
    kind = model.partition(":")[0]
    with pytest.raises(UsageError, match=f"kind {kind} cannot be quantised"):
        quantize(model, tmp_path / "int8")


def test_a_damaged_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no model\.onnx in it"):
        quantize(f"onnx:{tmp_path}", tmp_path / "int8")
    for name, content in (("model.onnx", "?"), ("tokenizer.json", "{}"), ("config.json", "{}")):
        (tmp_path / name).write_text(content)
    with pytest.raises(ModelError, match="cannot be read"):
        quantize(f"onnx:{tmp_path}", tmp_path / "int8")
