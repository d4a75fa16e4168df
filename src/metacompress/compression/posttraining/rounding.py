"""Weights rounded to few bits, a scale for each group of a row."""

from __future__ import annotations

from typing import NamedTuple

import torch

from metacompress.errors import ModelError
from metacompress.models.runtime.linear_layers import linear_weights

SCALE_BITS = 16


class Rounded(NamedTuple):
    """A matrix that a scheme of rounding stores.

    Attributes:
        weights: what it stands for, float32 of the matrix's shape.
        bits: that it takes, scales included.
    """

    weights: torch.Tensor
    bits: int


def round_to_nearest(weights: torch.Tensor, bits: int, group: int | None) -> Rounded:
    """Round a matrix to signed integers of so many bits, symmetric about 0.

    The largest absolute value of a group becomes the largest integer, 2^(bits - 1) - 1; scales are
    kept in half precision, and every product of scale and integer is a float32.

    Args:
        weights: (rows, width), float.
        bits: of an integer.
        group: neighbours in a row that share a scale (the last group may have fewer); None for
            whole rows.

    Raises:
        ValueError: a weight is not finite, or a scale is too large for half precision.
    """
    rows, width = weights.shape
    size = min(group or width, width)
    count = -(-width // size)
    padded = torch.zeros(rows, count * size)
    padded[:, :width] = weights.float()
    groups = padded.view(rows, count, size)
    levels = 2 ** (bits - 1) - 1
    scale = (groups.abs().amax(dim=2, keepdim=True) / levels).half().float()
    if not torch.isfinite(scale).all():
        raise ValueError("weights that are not finite, or too large for scales in half precision")
    # A group of zeros, or of less than half precision holds, stays at zero at any scale.
    divisor = torch.where(scale > 0, scale, 1.0)
    numbers = (groups / divisor).round().clamp(-levels, levels)
    found = (numbers * scale).view(rows, -1)[:, :width]
    return Rounded(found.contiguous(), rows * (width * bits + count * SCALE_BITS))


def round_model(model: torch.nn.Module, bits: int, group: int | None, name: str) -> tuple[int, int]:
    """Round the weights of all linear layers of a language model in place.

    Args:
        model: in float32.
        bits: of an integer.
        group: see ``round_to_nearest``.
        name: for messages.

    Returns:
        the number of rounded weights, and the bits that they take.

    Raises:
        ModelError: there are none, or one is not finite.
    """
    count = taken = 0
    for layer, weights, inputs_in_rows in linear_weights(model):
        matrices = weights.data.transpose(-1, -2) if inputs_in_rows else weights.data
        try:
            found = round_to_nearest(matrices.flatten(0, -2), bits, group)
        except ValueError as error:
            raise ModelError(f"{name}: {layer} has {error}", model=name) from None
        matrices.copy_(found.weights.view(matrices.shape))
        count += weights.numel()
        taken += found.bits
    if not count:
        raise ModelError(f"{name}: has no linear layers whose weights could be rounded", model=name)
    return count, taken
