"""Classifiers that compute in batches."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Batched(Protocol):
    """What a classifier offers beside probabilities where it computes in batches.

    Attributes:
        batch_tokens: padded tokens per batch, at most. It changes the speed and no bit of any
            output.
    """

    batch_tokens: int

    def forget(self) -> None:
        """Drop what is remembered of earlier inputs, so that the next call computes them again."""
