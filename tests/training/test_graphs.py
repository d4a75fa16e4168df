"""Models that read data flow, from training to the check and the attack of their students."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from graph_models import byte_pairs, roberta

import metacompress
from metacompress.data.loading import load_dataset
from metacompress.data.task import TASKS
from metacompress.errors import ModelError, UsageError
from metacompress.models.loading import load_classifier
from metacompress.settings.validation import validated
from metacompress.training.architecture import existing_model
from metacompress.training.card import command
from metacompress.training.graph_examples import EncodedGraphs, GraphCollator
from metacompress.training.settings import Architecture, TrainingSettings

if TYPE_CHECKING:
    from pathlib import Path

TASK = "clone-detection"
GRAPH = {
    "architecture": "graphcodebert",
    "layers": 2,
    "hidden": 32,
    "heads": 4,
    "feed_forward": 64,
    "vocabulary": 600,
    "max_length": 128,
    "flow_length": 40,
}
SMALLER = {**GRAPH, "layers": 1, "hidden": 16, "heads": 2, "feed_forward": 16}
TOKENS_ONLY = {
    name: SMALLER[name] for name in SMALLER if name not in ("architecture", "flow_length")
}


def _trained(out: Path, architecture: dict[str, Any], teacher: Path | None = None) -> Path:
    settings: dict[str, Any] = {
        "data": "demo",
        "split": "train",
        "valid_split": "valid",
        "task": TASK,
        "limit": 128,
        **architecture,
        "epochs": 1,
        "batch_size": 32,
        "out": out,
    }
    if teacher is None:
        metacompress.train(**settings)
    else:
        metacompress.distill(str(teacher), **settings)
    return out


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _trained(tmp_path_factory.mktemp("models") / "teacher", GRAPH)


@pytest.fixture(scope="module", params=["graph student", "token-only student"])
def student(
    request: pytest.FixtureRequest, teacher: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    architecture = SMALLER if request.param == "graph student" else TOKENS_ONLY
    return _trained(tmp_path_factory.mktemp("models") / "student", architecture, teacher)


def test_what_is_trained_is_what_answers(teacher: Path) -> None:
    examples = load_dataset("demo", TASK, split="valid", limit=9).examples
    found = load_classifier(str(teacher), TASK).predict(examples).probabilities
    model, tokenizer = existing_model(str(teacher), TASKS.get(TASK), seed=0)
    rows = EncodedGraphs(examples, tokenizer, model.config)
    batch = GraphCollator()([rows[index] for index in range(len(rows))])
    batch.pop("labels")
    with torch.no_grad():
        expected = model.eval()(**batch).logits.softmax(dim=-1).numpy()
    np.testing.assert_allclose(found, expected, atol=1e-6)
    assert np.ptp(found[:, 0]) > 1e-6


def test_students_of_a_graph_teacher_are_checked(
    teacher: Path, student: Path, tmp_path: Path
) -> None:
    found = metacompress.check(
        str(teacher),
        str(student),
        "demo",
        report=False,
        task=TASK,
        split="valid",
        transforms=["rename-identifiers", "swap-operands"],
        limit=24,
        run=tmp_path,
    )
    agreement = found.relations["prediction-agreement"]
    assert agreement.sources.inputs == 24
    assert agreement.follow_ups.inputs >= 24


def test_students_of_a_graph_teacher_are_attacked(
    teacher: Path, student: Path, tmp_path: Path
) -> None:
    found = metacompress.attack(
        str(teacher),
        str(student),
        "demo",
        task=TASK,
        split="valid",
        attacks=["random"],
        max_queries=12,
        limit=12,
        run=tmp_path,
    )
    for victim in ("teacher", "student"):
        attacked = found.victim("random", victim)
        assert attacked.n == 12
        assert attacked.attacked > 0
        assert 0 < attacked.queries_mean <= 12


def test_the_card_states_a_command_that_is_understood(teacher: Path) -> None:
    words = shlex.split(command(json.loads((teacher / "card.json").read_text())["settings"]))
    assert {"--architecture", "graphcodebert", "--flow-length", "40"} <= set(words)


def test_a_published_encoder_becomes_a_reader_of_data_flow(tmp_path: Path) -> None:
    examples = load_dataset("demo", TASK, split="train", limit=24).examples
    base = roberta().roberta  # type: ignore[attr-defined]
    base.save_pretrained(tmp_path / "base")
    texts = [program.text for example in examples for program in example.programs]
    byte_pairs(texts, published=False).save(str(tmp_path / "base" / "tokenizer.json"))
    (tmp_path / "base" / "tokenizer_config.json").write_text(
        json.dumps(
            {
                "tokenizer_class": "PreTrainedTokenizerFast",
                "pad_token": "<pad>",
                "unk_token": "<unk>",
                "cls_token": "<s>",
                "sep_token": "</s>",
                "model_max_length": 128,
            }
        )
    )
    fine_tuned = metacompress.train(
        "demo",
        task=TASK,
        split="train",
        model=str(tmp_path / "base"),
        architecture="graphcodebert",
        max_length=96,
        flow_length=24,
        limit=96,
        epochs=1,
        learning_rate=1e-6,
        out=tmp_path / "tuned",
    )
    model, _ = existing_model(str(fine_tuned.out), TASKS.get(TASK), seed=0)
    assert (model.config.input_length, model.config.flow_length) == (96, 24)
    torch.testing.assert_close(
        model.roberta.encoder.layer[0].output.dense.weight,
        base.encoder.layer[0].output.dense.weight,
        atol=1e-3,
        rtol=0,
    )
    predictions = load_classifier(str(fine_tuned.out), TASK).predict(examples)
    assert np.isfinite(predictions.probabilities).all()


def test_a_reader_of_data_flow_keeps_its_lengths_unless_others_are_given(teacher: Path) -> None:
    def lengths(architecture: Architecture) -> tuple[int, int]:
        model, _ = existing_model(str(teacher), TASKS.get("demo-problem"), 0, architecture)
        assert model.config.programs == 1
        return model.config.input_length, model.config.flow_length

    assert lengths(Architecture()) == (128, 40)
    assert lengths(Architecture(family="graphcodebert")) == (128, 40)
    assert lengths(Architecture(family="graphcodebert", flow_length=16)) == (128, 16)
    with pytest.raises(ModelError, match="--max-length 168 at most"):
        lengths(Architecture(family="graphcodebert", max_length=169))


def test_only_a_roberta_can_be_made_to_read_data_flow(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    with pytest.raises(ModelError, match="only a RoBERTa"):
        existing_model(
            str(tmp_path),
            TASKS.get(TASK),
            seed=0,
            architecture=Architecture(family="graphcodebert"),
        )


def test_what_cannot_be_given_a_graph_says_so(teacher: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reads data flow"):
        metacompress.export(str(teacher), tmp_path / "onnx")
    with pytest.raises(ModelError, match="reads data flow"):
        metacompress.prune(str(teacher), tmp_path / "pruned", heads=0.5)


@pytest.mark.parametrize(
    ("architecture", "said"),
    [
        ({"flow_length": 8}, "--flow-length is for"),
        ({"family": "graphcodebert", "max_length": 64, "flow_length": 60}, "--max-length must"),
        ({"family": "graphcodebert", "flow_length": -1}, "--flow-length"),
        ({"family": "codet5"}, "--architecture"),
    ],
)
def test_wrong_settings_are_named(architecture: dict[str, Any], said: str) -> None:
    settings = {"task": TASK, "data": {"path": "demo"}, "out": "x", "architecture": architecture}
    with pytest.raises(UsageError, match=said):
        validated(TrainingSettings, settings)
