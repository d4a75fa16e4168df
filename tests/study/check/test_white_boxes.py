"""Models that were asked on another back end are white boxes by what they stand for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from metacompress.data.task import TASKS
from metacompress.locating.gradients import GradientSource
from metacompress.models.loading import load_classifier
from metacompress.models.protocols.classifier import Classifier, Predictions
from metacompress.study.check.config import CheckConfig
from metacompress.study.check.white_boxes import white_box

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from metacompress.data.example import Example

TASK = TASKS.get("vulnerability-prediction")


class Exported(Classifier):
    """Gives probabilities alone."""

    labels = TASK.labels

    def __init__(self, stands_for: str) -> None:
        self.stands_for = stands_for

    def predict(self, examples: Sequence[Example]) -> Predictions:
        return Predictions.checked(np.full((len(examples), 2), 0.5), examples, 2, "exported")


def test_what_a_model_stands_for_is_loaded_and_must_be_the_same(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    import tiny_models

    place = str(tiny_models.write_model(tmp_path / "model"))
    model = load_classifier(place, TASK)
    settings = {"task": TASK.name, "teacher": place, "student": "mock:", "data": {"path": "x"}}
    config = CheckConfig.model_validate(settings)
    study = SimpleNamespace(
        config=config,
        models={
            "teacher": Exported(str(model.fingerprint)),
            "student": load_classifier("mock:", TASK),
        },
    )
    assert isinstance(white_box(study, "teacher"), GradientSource)
    assert white_box(study, "student") == "student does not tell its gradients"
    study.models["teacher"] = Exported("of another one")
    assert white_box(study, "teacher") == "teacher does not tell its gradients"
    study.models["teacher"] = model
    assert isinstance(white_box(study, "teacher"), GradientSource)
