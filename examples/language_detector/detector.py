"""The language detector of a widely used editor: a linear part beside a small network, 54 classes.

Its weights were published in float32, and replaced by uint8 ones of a quarter of the size. Both are
read here: a directory has NAME.safetensors, bigram_buckets.npy and labels.json, and
``python:detector.py:NAME`` is the model of NAME.safetensors. The directory is that of the
environment variable LANGUAGE_DETECTOR, or else ../shared beside the repository.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

from metacompress import Classifier, Predictions
from metacompress.models.naming.fingerprint import fingerprint
from metacompress.models.protocols.classifier import softmax
from metacompress.models.protocols.mixable import mixed_fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress import Example

_BESIDE = Path(__file__).absolute().parents[3] / "shared/models/vscode_language_detector"
DIRECTORY = Path(os.environ.get("LANGUAGE_DETECTOR", _BESIDE))
# Bigrams of a text that are read.
_LONGEST = 10_000


@dataclass(frozen=True)
class Tensor:
    """A tensor as it is stored.

    Attributes:
        codes: float32 numbers, or uint8 codes.
        scale: of the codes.
        least: the number that code 0 stands for.
    """

    codes: NDArray[np.generic]
    scale: float = 1.0
    least: float = 0.0

    @property
    def numbers(self) -> NDArray[np.float32]:
        """What is stored, as float32 numbers."""
        if self.codes.dtype != np.uint8:
            return self.codes.astype(np.float32)
        return (self.codes.astype(np.float64) * self.scale + self.least).astype(np.float32)


class LanguageDetector(Classifier):
    """Names the language of a text from its byte bigrams.

    Args:
        stored: tensors by name.
        buckets: int (256, 256), the bucket of each bigram.
        labels: languages, in the order of the columns.
        known_as: see Classifier.fingerprint.
    """

    def __init__(
        self,
        stored: Mapping[str, Tensor],
        buckets: NDArray[np.integer],
        labels: tuple[str, ...],
        known_as: str | None,
    ) -> None:
        self.labels = labels
        self.fingerprint = known_as
        self._stored = dict(stored)
        self._buckets = buckets
        # float64: the sums of a text are the same whatever texts are beside it.
        self._weights = {name: one.numbers.astype(np.float64) for name, one in stored.items()}

    @classmethod
    def read(cls, weights: Path, directory: Path = DIRECTORY) -> LanguageDetector:
        """Read the weights of a file, and what stands beside the published ones."""
        stored = {}
        with safe_open(weights, framework="numpy") as file:
            facts = file.metadata() or {}
            for name in file.keys():  # noqa: SIM118 - it is no mapping
                codes = file.get_tensor(name)
                numbers = [float(facts.get(f"{name}.{one}", 0)) for one in ("scale", "min")]
                stored[name] = Tensor(codes, *numbers) if codes.dtype == np.uint8 else Tensor(codes)
        buckets, labels = directory / "bigram_buckets.npy", directory / "labels.json"
        return cls(
            stored,
            np.load(buckets),
            tuple(json.loads(labels.read_text())),
            fingerprint([weights, buckets, labels], kind="language detector"),
        )

    def write(self, path: Path) -> None:
        """Write the weights, each tensor in its own precision."""
        facts = {
            f"{name}.{key}": repr(value)
            for name, one in self._stored.items()
            if one.codes.dtype == np.uint8
            for key, value in (("scale", one.scale), ("min", one.least))
        }
        save_file({name: one.codes for name, one in self._stored.items()}, path, metadata=facts)

    def predict(self, examples: Sequence[Example]) -> Predictions:
        """See Classifier."""
        texts = [example.programs[0].text.encode() for example in examples]
        logits = np.array([self._logits(text) for text in texts]).reshape(-1, len(self.labels))
        cut = np.array([len(text) > _LONGEST + 1 for text in texts], dtype=bool)
        return Predictions.checked(
            softmax(logits), examples, len(self.labels), "language detector", truncated=cut
        )

    def _logits(self, text: bytes) -> NDArray[np.float64]:
        w = self._weights
        codes = np.frombuffer(text[: _LONGEST + 1], dtype=np.uint8)
        bigrams = self._buckets[codes[:-1], codes[1:]]
        found, counts = np.unique(bigrams, return_counts=True)
        hidden = counts @ w["embedding"][found] / max(len(bigrams), 1)
        for layer in ("hidden0", "hidden1"):
            hidden = np.maximum(hidden @ w[f"{layer}.weight"] + w[f"{layer}.bias"], 0)
        deep: NDArray[np.float64] = hidden @ w["logits.weight"] + w["logits.bias"]
        return deep + counts @ w["linear.weight"][found] + w["linear.bias"]

    def tensors(self) -> dict[str, NDArray[np.float32]]:
        """See metacompress.models.protocols.mixable.Mixable."""
        return {name: one.numbers for name, one in self._stored.items()}

    def with_tensors(self, tensors: Mapping[str, NDArray[np.floating]]) -> LanguageDetector:
        """See metacompress.models.protocols.mixable.Mixable."""
        given = {name: Tensor(np.asarray(one, np.float32)) for name, one in tensors.items()}
        known_as = mixed_fingerprint(self.fingerprint, tensors)
        return LanguageDetector({**self._stored, **given}, self._buckets, self.labels, known_as)


@cache
def __getattr__(name: str) -> LanguageDetector:
    """The detector of a file: ``python:detector.py:uint8`` reads uint8.safetensors."""
    for directory in (Path(), DIRECTORY):
        if (directory / f"{name}.safetensors").is_file():
            return LanguageDetector.read(directory / f"{name}.safetensors")
    raise AttributeError(f"no {name}.safetensors here or in {DIRECTORY}")
