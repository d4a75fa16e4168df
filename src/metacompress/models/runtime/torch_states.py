"""Hidden states of PyTorch models, one vector per layer and input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from metacompress.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


def layers_of(output: Any, name: str) -> Sequence[torch.Tensor]:
    """The hidden states (r, length, width) that a model of transformers put out, by layer.

    Of a model with an encoder and a decoder, those of the encoder: it reads the tokens.

    Raises:
        ModelError: it has put out none.
    """
    layers = getattr(output, "hidden_states", None)
    layers = getattr(output, "encoder_hidden_states", None) if layers is None else layers
    if not layers:
        raise ModelError(f"{name}: puts out no hidden states", model=name)
    found: Sequence[torch.Tensor] = layers
    return found


def mean_states(
    layers: Sequence[torch.Tensor], mask: torch.Tensor, name: str
) -> list[NDArray[np.float32]]:
    """The mean over the tokens of every layer, float32 (r, width) each.

    Args:
        layers: (r, length, width) each.
        mask: (r, length); true or 1 where there is a token, of which every row has one.
        name: for messages.

    Raises:
        ModelError: a layer has another number of tokens.
    """
    weights = mask.float()
    counts = weights.sum(dim=1, keepdim=True)
    means = []
    for number, states in enumerate(layers):
        if states.shape[:2] != mask.shape:
            raise ModelError(
                f"{name}: layer {number} has states of shape {tuple(states.shape)} for tokens of "
                f"shape {tuple(mask.shape)}; there is not one for each token",
                model=name,
            )
        # Sums of half precision are beyond what it holds.
        total = torch.einsum("rlw,rl->rw", states.float(), weights)
        means.append((total / counts).cpu().numpy())
    return means
