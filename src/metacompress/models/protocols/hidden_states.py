"""Classifiers that tell what they make of an input on the way to its classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from metacompress.errors import ModelError, PredictionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example

_OFFERED_BY = (
    "models that torch runs do (of transformers, codexglue: and graphcodebert:), and onnx: ones "
    "whose graph has outputs called hidden_states.0, hidden_states.1 and so on"
)


@runtime_checkable
class HiddenStates(Protocol):
    """What a classifier offers beside probabilities where its layers can be read."""

    def hidden_states(self, examples: Sequence[Example]) -> list[NDArray[np.float32]]:
        """One vector per layer and example: the mean of the states of its tokens.

        The first layer is that of the embeddings. Tokens are all that the model reads of the
        example, special ones and nodes of a data-flow graph included. The first token, which some
        heads read, has no meaning in others and is the same for every input at first. The vectors
        of the two programs of a pair that are encoded one by one are joined.

        Returns:
            layers in their order, float32 (n, width) each.
        """


def require_hidden_states(model: object, name: str) -> HiddenStates:
    """The model, where it tells its hidden states.

    Args:
        model: a classifier.
        name: for messages.

    Raises:
        ModelError: it does not.
    """
    if isinstance(model, HiddenStates):
        return model
    raise ModelError(
        f"{name} does not tell the hidden states that representations are compared by; "
        f"{_OFFERED_BY}",
        model=name,
    )


def checked_states(
    layers: Sequence[NDArray[np.floating]], inputs: int, name: str
) -> list[NDArray[np.float32]]:
    """The hidden states that a model, which may be anybody's code, returned for n inputs.

    Raises:
        PredictionError: there is no layer, or one is not finite or not of shape (n, width).
    """
    if not layers:
        raise PredictionError(f"{name}: returned hidden states of no layer", model=name)
    for number, layer in enumerate(layers):
        if np.ndim(layer) != 2 or len(layer) != inputs:
            raise PredictionError(
                f"{name}: returned hidden states of shape {np.shape(layer)} in layer {number} for "
                f"{inputs} inputs; expected ({inputs}, width)",
                model=name,
            )
        if not np.isfinite(layer).all():
            raise PredictionError(
                f"{name}: returned hidden states in layer {number} that are not finite", model=name
            )
    return [np.asarray(layer, dtype=np.float32) for layer in layers]


def joined_states(
    parts: Sequence[Sequence[NDArray[np.float32]]],
) -> list[NDArray[np.float32]]:
    """The hidden states of several calls, one after another."""
    return [np.concatenate(layer) for layer in zip(*parts, strict=True)]
