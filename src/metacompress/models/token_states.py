"""Classifiers that read token ids and tell their hidden states."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import numpy as np

from metacompress.models.protocols.hidden_states import checked_states
from metacompress.models.token_classifier import TokenClassifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example


class TokenStates(TokenClassifier):
    """A classifier that asks its model for hidden states in the same batches."""

    @abstractmethod
    def _mean_states(self, tensors: dict[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        """The mean over the tokens of padded inputs (r, length), (r, width) per layer."""

    def hidden_states(self, examples: Sequence[Example]) -> list[NDArray[np.float32]]:
        """See HiddenStates."""
        if not examples:
            return []
        inputs, _ = self._tokenize_visible(examples)
        self._require_embedded(inputs["input_ids"], examples)
        found: list[NDArray[np.float32]] = []
        for batch in self._batches(inputs["input_ids"]):
            layers = self._mean_states(self._padded(batch, inputs))
            if not found:
                found = [np.empty((len(examples), layer.shape[1]), np.float32) for layer in layers]
            for whole, layer in zip(found, layers, strict=True):
                whole[batch.rows] = layer[: len(batch.rows)]
        return checked_states(found, len(examples), self._name)
