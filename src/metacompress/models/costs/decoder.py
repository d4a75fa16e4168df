"""Floating-point operations of a causal language model for one prediction of a next token.

As in ``encoder_cost``, the operations of matrix multiplications are counted, and of attention all
positions, masked ones too, as PyTorch's own counter does.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DecoderShape:
    """The sizes that the operations depend on.

    Attributes:
        matrices: numbers in the matrices that every token is multiplied with.
        layers: with attention.
        width: of all heads of a layer together.
        hidden: width of a token's vector.
        vocabulary: rows of the output matrix.
    """

    matrices: int
    layers: int
    width: int
    hidden: int
    vocabulary: int


def next_token_flops(shape: DecoderShape, length: int) -> int:
    """Operations to read ``length`` tokens and to predict the one behind them."""
    attention = 2 * 2 * shape.layers * length * length * shape.width
    return 2 * shape.matrices * length + attention + 2 * shape.hidden * shape.vocabulary
