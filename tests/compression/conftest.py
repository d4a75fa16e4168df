from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from warm_python import warm_python

from metacompress.settings.validation import validated
from metacompress.training.settings import TrainingSettings
from metacompress.training.training import train

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models") / "teacher"
    shape = {"layers": 1, "hidden": 32, "heads": 2, "feed_forward": 32, "vocabulary": 1000}
    given = {
        "task": "demo-problem",
        "data": {"path": "demo", "split": "train", "language": "c"},
        "valid_split": "valid",
        "architecture": {**shape, "max_length": 64},
        "epochs": 3,
        "out": str(out),
    }
    train(validated(TrainingSettings, given))
    return out


@pytest.fixture(scope="module")
def warm_trainings() -> Iterator[None]:
    """Trainings, processes of their own, that need not import torch each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "executable", warm_python())
        yield
