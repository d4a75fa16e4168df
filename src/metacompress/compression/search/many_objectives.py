"""Searches for several objectives at once, with a surrogate in place of trainings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.compression.search.problem import FrontMember
from metacompress.compression.search.space import Dimension, SearchSpace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from metacompress.compression.search.problem import Search
    from metacompress.compression.search.surrogates import Surrogate

# The thirteen hyper-parameters of AVATAR and MORPH but one: transformers 5 has absolute position
# embeddings only. Steps within the ranges are ours where a paper names no step.
STUDENT_SPACE = SearchSpace(
    Dimension("tokenizer", ("bpe", "wordpiece", "unigram", "word")),
    Dimension("vocabulary", tuple(range(1000, 46_001, 1000))),
    Dimension("layers", tuple(range(1, 13))),
    Dimension("hidden", tuple(range(16, 257, 16))),
    Dimension("activation", ("gelu", "relu", "silu", "gelu_new")),
    Dimension("dropout", (0.2, 0.3, 0.4, 0.5)),
    Dimension("feed_forward", tuple(range(32, 3073, 32))),
    Dimension("heads", tuple(range(1, 13))),
    Dimension("attention_dropout", (0.2, 0.3, 0.4, 0.5)),
    Dimension("max_length", tuple(range(256, 513, 16))),
    Dimension("learning_rate", (5e-5, 1e-4, 1e-3)),
    Dimension("batch_size", (8, 16)),
)


class Objectives:
    """Distance to the target size, operations, one minus accuracy, and flips; all to be small.

    Args:
        search: the space, its cost and the target.
        accuracy: estimates accuracies.
        flips: estimates shares of flips, or None to leave them out.
    """

    def __init__(self, search: Search, accuracy: Surrogate, flips: Surrogate | None = None) -> None:
        self._search = search
        self._accuracy = accuracy
        self._flips = flips
        self.count = 3 if flips is None else 4

    def __call__(self, points: NDArray[np.int64]) -> NDArray[np.float64]:
        """Objectives (n, m) of points (n, d)."""
        values = self.values(points)
        self._search.candidates.add(points, values)
        columns = [
            np.abs(values["megabytes"] - self._search.target_mb),
            values["gflops"],
            1 - values["accuracy"],
        ]
        return np.column_stack([*columns, values["flips"]] if "flips" in values else columns)

    def values(self, points: NDArray[np.int64]) -> Mapping[str, NDArray[np.float64]]:
        """What the objectives are made of, each (n,)."""
        space = self._search.feasible.space
        costs = [self._search.cost(space.configuration(point)) for point in points]
        features = space.features(points)
        values = {
            "megabytes": np.array([cost.megabytes for cost in costs]),
            "gflops": np.array([cost.gflops for cost in costs]),
            "accuracy": self._accuracy.predict(features),
        }
        if self._flips is not None:
            values["flips"] = self._flips.predict(features)
        return values

    def front(self, points: Any) -> tuple[FrontMember, ...]:
        """The non-dominated ones among points (n, d), each once."""
        from pymoo.util.nds.non_dominated_sorting import NonDominatedSorting

        distinct = np.unique(np.asarray(points, dtype=np.int64), axis=0)
        best = NonDominatedSorting().do(self(distinct), only_non_dominated_front=True)
        distinct = distinct[np.sort(best)]
        values = self.values(distinct)
        space = self._search.feasible.space
        return tuple(
            FrontMember(
                space.configuration(point),
                {name: float(column[row]) for name, column in values.items()},
            )
            for row, point in enumerate(distinct)
        )
