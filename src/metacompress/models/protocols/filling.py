"""Classifiers whose batches are filled up: few inputs cost as much as some more would.

What a call of a few inputs takes says little about a call of many, unless one knows how many of the
rows were computed for their shape alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.example import Example


@dataclass(frozen=True, slots=True)
class TokenCount:
    """Tokens of one call, padding included.

    Attributes:
        computed: of all rows that the model is given.
        own: of the rows that are inputs.
    """

    computed: int = 0
    own: int = 0

    def __add__(self, other: TokenCount) -> TokenCount:
        return TokenCount(self.computed + other.computed, self.own + other.own)

    @property
    def waste(self) -> float:
        """Tokens computed for each token of an input, at least 1."""
        return self.computed / self.own if self.own else 1.0


@runtime_checkable
class FillsBatches(Protocol):
    """A classifier that gives its model more rows than there are inputs."""

    def count_tokens(self, examples: Sequence[Example]) -> TokenCount:
        """Count what one call for ``examples`` computes; the model is not asked."""
