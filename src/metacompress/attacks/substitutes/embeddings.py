"""Names of the corpus that a model embeds next to the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.models.loading import load_classifier
from metacompress.models.protocols.white_box import WhiteBox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from metacompress.attacks.substitutes.base import Substitutes
    from metacompress.attacks.substitutes.registry import NameCorpus
    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding

_NEIGHBOURS = 60


class EmbeddingNeighbours:
    """The names of a corpus by the cosine of their embeddings with that of the old name.

    A name's embedding is the mean of its sub-tokens' vectors in the model's input layer.

    Args:
        model: whose input layer is used.
        names: what is proposed.
    """

    def __init__(self, model: WhiteBox, names: Sequence[str]) -> None:
        self._model = model
        self._names = list(names)
        self._vectors = self._embedded(self._names)

    def propose(
        self,
        program_id: str,
        program: AnalysedProgram,
        names: Mapping[str, Sequence[Binding]],
        rng: Generator,
    ) -> Mapping[str, Iterable[str]]:
        """See Substitutes."""
        if not names or not self._names:
            return {}
        cosines = self._embedded(list(names)) @ self._vectors.T
        order = np.argsort(-cosines, axis=1, kind="stable")[:, : _NEIGHBOURS + 1]
        return {
            name: [self._names[index] for index in row if self._names[index] != name]
            for name, row in zip(names, order, strict=True)
        }

    def _embedded(self, names: list[str]) -> NDArray[np.float64]:
        table = self._model.embeddings
        vectors = np.zeros((len(names), table.shape[1]))
        for row, ids in enumerate(self._model.tokens_of(names, spaced=True)):
            vectors[row] = table[ids].mean(axis=0) if ids else 0
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        normed: NDArray[np.float64] = vectors / np.maximum(lengths, 1e-12)
        return normed


def load(location: str, corpus: NameCorpus) -> Substitutes:
    """Names of the data set that a model of the same task embeds next to the old one."""
    model = load_classifier(location, corpus.task, defaults={"device": corpus.device})
    if not isinstance(model, WhiteBox):
        raise UsageError(
            f"embeddings:{location}: has no embeddings to look into; "
            f"name a transformers or codexglue model",
            option="substitutes",
        )
    return EmbeddingNeighbours(model, corpus.names)
