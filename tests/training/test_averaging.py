from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from metacompress.errors import UsageError
from metacompress.runs.progress import NoProgress
from metacompress.settings.validation import validated
from metacompress.training.averaging import WeightAveraging
from metacompress.training.settings import TrainingSettings
from metacompress.training.training import train

if TYPE_CHECKING:
    from pathlib import Path


class _State:
    max_steps = 10
    global_step = 0


def test_the_weights_of_the_last_steps_are_averaged() -> None:
    model, state = torch.nn.Linear(1, 1), _State()
    averaging = WeightAveraging(0.3, None)
    averaging.on_train_begin(None, state, None, model=model)
    for state.global_step in range(1, 11):
        model.weight.data.fill_(state.global_step**2)
        averaging.on_step_end(None, state, None, model=model)
    averaging.on_train_end(None, state, None, model=model)
    assert model.weight.item() == pytest.approx((64 + 81 + 100) / 3)


class _Interrupting(NoProgress):
    """Stops a training at its third evaluation."""

    def __init__(self) -> None:
        self.evaluations = 0

    def note(self, text: str) -> None:
        self.evaluations += text.startswith("epoch")
        if self.evaluations == 3:
            raise KeyboardInterrupt


def _settings(out: Path, **changed: object) -> TrainingSettings:
    shape = {"layers": 1, "hidden": 16, "heads": 2, "feed_forward": 16, "vocabulary": 400}
    given = {
        "task": "demo-problem",
        "data": {"path": "demo", "split": "train", "language": "c"},
        "valid_split": "valid",
        "architecture": {**shape, "max_length": 64},
        "epochs": 4,
        "batch_size": 64,
        "keep": "last",
        "average": 0.75,
        "out": str(out),
    }
    return validated(TrainingSettings, {**given, **changed})


def test_an_interrupted_training_averages_what_it_would_have(tmp_path: Path) -> None:
    through, stopped = tmp_path / "through", tmp_path / "stopped"
    train(_settings(through))
    with pytest.raises(KeyboardInterrupt):
        train(_settings(stopped), progress=_Interrupting())
    train(_settings(stopped))
    weights = [(out / "model.safetensors").read_bytes() for out in (through, stopped)]
    assert weights[0] == weights[1]


def test_the_best_checkpoint_is_not_an_average(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--keep last"):
        _settings(tmp_path, keep="best")
