"""Which configurations can be students: heads share the width, and the size fits the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from metacompress.compression.search.space import Configuration, SearchSpace
    from metacompress.models.costs.encoder import Cost

    CostOf = Callable[[Configuration], Cost]

# What makes a model smaller; heads do not.
SIZED = ("vocabulary", "feed_forward", "hidden", "layers", "max_length")


class FeasibleSpace:
    """The points of a space that are students of at most a size.

    Args:
        space: to choose from.
        cost: of a configuration.
        limit_mb: largest size in MB.

    Raises:
        UsageError: not even the smallest configuration fits.
    """

    def __init__(self, space: SearchSpace, cost: CostOf, limit_mb: float) -> None:
        self.space = space
        self._cost = cost
        self._limit = limit_mb
        self._sized = [space.names.index(name) for name in SIZED if name in space.names]
        self._hidden = space.names.index("hidden")
        self._heads = space.names.index("heads")
        self._shared = [
            [index for index, heads in enumerate(space["heads"].values) if hidden % heads == 0]
            for hidden in space["hidden"].values
        ]
        self._repaired: dict[bytes, NDArray[np.int64]] = {}
        usable = [index for index, heads in enumerate(self._shared) if heads]
        if not usable:
            raise UsageError(
                "no width of the space can be shared by any of its numbers of heads", option="space"
            )
        smallest = np.zeros(len(space.names), dtype=np.int64)
        smallest[self._hidden] = usable[0]
        smallest = self._with_shared_heads(smallest)
        if not self._fits(smallest):
            megabytes = cost(space.configuration(smallest)).megabytes
            raise UsageError(
                f"the smallest student of the space has {megabytes:.2f} MB, more than the target "
                f"of {limit_mb:g} MB; raise --target-mb, or make the space wider with --space",
                option="target_mb",
            )

    def repair(self, point: NDArray[np.float64]) -> NDArray[np.int64]:
        """The point itself where it is feasible, else a feasible one near it.

        Entries are rounded and brought into their bounds. While the student is too large, the
        dimension that stands highest in its range goes down by one; then the heads become the
        nearest number that shares the width.
        """
        rounded = np.clip(np.rint(point), 0, self.space.last).astype(np.int64)
        key = rounded.tobytes()
        if key not in self._repaired:
            self._repaired[key] = self._repair(rounded)
        return self._repaired[key].copy()

    def random(self, rng: np.random.Generator) -> NDArray[np.int64]:
        """A feasible point: a uniform one, repaired where that is needed."""
        return self.repair(rng.integers(0, self.space.last + 1).astype(np.float64))

    def _repair(self, point: NDArray[np.int64]) -> NDArray[np.int64]:
        point = self._with_shared_heads(point.copy())
        while not self._fits(point):
            heights = point[self._sized] / np.maximum(self.space.last[self._sized], 1)
            point[self._sized[int(heights.argmax())]] -= 1
            point = self._with_shared_heads(point)
        return point

    def _with_shared_heads(self, point: NDArray[np.int64]) -> NDArray[np.int64]:
        while not self._shared[int(point[self._hidden])]:
            # A width that no number of heads shares: go to the next one that works.
            lower = [i for i, heads in enumerate(self._shared[: point[self._hidden]]) if heads]
            usable = [i for i, heads in enumerate(self._shared) if heads]
            point[self._hidden] = lower[-1] if lower else usable[0]
        shared = self._shared[int(point[self._hidden])]
        point[self._heads] = min(shared, key=lambda index: abs(index - point[self._heads]))
        return point

    def _fits(self, point: NDArray[np.int64]) -> bool:
        return self._cost(self.space.configuration(point)).megabytes <= self._limit
