"""Group token sequences into batches whose composition does not change any output.

A row's padded length follows from its own length alone, and no matrix product has fewer than
MIN_ROWS rows: the products behind a row then have the same inner shapes whatever else is in the
batch, and its output is bit for bit the same. That is what lets a study that was killed
go on to the same bytes, and an attack give the same result at any concurrency.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from metacompress.models.protocols.batched import BatchLimit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

LENGTH_STEP = 16
# Below 8 rows, BLAS libraries take other kernels. Only a classification head, which looks at one
# token of each input, has so few: a back end that can pads there (torch_runtime.with_steady_heads),
# ONNX Runtime is asked whether it needs them (backends.onnx), and the others always give so many.
MIN_ROWS = 8


_share_done: ContextVar[Callable[[float], None]] = ContextVar(
    "share_done", default=lambda share: None
)


_is_bare: ContextVar[bool] = ContextVar("is_bare", default=False)


@contextmanager
def bare_batches() -> Iterator[None]:
    """In the block, batches have the rows that were asked for and no others.

    It is for measurements: one input costs what it costs by itself. The last bits of an output
    depend on its batch then, so whatever is computed in the block must be forgotten.
    """
    token = _is_bare.set(True)
    try:
        yield
    finally:
        _is_bare.reset(token)


@contextmanager
def reporting(share_done: Callable[[float], None]) -> Iterator[None]:
    """In the block, call ``share_done`` after every batch with the share of its call's inputs.

    It changes no batch, and nothing that is computed.
    """
    token = _share_done.set(share_done)
    try:
        yield
    finally:
        _share_done.reset(token)


class RowLimit(Protocol):
    """What limits a batch."""

    def rows(self, length: int) -> int:
        """Rows of ``length`` tokens each that make a batch."""


class Batch(NamedTuple):
    """Rows that are padded to one length.

    Attributes:
        rows: positions in the sequence of inputs, (r,).
        length: padded number of tokens of every row.
        height: number of rows that the model is given, at least r.
    """

    rows: NDArray[np.intp]
    length: int
    height: int

    def pad(self, sequences: Sequence[Sequence[int]], value: int) -> NDArray[np.int64]:
        """The rows of ``sequences`` as int64 (height, length), padded with ``value``.

        Rows past r repeat the first and are there for the shape only.
        """
        padded = np.full((self.height, self.length), value, dtype=np.int64)
        for position, row in enumerate(self.rows):
            tokens = sequences[row]
            padded[position, : len(tokens)] = tokens
        padded[len(self.rows) :] = padded[0]
        return padded

    def mask(self, sequences: Sequence[Sequence[int]]) -> NDArray[np.int64]:
        """Attention mask of the same shape: 1 where there is a token, else 0."""
        lengths = np.array([len(sequences[row]) for row in self.rows])
        mask = np.zeros((self.height, self.length), dtype=np.int64)
        mask[: len(self.rows)] = np.arange(self.length) < lengths[:, None]
        mask[len(self.rows) :] = mask[0]
        return mask


def padded_length(length: int, longest: int, step: int = LENGTH_STEP) -> int:
    """The length that a sequence of ``length`` tokens is padded to."""
    return min(-(-length // step) * step, max(longest, length))


def batches(
    sequences: Sequence[Sequence[int]],
    *,
    longest: int,
    limit: RowLimit = BatchLimit(),  # noqa: B008 - it cannot be changed
    min_rows: int = MIN_ROWS,
    step: int = LENGTH_STEP,
) -> Iterator[Batch]:
    """Yield batches, shortest sequences first.

    Args:
        sequences: token ids of every input, special tokens included.
        longest: the model's maximum length; nothing is padded beyond it.
        limit: of every batch (but it has at least ``min_rows`` rows).
        min_rows: rows that the model is given at least, but in ``bare_batches``.
        step: padded lengths are multiples of it, up to ``longest``.
    """
    lengths = np.array([padded_length(len(row), longest, step) for row in sequences], dtype=np.intp)
    if _is_bare.get():
        min_rows = 1
    order = np.argsort(lengths, kind="stable")
    ascending = lengths[order]
    start = 0
    while start < len(order):
        length = int(ascending[start])
        same = int(np.searchsorted(ascending, length, side="right"))
        # Equal parts: a small rest would take other kernels where there are several threads.
        parts = -(-(same - start) // max(min_rows, limit.rows(length), 1))
        stop = start + -(-(same - start) // parts)
        yield Batch(order[start:stop], length, max(stop - start, min_rows))
        # Whoever asked for this batch comes back when it is computed.
        start = stop
        _share_done.get()(start / len(order))
