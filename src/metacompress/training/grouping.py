"""The order of a training that keeps the inputs of a group beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from torch.utils.data import Sampler

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


class GroupSampler(Sampler[int]):  # type: ignore[misc]  # torch is untyped
    """Groups in random order, another one in every epoch; within a group, the order of the data.

    Args:
        groups: int (n,); of the inputs.
        seed: of the orders.
    """

    def __init__(self, groups: NDArray[np.int64], seed: int) -> None:
        self._groups = groups
        self._seed = seed
        self._epoch = 0

    def set_epoch(self, epoch: int) -> None:
        """Take the order of this epoch, from 0."""
        self._epoch = epoch

    def __len__(self) -> int:
        return len(self._groups)

    def __iter__(self) -> Iterator[int]:
        _, numbers = np.unique(self._groups, return_inverse=True)
        rng = np.random.default_rng([self._seed, self._epoch])
        place = rng.permutation(len(self._groups))[numbers]
        yield from np.argsort(place, kind="stable").tolist()
