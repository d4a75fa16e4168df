"""How many tokens a model should be given at a time: measured, not assumed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from metacompress.models.batched import Batched
from metacompress.models.runtime.batching import BatchLimit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.example import Example
    from metacompress.models.classifier import Classifier

# Padded tokens in a call; the smallest means the fewest rows that a batch may have. All give the
# same bits (see models.runtime.batching), so that the choice cannot change any result.
_SIZES = (1, 2048, 4096, 8192, 16384, 65536)
_SAMPLE = 64
# Another size has to be so much quicker: differences below are noise.
_GAIN = 0.95


def choose_batch_limit(classifier: Classifier, examples: Sequence[Example]) -> dict[int, float]:
    """Set the classifier's ``batch_limit`` to the quickest of a few numbers of tokens.

    Args:
        classifier: nothing is done where it has no batches, or their size is given.
        examples: the first 64 are asked about with every size.

    Returns:
        seconds a row by size; empty where nothing was measured.
    """
    sample = examples[:_SAMPLE]
    if not isinstance(classifier, Batched) or classifier.batch_limit.size or not sample:
        return {}
    seconds: dict[int, float] = {}
    classifier.predict(sample[:1])  # the first call of a model pays for its set-up
    for size in _SIZES:
        classifier.forget()
        classifier.batch_limit = BatchLimit(size)
        start = time.perf_counter()
        classifier.predict(sample)
        seconds[size] = (time.perf_counter() - start) / len(sample)
    best = min(seconds, key=seconds.__getitem__)
    # The smallest size that is as good: it holds the least memory.
    classifier.batch_limit = BatchLimit(
        next(size for size in _SIZES if seconds[best] >= _GAIN * seconds[size])
    )
    classifier.forget()
    return seconds
