"""Classifiers that compute in batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from metacompress.models.runtime.batching import BatchLimit


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
