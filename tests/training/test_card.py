from __future__ import annotations

import json
from typing import TYPE_CHECKING

from metacompress.models.backends.demo import DEMO_MODELS
from metacompress.training.card import CARD, README, read_card, write_card

if TYPE_CHECKING:
    from pathlib import Path


def test_a_card_is_read_as_it_was_written(tmp_path: Path) -> None:
    # An earlier version wrote this one; keys that it did not have are those of a later step.
    card = read_card(DEMO_MODELS / "student")
    assert card is not None
    assert card.started_from is not None
    assert card.started_from.task == "demo-problem"
    assert (card.compression, card.scores["test"].loss > 0) == ([], True)
    written = json.loads((DEMO_MODELS / "student" / CARD).read_text())
    assert written["scores"]["test"].items() <= card.scores["test"].content().items()
    write_card(tmp_path, card)
    assert read_card(tmp_path) == card
    assert "`model.onnx` holds the same model" in (tmp_path / README).read_text()


def test_a_card_of_others_is_none_of_ours(tmp_path: Path) -> None:
    assert read_card(tmp_path) is None
    for content in (
        "{}",
        "[1]",
        "no JSON",
        '{"task": "x", "settings": 1, "scores": []}',
        "[" * 9999,
    ):
        (tmp_path / CARD).write_text(content)
        assert read_card(tmp_path) is None
