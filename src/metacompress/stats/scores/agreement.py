"""Agreement of two raters beyond chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.stats.arrays import require_same_length

if TYPE_CHECKING:
    from metacompress.stats.arrays import IntArray


def cohens_kappa(first: IntArray, second: IntArray) -> float:
    """Share of the agreement that chance leaves open which two raters reach, in [-1, 1].

    It is nan without rows, and where both always name one class: chance leaves nothing open.

    Source: Cohen 1960, doi:10.1177/001316446002000104.

    Args:
        first: class indices, shape (n,), at least 0.
        second: class indices of the same rows.

    Raises:
        UsageError: the shapes differ.
    """
    require_same_length(first=first, second=second)
    if not len(first):
        return float("nan")
    classes = int(max(first.max(), second.max())) + 1
    shares = [np.bincount(one, minlength=classes) / len(one) for one in (first, second)]
    by_chance = float(shares[0] @ shares[1])
    if by_chance >= 1:
        return float("nan")
    return (float(np.mean(first == second)) - by_chance) / (1 - by_chance)
