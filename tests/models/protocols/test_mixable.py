"""Mixtures of models: some tensors of one, the others of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from tests.support.tiny_models import FAMILIES, examples, write_model, write_tokenizer

from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.errors import ModelError
from metacompress.models.facts import Facts
from metacompress.models.identity import is_resumable
from metacompress.models.loading import load_classifier
from metacompress.models.protocols.classifier import Classifier, Predictions
from metacompress.models.protocols.mixable import Mixable, mixed, mixed_fingerprint
from metacompress.models.runtime.torch_runtime import load_state_dict
from metacompress.models.shared import Recipe, SharedClassifier, loaded_here
from metacompress.repairing.mixtures import mixtures_of
from metacompress.study.locate.swaps import Differing
from metacompress.workers.in_process import InProcess

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

VULNERABILITY = VULNERABILITY_PREDICTION.name


def answers(classifier: Classifier) -> NDArray[np.float64]:
    return classifier.predict(examples()).probabilities


def write_pair(directory: Path, family: str) -> tuple[Path, Path]:
    """Two models of one architecture, with other weights in every tensor."""
    from transformers import AutoModelForSequenceClassification

    teacher = write_model(directory / "teacher", family)
    student = write_model(directory / "student", family)
    model = AutoModelForSequenceClassification.from_pretrained(student)
    torch.manual_seed(1)
    with torch.no_grad():
        for weights in model.parameters():
            weights.add_(torch.randn_like(weights))
    model.save_pretrained(student)
    return teacher, student


@pytest.mark.parametrize("family", FAMILIES)
def test_with_all_tensors_of_another_model_it_is_that_model(family: str, tmp_path: Path) -> None:
    teacher, student = (
        load_classifier(str(path), VULNERABILITY) for path in write_pair(tmp_path, family)
    )
    assert isinstance(teacher, Mixable)
    before = answers(student)
    whole = mixed(student, teacher.tensors())
    np.testing.assert_array_equal(answers(whole), answers(teacher))
    np.testing.assert_array_equal(answers(student), before)
    assert np.abs(before - answers(teacher)).max() > 0.01


def test_models_with_their_classes_in_another_order_are_not_mixed(tmp_path: Path) -> None:
    teacher, student = write_pair(tmp_path, "bert")
    same = f"{student}?labels={','.join(VULNERABILITY_PREDICTION.labels)}"
    other = f"{student}?labels={','.join(reversed(VULNERABILITY_PREDICTION.labels))}"
    first = load_classifier(str(teacher), VULNERABILITY)
    assert Differing.between(first, load_classifier(same, VULNERABILITY)).teacher
    second = load_classifier(other, VULNERABILITY)
    with pytest.raises(ModelError, match="another order"):
        Differing.between(first, second)
    with pytest.raises(ModelError, match="another order"):
        mixtures_of(
            {"teacher": first, "student": second}, str(teacher), other,
            task=VULNERABILITY_PREDICTION, bits=8, scratch=tmp_path / "scratch",
        )  # fmt: skip


def test_one_tensor_is_as_if_it_had_been_saved(tmp_path: Path) -> None:
    from transformers import AutoModelForSequenceClassification

    paths = write_pair(tmp_path, "bert")
    teacher, student = (load_classifier(str(path), VULNERABILITY) for path in paths)
    assert isinstance(teacher, Mixable)
    write_tokenizer(tmp_path / "saved")
    for name, values in list(teacher.tensors().items())[::5]:
        model = AutoModelForSequenceClassification.from_pretrained(paths[1])
        model.state_dict()[name].copy_(torch.from_numpy(values))
        model.save_pretrained(tmp_path / "saved")
        saved = load_classifier(str(tmp_path / "saved"), VULNERABILITY)
        np.testing.assert_array_equal(answers(mixed(student, {name: values})), answers(saved))


def test_tensors_that_are_shared_have_one_name(tmp_path: Path) -> None:
    classifier = load_classifier(str(write_model(tmp_path, "t5")), VULNERABILITY)
    assert isinstance(classifier, Mixable)
    names = classifier.tensors()
    assert sum("embed" in name or name.endswith("shared.weight") for name in names) == 1


@pytest.mark.parametrize("kind", ["codexglue", "graphcodebert"])
def test_a_published_checkpoint(kind: str, shared: Path, tmp_path: Path) -> None:
    name = {"codexglue": "codebert", "graphcodebert": "graphcodebert"}[kind]
    published = shared / f"models/compressor_{name}_vulnerability_prediction"
    student = load_classifier(f"{kind}:{published}", VULNERABILITY)
    assert isinstance(student, Mixable)
    state = load_state_dict(published / "model.bin")
    stored = {
        "head.dense.weight": "encoder.classifier.dense.weight",
        "encoder.encoder.layer.3.output.dense.weight": (
            "encoder.roberta.encoder.layer.3.output.dense.weight"
        ),
    }
    other = {name: -student.tensors()[name] for name in stored}
    changed = {stored[name]: torch.from_numpy(values) for name, values in other.items()}
    assert changed.keys() <= state.keys()
    torch.save(state | changed, tmp_path / "model.bin")
    (tmp_path / "BPE_1000.json").write_bytes((published / "BPE_1000.json").read_bytes())
    saved = load_classifier(f"{kind}:{tmp_path}", VULNERABILITY)
    before = answers(student)
    np.testing.assert_array_equal(answers(mixed(student, other)), answers(saved))
    np.testing.assert_array_equal(answers(student), before)
    assert not np.array_equal(before, answers(saved))


def test_fingerprints_are_of_what_is_mixed(tmp_path: Path) -> None:
    student = load_classifier(str(write_model(tmp_path)), VULNERABILITY)
    assert isinstance(student, Mixable)
    (first, one), (second, two), *_ = student.tensors().items()
    found = [
        mixed(student, tensors).fingerprint
        for tensors in ({first: one}, {first: -one}, {second: two}, {first: one, second: two})
    ]
    assert len({student.fingerprint, *found}) == 5
    assert mixed(student, {second: two, first: one}).fingerprint == found[-1]


class Bias:
    """A callable as a user writes it: a share of "vulnerable" that is a tensor."""

    def __init__(self, bias: float, scale: float = 1.0) -> None:
        self.bias, self.scale = bias, scale
        self.fingerprint = f"bias {bias} {scale}"

    def __call__(self, texts: list[str]) -> NDArray[np.float64]:
        share = np.full(len(texts), self.bias * self.scale)
        return np.stack([1 - share, share], axis=1)

    def tensors(self) -> dict[str, NDArray[np.float64]]:
        return {"bias": np.array([self.bias]), "scale": np.array([self.scale])}

    def with_tensors(self, tensors: Mapping[str, NDArray[np.float64]]) -> Bias:
        own = {name: float(values[0]) for name, values in (self.tensors() | tensors).items()}
        return Bias(own["bias"], own["scale"])


class Careless(Bias, Classifier):
    """A classifier whose mixtures say that they are the one before."""

    labels = VULNERABILITY_PREDICTION.labels

    def predict(self, examples):
        return Predictions.checked(self([""] * len(examples)), examples, 2, "careless")

    def with_tensors(self, tensors):
        other = Careless(2 * self.bias)
        other.fingerprint = self.fingerprint
        return other


def test_a_callable_that_can_be_mixed() -> None:
    student = load_classifier(Bias(0.25), VULNERABILITY)
    teacher = mixed(student, {"bias": np.array([0.5])})
    assert answers(teacher)[0, 1] == 0.5
    assert is_resumable(teacher)
    assert not isinstance(load_classifier(lambda texts: None, VULNERABILITY), Mixable)


@pytest.mark.parametrize(
    ("tensors", "reason"),
    [
        ({"weight": np.zeros(1)}, "no tensor 'weight'"),
        ({"bias": np.zeros(2)}, r"shape \(1,\), not \(2,\)"),
        ({"bias": np.array([np.nan])}, "not finite"),
    ],
)
def test_tensors_that_do_not_fit_are_refused(tensors: dict, reason: str) -> None:
    with pytest.raises(ModelError, match=reason):
        mixed(load_classifier(Bias(0.5), VULNERABILITY), tensors)


def test_a_mixture_that_would_get_the_answers_of_another_is_refused() -> None:
    with pytest.raises(ModelError, match="mixed_fingerprint"):
        mixed(Careless(0.25), {"bias": np.array([0.5])})
    with pytest.raises(ModelError, match="cannot be replaced"):
        mixed(load_classifier("mock:", VULNERABILITY), {"bias": np.array([0.5])})


def test_a_model_without_a_fingerprint_has_mixtures_without_one() -> None:
    assert mixed_fingerprint(None, {"bias": np.zeros(1)}) is None


def test_a_model_that_workers_have_loaded_is_mixed_here(tmp_path: Path) -> None:
    specification = str(write_model(tmp_path))
    recipe = Recipe(specification, VULNERABILITY_PREDICTION, ())
    shared = SharedClassifier(recipe, Facts.of(recipe.load(), {}), InProcess())
    assert not isinstance(shared, Mixable)
    assert isinstance(loaded_here(shared), Mixable)
    np.testing.assert_array_equal(answers(shared), answers(loaded_here(shared)))
    assert loaded_here(recipe.load()) is recipe.load()
