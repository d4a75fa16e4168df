from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.data.example import Example, Program
from metacompress.lang.language import Language
from metacompress.models.protocols.batched import BatchLimit
from metacompress.models.protocols.classifier import Classifier, Predictions
from metacompress.models.runtime.batching import batches, reporting
from metacompress.models.storing.store import PredictionStore

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Batched(Classifier):
    """Goes over its inputs twice, as a model of pairs may, and records the batches."""

    labels = ("a", "b")
    fingerprint = "batched"

    def __init__(self) -> None:
        self.seen: list[tuple[list[int], int, int]] = []

    def predict(self, examples: Sequence[Example]) -> Predictions:
        ids = [[1] * len(example.programs[0].text) for example in examples]
        for _ in range(2):
            for batch in batches(ids, longest=64, limit=BatchLimit(256)):
                self.seen.append((batch.rows.tolist(), batch.length, batch.height))
        p = np.full((len(examples), 2), 0.5)
        return Predictions.checked(p, examples, 2, "batched")


def examples(count: int) -> list[Example]:
    return [
        Example(str(k), (Program("x" * (1 + k % 60) + str(k), Language.C),), None, "", ("",))
        for k in range(count)
    ]


def test_progress_advances_by_batches_and_changes_none(tmp_path: Path) -> None:
    rows = examples(150)
    steps: list[int] = []
    shown, silent = Batched(), Batched()
    with PredictionStore(tmp_path / "a.sqlite") as store:
        store.predict(shown, rows, advance=steps.append, block_size=100)
        again: list[int] = []
        store.predict(shown, rows, advance=again.append, block_size=100)
    for start in (0, 100):
        silent.predict(rows[start : start + 100])
    assert shown.seen == silent.seen
    assert len(steps) > 10
    assert sum(steps) == sum(again) == 150
    assert min(steps) >= 0
    assert again == [100, 50]


def test_reports_end_with_their_block() -> None:
    shares: list[float] = []
    with reporting(shares.append):
        list(batches([[1], [1, 2]], longest=8))
    list(batches([[1]], longest=8))
    assert shares == [1.0]
