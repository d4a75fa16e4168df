from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from scipy.special import log_softmax, softmax

from metacompress.errors import ModelError, UsageError
from metacompress.settings.validation import validated
from metacompress.training.faithful import squashed_twice
from metacompress.training.losses import consistency_loss, distillation_loss
from metacompress.training.settings import (
    DistillationSettings,
    TrainingSettings,
)
from metacompress.training.training import train

if TYPE_CHECKING:
    from pathlib import Path

LABELS = torch.tensor([0, 1, 2, 0, 1])


def _answers() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    student, teacher = rng.normal(size=(2, 5, 3))
    return student, teacher


def test_the_loss_of_hinton_equals_its_definition() -> None:
    student, teacher = _answers()
    p, log_q = softmax(teacher / 3, axis=1), log_softmax(student / 3, axis=1)
    soft = (p * (np.log(p) - log_q)).sum(axis=1).mean()
    log_q_1 = log_softmax(student, axis=1)
    # Smoothed by 0.3, a tenth goes to each of the three classes.
    hard = -(0.7 * log_q_1[np.arange(5), LABELS] + 0.1 * log_q_1.sum(axis=1)).mean()
    found = distillation_loss(
        torch.tensor(student),
        torch.tensor(teacher),
        LABELS,
        temperature=3,
        hard_weight=0.25,
        label_smoothing=0.3,
    )
    assert float(found) == pytest.approx(0.75 * 9 * soft + 0.25 * hard)


def test_consistency_counts_pairs_of_a_group_that_the_teacher_sees_alike() -> None:
    student = torch.tensor([[1.0, 0.0], [3.0, 0.0], [0.0, 9.0], [5.0, 2.0], [7.0, 7.0]])
    teacher = torch.tensor([[0.0, -9.0], [0.0, -2.0], [-9.0, 0.0], [0.0, -1.0], [0.0, -1.0]])
    groups = torch.tensor([4, 4, 4, 7, 4])
    # Of the group, the third has another class; the logits of each, less their mean, are
    # (0.5, -0.5), (1.5, -1.5) and (0, 0).
    expected = (2 + 0.5 + 4.5) / 3
    assert float(consistency_loss(student, teacher, groups)) == pytest.approx(expected)
    alone = consistency_loss(student, teacher, torch.arange(5))
    assert float(alone) == 0


def test_the_loss_of_morph_equals_its_definition() -> None:
    student, teacher = _answers()
    p, q = softmax(teacher / 10, axis=1), softmax(student / 10, axis=1)
    cosine = (p * q).sum(axis=1) / np.linalg.norm(p, axis=1) / np.linalg.norm(q, axis=1)
    found = distillation_loss(
        torch.tensor(student),
        torch.tensor(teacher),
        LABELS,
        temperature=10,
        hard_weight=0.0,
        soft="cross-entropy-cosine",
    )
    assert float(found) == pytest.approx((-(p * np.log(q)).sum(axis=1) + 1 - cosine).mean())


def test_labels_squashed_twice_cap_a_perfect_students_confidence() -> None:
    """The student of the least loss is found by descent, not from a formula."""
    certain = torch.tensor(squashed_twice(np.array([[1.0, 0.0]])))
    logits = torch.zeros(1, 2, requires_grad=True)
    optimiser = torch.optim.LBFGS([logits], max_iter=100)

    def step() -> torch.Tensor:
        optimiser.zero_grad()
        loss = distillation_loss(logits, certain, LABELS[:1], temperature=1.0, hard_weight=0.0)
        loss.backward()
        return loss

    optimiser.step(step)
    assert float(torch.softmax(logits.detach(), dim=-1).max()) == pytest.approx(0.731, abs=5e-4)


def _settings(out: Path, **changed: object) -> TrainingSettings:
    shape = {"layers": 1, "hidden": 16, "heads": 2, "feed_forward": 16, "vocabulary": 400}
    given = {
        "task": "demo-problem",
        "data": {"path": "demo", "split": "train", "language": "c"},
        "valid_split": "valid",
        "architecture": {**shape, "max_length": 64},
        "epochs": 2,
        "out": str(out),
    }
    return validated(TrainingSettings, {**given, **changed})


def test_frozen_biases_and_gains_stay_as_they_start(tmp_path: Path) -> None:
    from safetensors.torch import load_file

    train(_settings(tmp_path / "free"))
    train(_settings(tmp_path / "frozen", faithful=("frozen-biases",)))
    free, frozen = (load_file(tmp_path / name / "model.safetensors") for name in ("free", "frozen"))
    biases = [name for name in frozen if name.endswith("bias")]
    gains = [name for name in frozen if name.endswith("LayerNorm.weight")]
    assert biases
    assert gains
    assert all((frozen[name] == 0).all() for name in biases)
    assert all((frozen[name] == 1).all() for name in gains)
    assert any((free[name] != 0).any() for name in biases)


def test_a_loss_that_is_no_longer_finite_ends_the_training(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no longer finite after step \d+; lower --learning-rate"):
        train(_settings(tmp_path, learning_rate=1e30))


def test_quirks_of_a_teacher_need_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="double-softmax"):
        _settings(tmp_path, faithful=("double-softmax",))
    with pytest.raises(UsageError, match="--faithful"):
        _settings(tmp_path, faithful=("typo",))


@pytest.mark.parametrize("kind", ["wordpiece", "unigram", "word"])
def test_tokenizers_of_every_kind_train_and_distil(tmp_path: Path, kind: str) -> None:
    shape = {"layers": 1, "hidden": 16, "heads": 2, "feed_forward": 16, "vocabulary": 700}
    given = {"architecture": {**shape, "max_length": 64, "tokenizer": kind, "activation": "silu"}}
    student = validated(
        DistillationSettings,
        {
            **_settings(tmp_path / "student", epochs=1).model_dump(exclude={"architecture"}),
            **given,
            "teacher": "mock:",
            "soft_loss": "cross-entropy-cosine",
        },
    )
    assert train(student).scores["valid"].agreement >= 0
