"""Finds the cheapest size of a batch on the batches of the work itself, so that it costs nothing.

The sizes take turns, each batch is timed by the processor time of all threads, and after a few
turns the cheapest one stays. No size changes a bit of any output (see ``models.runtime.batching``).
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from metacompress.models.runtime.batching import BatchLimit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.models.runtime.batching import Batch

SIZES = (1024, 2048, 4096, 8192)
"""Padded tokens of a batch that are tried."""

# Timed batches of a size that are enough, and batches after which the sizes that were filled count.
_ENOUGH, _LATEST = 3, 64
# A batch says something about a size that it fills to this share.
_FILLED = 0.75
# The smallest size that is nearly as cheap stays: it holds the least memory.
_NEARLY = 0.97


class BatchTuner:
    """A limit of batches that changes from batch to batch until one has proved the cheapest."""

    def __init__(self) -> None:
        self._seconds: dict[int, list[float]] = {size: [] for size in SIZES}
        self._batches = 0
        self._chosen: BatchLimit | None = None

    @property
    def limit(self) -> BatchLimit:
        """Of the next batch."""
        return self._chosen or BatchLimit(SIZES[self._batches % len(SIZES)])

    def rows(self, length: int) -> int:
        """See BatchLimit."""
        return self.limit.rows(length)

    @contextmanager
    def timing(self, batch: Batch) -> Iterator[None]:
        """Time one batch in the block."""
        if self._chosen is not None:
            yield
            return
        start = time.process_time()
        yield
        seconds = time.process_time() - start
        size, tokens = self.limit.tokens, batch.height * batch.length
        # The first batch of a model pays for its set-up.
        if self._batches and tokens >= _FILLED * size:
            self._seconds[size].append(seconds / tokens)
        self._batches += 1
        if self._batches >= _LATEST or min(map(len, self._seconds.values())) >= _ENOUGH:
            self._choose()

    def _choose(self) -> None:
        best = {size: min(found) for size, found in self._seconds.items() if found}
        if not best:
            self._chosen = BatchLimit()
            return
        cheapest = min(best.values())
        self._chosen = BatchLimit(
            next(size for size, seconds in best.items() if _NEARLY * seconds <= cheapest)
        )
