"""The case study of a shipped model, on few functions, where the model is there."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import metacompress
from metacompress.models.protocols.mixable import Mixable, mixed
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from types import ModuleType

pytest.importorskip("safetensors")
EXAMPLE = Path(__file__).parents[1] / "examples/language_detector"
SHAPES = {
    "embedding": (50, 6),
    "hidden0.weight": (6, 8),
    "hidden0.bias": (8,),
    "hidden1.weight": (8, 4),
    "hidden1.bias": (4,),
    "logits.weight": (4, 3),
    "logits.bias": (3,),
    "linear.weight": (50, 3),
    "linear.bias": (3,),
}


def module_of(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def detector(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return module_of("detector", monkeypatch)


@pytest.fixture
def small(detector: ModuleType, tmp_path: Path) -> Any:
    """A detector of three languages with random weights, all of them uint8."""
    rng = np.random.default_rng(0)
    np.save(tmp_path / "bigram_buckets.npy", rng.integers(0, 50, (256, 256), dtype=np.int16))
    (tmp_path / "labels.json").write_text(json.dumps(["c", "java", "py"]))
    stored = {
        name: detector.Tensor(rng.integers(0, 256, shape, dtype=np.uint8), 0.01, -1.27)
        for name, shape in SHAPES.items()
    }
    made = detector.LanguageDetector(stored, np.zeros((256, 256), np.int16), ("c",), None)
    made.write(tmp_path / "uint8.safetensors")
    return detector.LanguageDetector.read(tmp_path / "uint8.safetensors", tmp_path)


def test_a_file_keeps_the_precision_of_each_tensor(
    small: Any, detector: ModuleType, tmp_path: Path, make_dataset: Any
) -> None:
    functions = make_dataset(5).examples
    kept = mixed(small, {"linear.weight": small.tensors()["linear.weight"] + 0.004})
    kept.write(tmp_path / "kept.safetensors")
    again = detector.LanguageDetector.read(tmp_path / "kept.safetensors", tmp_path)
    np.testing.assert_array_equal(
        kept.predict(functions).probabilities, again.predict(functions).probabilities
    )
    assert isinstance(again, Mixable)
    assert again.fingerprint not in (small.fingerprint, kept.fingerprint)
    added = (tmp_path / "kept.safetensors").stat().st_size
    added -= (tmp_path / "uint8.safetensors").stat().st_size
    assert added == pytest.approx(3 * 150, abs=120)


def test_answers_do_not_depend_on_what_is_beside_a_text(small: Any, make_dataset: Any) -> None:
    functions = make_dataset(7).examples
    together = small.predict(functions).probabilities
    for row, one in enumerate(functions):
        np.testing.assert_array_equal(small.predict([one]).probabilities[0], together[row])
    assert small.predict([]).probabilities.shape == (0, 3)


@pytest.fixture
def published(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module, the task, and some functions of two languages."""
    place = shared / "models/vscode_language_detector"
    if not place.is_dir():
        pytest.skip("the language detector is not in ../shared/models")
    monkeypatch.setenv("LANGUAGE_DETECTOR", str(place))
    detector = module_of("detector", monkeypatch)
    module_of("data", monkeypatch).write_functions(
        tmp_path / "functions.jsonl",
        java=shared / "data/bigclonebench/functions.jsonl.gz",
        c=shared / "data/devign/test.jsonl.gz",
    )
    task = metacompress.Task("language", 1, detector.fp32.labels, 0, "")
    data = metacompress.load_dataset(tmp_path / "functions.jsonl", task, limit=400)
    return detector, task, data


def test_one_tensor_of_the_shipped_model_carries_it_all(published: Any, tmp_path: Path) -> None:
    detector, task, data = published
    found = metacompress.locate(
        detector.fp32, detector.uint8, data, task=task, report=False, run=tmp_path / "located"
    )
    first = found.swaps[0]
    # On all 9,592 functions 13.8 %, see docs/tutorial-shipped-model.md.
    assert 0.08 < found.summary.violated["sources"] < 0.25
    assert first.name == "linear.weight"
    assert first.sources.removed.low > 0
    assert first.sources.removed.value > 0.9 * found.summary.violated["sources"]
    assert found.swaps[2].sources.caused.value < 0.02

    kept = {name: detector.fp32.tensors()[name] for name in first.tensors}
    detector.uint8.with_tensors(kept).write(tmp_path / "repaired.safetensors")
    assert (tmp_path / "repaired.safetensors").stat().st_size < 1_500_000
    repaired = detector.LanguageDetector.read(tmp_path / "repaired.safetensors")
    checked = metacompress.check(
        detector.fp32,
        {"uint8": detector.uint8, "repaired": repaired},
        data,
        task=task,
        relations="prediction-agreement?tolerance=0.05",
        slices=False,
        report=False,
        run=tmp_path / "checked",
    )
    rates = {
        name: one.relations["prediction-agreement"].sources.rate
        for name, one in checked.students.items()
    }
    assert rates["repaired"] < 0.01 < rates["uint8"]
    assert checked.students["repaired"].verdict is Verdict.PASS


def test_the_model_is_named_by_its_file(published: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _, task, data = published
    monkeypatch.syspath_prepend(EXAMPLE)
    predicted = metacompress.predict(
        f"python:{EXAMPLE / 'detector.py'}:uint8", data, task=task, limit=20
    )
    assert predicted.predictions.probabilities.shape == (20, 54)
