from __future__ import annotations

import time

import numpy as np
import pytest
from tiny_models import examples, write_model

from metacompress.models.loading import load_classifier
from metacompress.models.protocols.batched import BatchLimit
from metacompress.models.runtime.batching import batches
from metacompress.models.runtime.tuning import SIZES, BatchTuner


def spend(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


@pytest.mark.parametrize("cheapest", SIZES)
def test_the_cheapest_size_stays(cheapest: int) -> None:
    """By processor time: what waits costs nothing. None past the first dearer size is tried."""
    tuner = BatchTuner()
    ids = [[1] * 64] * 2500
    tried = set()
    for batch in batches(ids, longest=64, limit=tuner):
        size = tuner.limit.tokens
        tried.add(size)
        with tuner.timing(batch):
            time.sleep(1e-4 if size == cheapest else 0)
            steps = abs(SIZES.index(size) - SIZES.index(cheapest))
            spend(5e-7 * 3**steps * batch.height * batch.length)
    assert tuner.limit == BatchLimit(cheapest)
    assert tried == set(SIZES[: SIZES.index(cheapest) + 2])


def test_batches_that_fill_no_size_leave_the_default() -> None:
    tuner = BatchTuner()
    for _ in range(100):
        for batch in batches([[1] * 16] * 4, longest=16, limit=tuner):
            with tuner.timing(batch):
                pass
    assert tuner.limit == BatchLimit()


def test_no_rest_is_small() -> None:
    heights = [
        batch.height for batch in batches([[1] * 16] * 65, longest=16, limit=BatchLimit(1024))
    ]
    assert heights == [33, 32]


def test_every_size_gives_the_same_bits(tmp_path) -> None:
    inputs = examples(*(f"int a ; return a {'+ b ' * (k % 30)}( a ) ;" for k in range(150)))
    directory = write_model(tmp_path / "tiny", "roberta")
    tuned = load_classifier(str(directory), "vulnerability-prediction").predict(inputs)
    for option in ("batch_tokens=1", "batch_size=40", "batch_tokens=65536"):
        fixed = load_classifier(f"{directory}?{option}", "vulnerability-prediction")
        assert np.array_equal(fixed.predict(inputs).probabilities, tuned.probabilities), option
