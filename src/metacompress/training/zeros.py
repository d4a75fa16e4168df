"""Weights that are zero and stay so: training must not undo what pruning took away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.models.runtime.linear_layers import linear_weights

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch


def keep_zeros(model: torch.nn.Module) -> int:
    """Let no step change those weights of linear layers that are zero; returns their number.

    They get no gradient. Without one, AdamW moves no weight but by its decay, which leaves zero at
    zero; and what they would have got has no part in the norm that gradients are clipped to.
    """
    found = 0
    for _, weights, _ in linear_weights(model):
        zeros = weights.detach() == 0
        count = int(zeros.sum())
        if count and weights.requires_grad:
            weights.register_hook(_without(zeros))
            found += count
    return found


def _without(zeros: torch.Tensor) -> Callable[[torch.Tensor], torch.Tensor]:
    # Not by a product: a gradient that is not finite would stay.
    return lambda gradient: gradient.masked_fill(zeros, 0)
