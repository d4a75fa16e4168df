from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from metacompress.settings.validation import validated
from metacompress.training.settings import TrainingSettings
from metacompress.training.training import train

if TYPE_CHECKING:
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
