"""Classifiers that tell what they cost: their weights, and the operations of a prediction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.example import Example


@dataclass(frozen=True, slots=True)
class Weight:
    """Size of a model.

    Attributes:
        bytes: of its weights as they are held, or of its graph with them.
        parameters: numbers in its weights; None where its shape is unknown.
    """

    bytes: int
    parameters: int | None


@runtime_checkable
class Costed(Protocol):
    """What a classifier offers beside probabilities where it computes here."""

    @property
    def weight(self) -> Weight:
        """Size of the model."""

    def flops(self, examples: Sequence[Example]) -> list[int] | None:
        """Floating-point operations of the matrix products for each example, padding left out.

        None where the shape of the model is unknown. The model is not asked.
        """
