"""Finds the cheapest size of a batch on the batches of the work itself, so that it costs little.

The sizes are climbed from the smallest: two of them take turns, each batch is timed by the
processor time of all threads, and after a few turns the cheaper one stays and meets the next. A
size that is dearer than a smaller one ends the climb: on a processor a batch that has left its
caches gets no cheaper by growing, and the largest sizes, a third dearer there, are hardly ever
tried. No size changes a bit of any output (see ``models.runtime.batching``).
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from metacompress.models.protocols.batched import BatchLimit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.models.runtime.batching import Batch

SIZES = (1024, 2048, 4096, 8192)
"""Padded tokens of a batch that are tried."""

# Timed batches of a size that are enough, and batches after which the climb ends.
_ENOUGH, _LATEST = 3, 64
# A batch says something about a size that it fills to this share.
_FILLED = 0.75
# A larger size must be clearly cheaper: the smaller one holds less memory.
_CLEARLY = 0.97


class BatchTuner:
    """A limit of batches that changes from batch to batch until one has proved the cheapest."""

    def __init__(self) -> None:
        self._seconds: dict[int, list[float]] = {size: [] for size in SIZES}
        self._best = 0
        self._rival = 1
        self._batches = 0
        self._chosen: BatchLimit | None = None

    @property
    def limit(self) -> BatchLimit:
        """Of the next batch."""
        return self._chosen or BatchLimit(SIZES[(self._best, self._rival)[self._batches % 2]])

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
        best, rival = (self._seconds[SIZES[one]] for one in (self._best, self._rival))
        if min(len(best), len(rival)) >= _ENOUGH:
            self._compare(min(best), min(rival))
        elif self._batches >= _LATEST:
            self._chosen = BatchLimit(SIZES[self._best]) if best else BatchLimit()

    def _compare(self, best: float, rival: float) -> None:
        """Let the cheaper one of two sizes meet the next, or end the climb."""
        is_cheaper = rival < _CLEARLY * best
        if is_cheaper:
            self._best = self._rival
        self._rival += 1
        if not is_cheaper or self._rival == len(SIZES):
            self._chosen = BatchLimit(SIZES[self._best])
