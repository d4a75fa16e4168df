"""Which examples of a data set are not independent of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.data.example import Examples


def cluster_numbers(examples: Examples) -> NDArray[np.int64]:
    """Numbers of the clusters of each example, (n, 1), or (n, 2) for pairs of programs."""
    width = max((len(example.clusters) for example in examples), default=1)
    numbers: dict[str, int] = {}
    rows = [
        [
            numbers.setdefault(name, len(numbers))
            # A pair of a stated group has one cluster.
            for name in (*example.clusters, *example.clusters)[:width]
        ]
        for example in examples
    ]
    return np.array(rows, dtype=np.int64).reshape(len(examples), width)
