"""Classifiers that compute in batches."""

from __future__ import annotations

from typing import NamedTuple, Protocol, runtime_checkable

DEFAULT_BATCH_TOKENS = 4096


class BatchLimit(NamedTuple):
    """How much a model is given at a time; it changes the speed and no bit of any output.

    Attributes:
        tokens: padded tokens per batch at most.
        size: rows per batch at most, whatever their length; None leaves that to ``tokens``.
    """

    tokens: int = DEFAULT_BATCH_TOKENS
    size: int | None = None

    def rows(self, length: int) -> int:
        """Rows of ``length`` tokens each that make a batch."""
        return self.size or self.tokens // max(length, 1)


@runtime_checkable
class Batched(Protocol):
    """What a classifier offers beside probabilities where it computes in batches.

    Attributes:
        batch_limit: how much the model is given at a time. It changes the speed and no bit of any
            output.
    """

    batch_limit: BatchLimit

    def forget(self) -> None:
        """Drop what is remembered of earlier inputs, so that the next call computes them again."""
