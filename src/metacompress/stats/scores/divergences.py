"""Divergences between two models' class probabilities, one value per row.

Every function takes ``p`` and ``q`` of shape (n, k), whose rows are probability vectors, returns
float64 of shape (n,), and raises UsageError where the two shapes differ. Logarithms are base 2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import rel_entr

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from metacompress.stats.arrays import FloatArray


def jensen_shannon(p: FloatArray, q: FloatArray) -> FloatArray:
    """Jensen-Shannon divergence in bits, in [0, 1], symmetric, 0 for identical rows.

    Its square root is a metric (Endres and Schindelin 2003, doi:10.1109/TIT.2003.813506).

    Source: Lin 1991, doi:10.1109/18.61115.

    Raises:
        UsageError: the shapes differ or are not (n, k).
    """
    _require_same_shape(p, q)
    # Relative to the sum instead of the mean: halving the smallest subnormal would give 0.
    total = p + q
    nats: FloatArray = (rel_entr(2 * p, total) + rel_entr(2 * q, total)).sum(axis=1) / 4
    return _clipped(nats / np.log(2), 1.0)


def kullback_leibler(p: FloatArray, q: FloatArray) -> FloatArray:
    """Kullback-Leibler divergence KL(p || q) in bits, in [0, inf].

    It is inf where ``q`` gives probability 0 to a class and ``p`` does not.

    Source: Kullback and Leibler 1951, doi:10.1214/aoms/1177729694.

    Raises:
        UsageError: the shapes differ or are not (n, k).
    """
    _require_same_shape(p, q)
    nats: FloatArray = rel_entr(p, q).sum(axis=1)
    return _clipped(nats / np.log(2), np.inf)


def total_variation(p: FloatArray, q: FloatArray) -> FloatArray:
    """Total variation distance, in [0, 1]: the largest difference over all sets of classes.

    Raises:
        UsageError: the shapes differ or are not (n, k).
    """
    _require_same_shape(p, q)
    return _clipped(np.abs(p - q).sum(axis=1) / 2, 1.0)


def hellinger(p: FloatArray, q: FloatArray) -> FloatArray:
    """Hellinger distance, in [0, 1]: the Euclidean distance of the roots, over sqrt(2).

    Raises:
        UsageError: the shapes differ or are not (n, k).
    """
    _require_same_shape(p, q)
    squared = np.square(np.sqrt(p) - np.sqrt(q)).sum(axis=1) / 2
    return _clipped(np.sqrt(squared), 1.0)


DIVERGENCES: Mapping[str, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "jensen-shannon": jensen_shannon,
    "kullback-leibler": kullback_leibler,
    "total-variation": total_variation,
    "hellinger": hellinger,
}


def _clipped(values: FloatArray, highest: float) -> FloatArray:
    """Undo the rounding that carried a divergence out of its range."""
    within: FloatArray = np.clip(values, 0.0, highest)
    return within


def _require_same_shape(p: FloatArray, q: FloatArray) -> None:
    if p.ndim != 2 or p.shape != q.shape:
        raise UsageError(
            f"probabilities to compare must have the same shape (n, k), "
            f"not {p.shape} and {q.shape}",
            option="q",
        )
