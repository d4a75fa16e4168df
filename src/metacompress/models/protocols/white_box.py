"""Models that can be looked into: first derivatives by the embeddings of what they read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from metacompress.data.example import Example


class TokenGradients(NamedTuple):
    """Derivatives of a log-probability by the embeddings of one program's tokens.

    Attributes:
        ids: token ids, int64 (t,).
        spans: characters of the program that each token stands for, int64 (t, 2), half-open.
        gradients: float32 (t, hidden).
    """

    ids: NDArray[np.int64]
    spans: NDArray[np.int64]
    gradients: NDArray[np.float32]


@runtime_checkable
class WhiteBox(Protocol):
    """What a classifier offers beside probabilities where its weights are at hand."""

    @property
    def embeddings(self) -> NDArray[np.float32]:
        """The vectors of the vocabulary, (v, hidden)."""

    def gradients(
        self, examples: Sequence[Example], labels: Sequence[int], program: int
    ) -> list[TokenGradients]:
        """The derivative of log P(label) of each example by the embeddings of one program.

        The model runs forward and backward once for each example.

        Args:
            examples: n inputs.
            labels: of each, which label.
            program: which program of the examples.
        """

    def tokens_of(self, names: Sequence[str], *, spaced: bool) -> list[list[int]]:
        """Token ids of identifiers, as they are where white space stands in front, or does not."""
