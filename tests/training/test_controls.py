from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from metacompress.data.loading import load_dataset
from metacompress.data.task import TASKS
from metacompress.models.loading import load_classifier
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.settings.validation import validated
from metacompress.training.architecture import new_model
from metacompress.training.encoded_parts import encode_parts
from metacompress.training.parts import Parts
from metacompress.training.settings import DistillationSettings

if TYPE_CHECKING:
    from pathlib import Path


def distillation(out: Path, **changed: object) -> DistillationSettings:
    given = {
        "task": "demo-problem",
        "data": {"path": "demo", "split": "train", "language": "c"},
        "valid_split": "valid",
        "teacher": "mock:",
        "out": str(out),
        "architecture": {"layers": 1, "hidden": 16, "heads": 2, "vocabulary": 300},
    }
    return validated(DistillationSettings, {**given, **changed})


def test_a_random_teacher_gives_the_answers_to_other_examples(tmp_path: Path) -> None:
    task = TASKS.get("demo-problem")
    examples = load_dataset("demo", "demo-problem", split="train", language="c", limit=24).examples
    teacher = load_classifier("mock:", task)
    own = teacher.predict(examples).probabilities
    answers = {}
    for control in ("none", "random-teacher"):
        settings = distillation(tmp_path / control, control=control)
        model, tokenizer = new_model(settings.architecture, task, examples, settings.seed)
        encoded = encode_parts(
            settings,
            Parts(examples, examples[:8], examples[8:16], 0),
            model,
            tokenizer,
            teacher,
            RunDirectory(tmp_path / f"{control}-work"),
            NoProgress(),
        )
        answers[control] = {
            name: np.exp([part[row]["teacher"] for row in range(len(part))])
            for name, part in encoded.items()
        }
    np.testing.assert_allclose(answers["none"]["train"], own, atol=1e-6)
    shuffled = answers["random-teacher"]["train"]
    assert not np.allclose(shuffled, own)
    np.testing.assert_allclose(np.sort(shuffled, axis=0), np.sort(own, axis=0), atol=1e-6)
    # What is scored at the end is scored against the real teacher.
    np.testing.assert_allclose(answers["random-teacher"]["test"], own[8:16], atol=1e-6)


@pytest.mark.parametrize(
    ("changed", "weight"),
    [
        ({}, 0.0),
        ({"hard_weight": 0.3}, 0.3),
        ({"control": "hard-labels"}, 1.0),
        ({"control": "random-teacher"}, 0.0),
    ],
)
def test_a_control_on_labels_has_no_other_loss(
    changed: dict[str, object], weight: float, tmp_path: Path
) -> None:
    settings = distillation(tmp_path / "out", **changed)
    assert settings.label_weight == weight
    assert settings.needs_labels is (weight > 0)
