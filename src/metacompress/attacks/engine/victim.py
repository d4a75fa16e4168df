"""What an attack asks: one model, or a teacher and its student together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metacompress.attacks.engine.name_tokens import NameTokens
from metacompress.errors import UsageError
from metacompress.models.protocols.recording import input_key
from metacompress.models.protocols.white_box import WhiteBox

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.models.protocols.white_box import TokenGradients
    from metacompress.models.storing.store import PredictionStore

# A round is one call: the store need not cut it into smaller ones.
_ROUND = 1 << 15
# Of numbers that tell inputs apart, the second counts otherwise than the first; odd, so that no
# bit is lost.
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Answers(NamedTuple):
    """Answers of a victim to m inputs.

    Attributes:
        probabilities: of each model, one after the other, (m, w).
        read: uint64 (m,); equal for inputs that no model tells apart.
    """

    probabilities: NDArray[np.float64]
    read: NDArray[np.uint64]


class Victim:
    """Models that are asked together: a query is one input, whatever their number.

    Args:
        models: by name, with the same classes.
        store: asked before them.

    Attributes:
        width: numbers of an answer, w: models times classes.
        asked: how many inputs each model was really asked for.
        name_tokens: how each model reads names; empty where one of them is a black box.
    """

    def __init__(self, models: Mapping[str, Classifier], store: PredictionStore) -> None:
        self._models = dict(models)
        self._store = store
        self.width = sum(len(model.labels) for model in models.values())
        self.asked: Counter[str] = Counter()
        white = [model for model in models.values() if isinstance(model, WhiteBox)]
        self.name_tokens = tuple(map(NameTokens, white)) if len(white) == len(models) else ()

    def key_of(self, example: Example) -> str:
        """What identifies an input: equal keys mean equal answers."""
        return "\0".join(input_key(model, example) for model in self._models.values())

    def answer(self, examples: Sequence[Example]) -> Answers:
        """Ask all models, each in one call."""
        answers = []
        read = np.zeros(len(examples), dtype=np.uint64)
        for name, model in self._models.items():
            found, asked = self._store.predict(model, examples, block_size=_ROUND)
            self.asked[name] += asked
            answers.append(found.probabilities)
            read = read * _MIX + found.read
        return Answers(np.concatenate(answers, axis=1), read)

    def gradients(
        self, examples: Sequence[Example], labels: Sequence[int], program: int
    ) -> list[tuple[TokenGradients, ...]]:
        """The derivatives of log P(label) of each example, by model; see WhiteBox.

        Raises:
            UsageError: a model is a black box.
        """
        found = []
        for name, model in self._models.items():
            if not isinstance(model, WhiteBox):
                raise UsageError(f"{name} is a black box: it has no gradients")
            found.append(model.gradients(examples, labels, program))
        return list(zip(*found, strict=True))
