"""The loss of a language model, a block of tokens at a time.

Logits take a vocabulary of room for each token. They are computed for a block, let go, and computed
again for its gradient: of two models and all tokens they never stand in memory together.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import torch
from torch.utils.checkpoint import checkpoint

from metacompress.training.losses import distillation_loss

if TYPE_CHECKING:
    from metacompress.models.next_token.head import OutputHead

    # A head, and the final states (m, h) before m tokens.
    Answer = tuple[OutputHead, torch.Tensor]

# Logits of a block of tokens: 64 MiB as float32.
_BLOCK = 1 << 24


def token_loss(
    student: Answer,
    teacher: Answer | None,
    ids: torch.Tensor,
    *,
    temperature: float,
    hard_weight: float,
    block: int = _BLOCK,
) -> torch.Tensor:
    """The loss of ``distillation_loss`` with ``kl``, the mean over tokens.

    Heads of different widths are cut to the narrower one, as where fidelity is measured. Logits are
    compared in float32, or more where a model has more.

    Args:
        student: its head, and its final states (m, h) before each token.
        teacher: likewise, without gradients; None for the cross-entropy alone.
        ids: the tokens that are there, (m,).
        temperature: T > 0 of both softmaxes.
        hard_weight: share of the cross-entropy with ``ids``, in [0, 1].
        block: numbers that the logits of a block may have.
    """
    heads = [student[0]] if teacher is None else [student[0], teacher[0]]
    width = min(head.width for head in heads)
    states = [student[1]] if teacher is None else [student[1], teacher[1]]
    loss_of = partial(_block_loss, heads, width, temperature, hard_weight)
    rows = max(block // width, 1)
    losses = [
        checkpoint(loss_of, *pieces, use_reentrant=False, preserve_rng_state=False)
        for pieces in zip(ids.split(rows), *(one.split(rows) for one in states), strict=True)
    ]
    return torch.stack(losses).sum() / len(ids)


def _block_loss(
    heads: list[OutputHead],
    width: int,
    temperature: float,
    hard_weight: float,
    ids: torch.Tensor,
    *states: torch.Tensor,
) -> torch.Tensor:
    """The sum over b tokens ``ids``, given the final states (b, h) of each model."""
    own, *given = (
        _at_least_single(head(one)[:, :width]) for head, one in zip(heads, states, strict=True)
    )
    if not given:
        return torch.nn.functional.cross_entropy(own, ids, reduction="sum")
    mean = distillation_loss(own, given[0], ids, temperature=temperature, hard_weight=hard_weight)
    return mean * len(ids)


def _at_least_single(logits: torch.Tensor) -> torch.Tensor:
    return logits if logits.dtype == torch.float64 else logits.float()
