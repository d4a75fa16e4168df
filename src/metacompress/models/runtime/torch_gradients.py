"""Derivatives of PyTorch models by the embeddings that they read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from metacompress.models.runtime.torch_runtime import subnormals_flushed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray


def embedding_matrix(embedding: Any) -> NDArray[np.float32]:
    """The vectors of a layer that turns token ids into vectors; float32 (vocabulary, hidden)."""
    weights: NDArray[np.float32] = embedding.weight.detach().float().cpu().numpy()
    return weights


def embedding_gradients(
    embedding: Any, logits: Callable[[], torch.Tensor], columns: Sequence[int]
) -> NDArray[np.float32]:
    """The derivative of each row's log-probability by what ``embedding`` put out for it.

    Args:
        embedding: the layer that turns token ids into vectors; it is called once by ``logits``.
        logits: runs the model; (r, k), of which only the first ``len(columns)`` rows count.
        columns: of each row, which probability.

    Returns:
        float32 (r, length, hidden).
    """
    seen: list[torch.Tensor] = []

    def cut_here(module: Any, inputs: Any, output: torch.Tensor) -> torch.Tensor:
        seen.append(output.detach().requires_grad_())
        return seen[-1]

    hook = embedding.register_forward_hook(cut_here)
    try:
        with subnormals_flushed(), torch.enable_grad():
            log_p = torch.log_softmax(logits()[: len(columns)].float(), dim=1)
            chosen = log_p[torch.arange(len(columns)), torch.tensor(list(columns))]
            (gradient,) = torch.autograd.grad(chosen.sum(), seen)
    finally:
        hook.remove()
    numbers: NDArray[np.float32] = gradient[: len(columns)].float().cpu().numpy()
    return numbers
