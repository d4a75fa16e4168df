"""A classifier for tests and dry runs: probabilities from a digest of the text, no model."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from metacompress.models.naming.spec import ModelOptions
from metacompress.models.protocols.classifier import Classifier, Predictions, softmax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.models.naming.spec import ModelSpec


class MockOptions(ModelOptions):
    """Options of ``mock:``.

    ``seed`` selects one of many mocks; ``noise`` in [0, 1] mixes in a second one, so that two
    mocks with the same seed and different noise agree on most inputs.
    """

    seed: int = 0
    noise: float = 0.0


class MockClassifier(Classifier):
    """Answers at random, but always the same for the same text."""

    def __init__(self, task: Task, options: MockOptions) -> None:
        self.labels = task.labels
        self.fingerprint = f"mock:{options.seed}:{options.noise}:{len(task.labels)}"
        self._options = options

    def predict(self, examples: Sequence[Example]) -> Predictions:
        """See Classifier."""
        rows = [self._logits(example) for example in examples]
        logits = np.array(rows).reshape(len(examples), len(self.labels))
        return Predictions.checked(softmax(logits), examples, len(self.labels), "mock")

    def _logits(self, example: Example) -> list[float]:
        key = example.content_key()
        own, other = (self._numbers(f"{salt}:{key}") for salt in (self._options.seed, "noise"))
        noise = self._options.noise
        return [(1 - noise) * a + noise * b for a, b in zip(own, other, strict=True)]

    def _numbers(self, text: str) -> list[float]:
        digest = hashlib.sha256(text.encode()).digest()
        return [
            int.from_bytes(digest[4 * k : 4 * k + 4], "big") / 2**32 * 8 - 4
            for k in range(len(self.labels))
        ]


def load(spec: ModelSpec, task: Task) -> MockClassifier:
    """Answers from a digest of the text; for tests and dry runs."""
    return MockClassifier(task, spec.options_as(MockOptions))
