from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from metacompress.compression.posttraining.quantization import quantize
from metacompress.data.loading import load_dataset
from metacompress.data.task import CLONE_DETECTION
from metacompress.errors import UsageError
from metacompress.models.backends.demo import DEMO_MODELS
from metacompress.models.files.onnx_files import MODEL
from metacompress.models.loading import load_classifier
from metacompress.repairing.mixtures import Int8Graphs, mixtures_of

if TYPE_CHECKING:
    from pathlib import Path


def test_an_int8_graph_with_all_matrices_kept_answers_as_its_teacher(tmp_path: Path) -> None:
    quantize(f"onnx:{DEMO_MODELS / 'student'}", tmp_path / "int8")
    names = {"teacher": "demo:student", "student": f"onnx:{tmp_path / 'int8'}"}
    models = {name: load_classifier(one, CLONE_DETECTION) for name, one in names.items()}
    mixtures = mixtures_of(
        models, **names, task=CLONE_DETECTION, bits=8, scratch=tmp_path / "scratch"
    )
    assert isinstance(mixtures, Int8Graphs)
    examples = load_dataset("demo", CLONE_DETECTION, split="test", limit=2).examples
    every = frozenset(mixtures.names)
    answers = [
        mixtures.keeping(kept).predict(examples).probabilities for kept in (frozenset(), every)
    ]
    expected = [models[name].predict(examples).probabilities for name in ("student", "teacher")]
    np.testing.assert_array_equal(answers[0], expected[0])
    np.testing.assert_allclose(answers[1], expected[1], atol=1e-6)
    one = frozenset(mixtures.names[:1])
    assert mixtures.size(frozenset()) < mixtures.size(one) < mixtures.size(every)
    assert mixtures.size(frozenset()) == (tmp_path / "int8" / MODEL).stat().st_size


def test_an_int8_graph_of_another_model_is_refused(tmp_path: Path) -> None:
    quantize(f"onnx:{DEMO_MODELS / 'student'}", tmp_path / "int8")
    with pytest.raises(UsageError, match="not what metacompress compress quantize makes"):
        mixtures_of(
            {},
            "demo:teacher",
            f"onnx:{tmp_path / 'int8'}",
            task=CLONE_DETECTION,
            bits=8,
            scratch=tmp_path / "scratch",
        )


def test_models_without_tensors_are_refused(tmp_path: Path) -> None:
    models = {
        name: load_classifier(one, CLONE_DETECTION)
        for name, one in (("teacher", "mock:"), ("student", "mock:?seed=1"))
    }
    with pytest.raises(UsageError, match="tensors can be exchanged"):
        mixtures_of(models, "mock:", "mock:?seed=1", task=CLONE_DETECTION, bits=8, scratch=tmp_path)
