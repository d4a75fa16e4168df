"""A classifier of hashed words with three tensors: what a user writes to have them swapped."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

from metacompress import Classifier, Predictions
from metacompress.models.protocols.classifier import softmax
from metacompress.models.protocols.mixable import mixed_fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example

    Tensors = Mapping[str, NDArray[np.floating]]

BUCKETS = 32


class WordCounts(Classifier):
    """Logits are counts of words times weights."""

    labels = ("safe", "vulnerable")

    def __init__(self, tensors: Tensors, fingerprint: str | None) -> None:
        self._tensors = dict(tensors)
        self.fingerprint = fingerprint

    @classmethod
    def drawn(cls, seed: int) -> WordCounts:
        """One with random weights."""
        rng = np.random.default_rng(seed)
        shapes = {"layer.0.weight": (BUCKETS, 4), "layer.0.bias": (4,), "head.weight": (4, 2)}
        return cls(
            {name: rng.normal(size=shape) for name, shape in shapes.items()}, f"words {seed}"
        )

    def predict(self, examples: Sequence[Example]) -> Predictions:
        counts = np.zeros((len(examples), BUCKETS))
        for row, example in enumerate(examples):
            for word in example.programs[0].text.split():
                counts[row, zlib.crc32(word.encode()) % BUCKETS] += 1
        hidden = counts @ self._tensors["layer.0.weight"] + self._tensors["layer.0.bias"]
        logits = np.tanh(hidden / 4) @ self._tensors["head.weight"]
        return Predictions.checked(softmax(logits), examples, 2, "word counts")

    def tensors(self) -> Tensors:
        return self._tensors

    def with_tensors(self, tensors: Tensors) -> WordCounts:
        return WordCounts(
            {**self._tensors, **tensors}, mixed_fingerprint(self.fingerprint, tensors)
        )
