"""What the published programs do and their papers do not say: to reproduce their figures.

Nothing of it is done unless it is asked for by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FROZEN_BIASES = "frozen-biases"
DOUBLE_SOFTMAX = "double-softmax"
IN_PLACE_MUTATION = "in-place-mutation"
_NEVER_OPTIMISED = ("bias", "LayerNorm.weight")


def freeze_biases(model: Any) -> None:
    """Keep biases and LayerNorm gains as they start.

    The three techniques' scripts take them out of the group that decays, and make no other group
    for them: the optimiser never sees them.
    """
    for name, weights in model.named_parameters():
        if any(part in name for part in _NEVER_OPTIMISED):
            weights.requires_grad_(False)


def squashed_twice(probabilities: NDArray[np.float64]) -> NDArray[np.float32]:
    """Logits that are probabilities already, (n, k).

    Compressor's script for vulnerabilities is given probabilities where it expects logits. At
    temperature 1 the most certain teacher of two classes then asks for e / (1 + e) = 0.731.
    """
    return probabilities.astype(np.float32)
