from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from recording_tracker import RecordingTracker

import metacompress

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("transformers")


def test_a_training_is_tracked(tmp_path: Path) -> None:
    told = RecordingTracker()
    made = metacompress.train(
        "demo", task="demo-problem", split="train", language="c", limit=64, epochs=2,
        batch_size=32, patience=None, layers=1, hidden=16, heads=2, feed_forward=16,
        vocabulary=300, max_length=32, out=tmp_path / "model", device="cpu", tracker=told,
    )  # fmt: skip
    assert "training" in told.stages
    losses = [step for name, step in told.steps if name == "train/loss"]
    accuracies = [value for (name, _), value in told.steps.items() if name == "valid/accuracy"]
    assert len(losses) == len(accuracies) == 2
    assert losses == sorted(losses)
    assert max(losses) == made.steps
    assert told.metrics["scores/valid/accuracy"] == made.scores["valid"].accuracy
    assert made.scores["valid"].accuracy in accuracies
    assert told.artifacts == [tmp_path / "model" / "card.json"]
    assert "tracker" not in made.settings
