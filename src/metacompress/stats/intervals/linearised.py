"""Statistics with the influence of each input on them: their differences and ratios have intervals.

A smooth statistic is, to first order, its value plus the mean of the inputs' influences. Its
variance is that of this mean, over clusters of inputs.

Source: Woodruff 1971, doi:10.1080/01621459.1971.10482279.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from metacompress.stats.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Linearised:
    """A statistic of n inputs.

    Attributes:
        value: nan where it is not defined.
        influence: shape (n,), of mean 0.
    """

    value: float
    influence: FloatArray

    @property
    def terms(self) -> FloatArray:
        """Numbers, shape (n,), whose mean is the value and varies as it does."""
        return self.value + self.influence

    def __sub__(self, other: Linearised) -> Linearised:
        return Linearised(self.value - other.value, self.influence - other.influence)

    def lost(self, after: Linearised) -> Linearised:
        """The share of this statistic that is lost where it becomes ``after``; nan of 0."""
        if not self.value > 0:
            return Linearised(float("nan"), np.zeros_like(self.influence))
        share = after.value / self.value
        influence = (share * self.influence - after.influence) / self.value
        return Linearised(1 - share, influence)


def linearised_accuracy(predictions: IntArray, labels: IntArray) -> Linearised:
    """The share of right predictions; both of shape (n,)."""
    return _ratio((predictions == labels).astype(np.float64), np.ones(len(labels)))


def linearised_f1(
    predictions: IntArray, labels: IntArray, *, classes: int, positive: int | None
) -> Linearised:
    """F1 as in ``classification_scores``: of ``positive``, or the mean over the classes that occur.

    Args:
        predictions: class indices, shape (n,).
        labels: class indices, shape (n,).
        classes: number of classes.
        positive: index of the positive class of two; None for the mean.
    """
    averaged = [positive] if classes == 2 and positive is not None else range(classes)
    found = []
    for one in averaged:
        predicted, actual = predictions == one, labels == one
        occurs = predicted.astype(np.float64) + actual
        if occurs.any():
            found.append(_ratio(2.0 * (predicted & actual), occurs))
    if not found:
        return Linearised(0.0 if len(labels) else float("nan"), np.zeros(len(labels)))
    return Linearised(
        float(np.mean([one.value for one in found])),
        np.mean([one.influence for one in found], axis=0),
    )


def _ratio(numerator: FloatArray, denominator: FloatArray) -> Linearised:
    if not denominator.any():
        return Linearised(float("nan"), np.zeros(len(numerator)))
    value = float(numerator.sum() / denominator.sum())
    return Linearised(value, (numerator - value * denominator) / denominator.mean())
