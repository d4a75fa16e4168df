"""Every configuration that a search looked at, with what it thought of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from metacompress.compression.search.space import SearchSpace


class Candidates:
    """Points of a space and their objectives, each point once.

    Args:
        space: of the search.
    """

    def __init__(self, space: SearchSpace) -> None:
        self._space = space
        self._found: dict[bytes, dict[str, float]] = {}

    def add(self, points: NDArray[np.int64], values: Mapping[str, NDArray[np.float64]]) -> None:
        """Keep points (n, d) with values (n,) by name; those that are known stay as they are."""
        for row, point in enumerate(np.asarray(points, dtype=np.int64)):
            measured = {name: float(column[row]) for name, column in values.items()}
            self._found.setdefault(point.tobytes(), measured)

    def table(self) -> pa.Table:
        """One row a configuration, in the order of the search: hyper-parameters, objectives."""
        rows = [
            {**self._space.configuration(np.frombuffer(key, dtype=np.int64)), **values}
            for key, values in self._found.items()
        ]
        return pa.Table.from_pylist(rows)
