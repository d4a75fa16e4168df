"""Intervals of differences and ratios that are paired by input."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import bdtr

from metacompress.errors import UsageError
from metacompress.stats.arrays import require_same_length
from metacompress.stats.intervals.contrasts import contrast_of_mean, contrast_of_ratios

if TYPE_CHECKING:
    from metacompress.stats.arrays import BoolArray, FloatArray
    from metacompress.stats.intervals.contrasts import Contrast, Ratio
    from metacompress.stats.intervals.variances import Dependence


# A ratio that is not refuted this far from the one found is refuted nowhere.
_HOPELESS = 2.0**20


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its confidence interval.

    Attributes:
        value: nan without an observation.
        low: lower end; -inf where nothing is known.
        high: upper end; inf where nothing is known.
        confidence: level of the two-sided interval, in (0, 1).
    """

    value: float
    low: float
    high: float
    confidence: float

    def within(self, limit: float) -> Estimate:
        """The same with ends no further from 0 than the number itself can be.

        A difference of two rates lies in [-1, 1]; what stands behind its interval does not know.
        """
        if math.isnan(self.value):
            return self
        return replace(self, low=max(self.low, -limit), high=min(self.high, limit))


def mean_of(
    mean: Ratio, dependence: Dependence, *, unit: float = 1.0, confidence: float = 0.95
) -> Estimate:
    """Estimate a weighted mean of values of either sign, one per input.

    Args:
        mean: weighted values and weights, each of shape (n,).
        dependence: of the n inputs.
        unit: how much one input changes where a prediction does, above 0.
        confidence: of the two-sided interval, in (0, 1).

    Returns:
        nan within infinite ends where all weights are 0, or one cluster says nothing of others.

    Raises:
        UsageError: the shapes differ, or ``confidence`` is out of its range.
    """
    return _estimate(contrast_of_mean(mean, dependence, unit=unit), confidence)


def difference_of_ratios(
    first: Ratio, second: Ratio, dependence: Dependence, *, confidence: float = 0.95
) -> Estimate:
    """Estimate the first ratio minus the second one; both over the same n inputs.

    Args:
        first: see ``contrast_of_ratios``.
        second: likewise.
        dependence: of the n inputs.
        confidence: of the two-sided interval, in (0, 1).

    Returns:
        nan within infinite ends where a ratio has no applicable input.

    Raises:
        UsageError: the shapes differ, or ``confidence`` is out of its range.
    """
    return _estimate(contrast_of_ratios(first, second, dependence), confidence)


def mcnemar(first: BoolArray, second: BoolArray) -> float:
    """Return the p-value of the exact McNemar test that both proportions are equal.

    It is 1 without a discordant input. Source: McNemar 1947, doi:10.1007/BF02295996.
    """
    require_same_length(first=first, second=second)
    gained = int(np.count_nonzero(second & ~first))
    lost = int(np.count_nonzero(first & ~second))
    return min(1.0, 2 * float(bdtr(min(gained, lost), gained + lost, 0.5)))


def ratio_of_means(
    numerator: FloatArray,
    denominator: FloatArray,
    dependence: Dependence,
    *,
    confidence: float = 0.95,
) -> Estimate | None:
    """Estimate mean(numerator) / mean(denominator) by the ratios that the data do not refute.

    A ratio r is refuted where ``numerator - r denominator`` has a mean other than 0, as in
    Fieller's interval, by the score test of ``Contrast``.

    Returns:
        None where the denominator's mean is not bounded away from 0 at this confidence: the
        set of ratios that the data allow is then no interval.

    Source: Fieller 1954, doi:10.1111/j.2517-6161.1954.tb00159.x; the score test in it is ours.

    Args:
        numerator: shape (n,), by input.
        denominator: shape (n,), of the same inputs.
        dependence: of the n inputs.
        confidence: of the two-sided interval, in (0, 1).

    Raises:
        UsageError: the shapes differ, or ``confidence`` is out of its range.
    """
    # Takes a third of a second to import: a finished check needs none of it.
    from scipy.optimize import brentq

    require_same_length(numerator=numerator, denominator=denominator)
    _require_confidence(confidence)
    bottom = float(denominator.mean()) if len(denominator) else 0.0
    if dependence.count < 2 or bottom == 0:
        return None
    ones, value = np.ones(len(numerator)), float(numerator.mean()) / bottom
    if not np.isfinite(value):
        return None

    def beyond(ratio: float) -> float:
        """How far 0 lies outside of the interval of the mean; below 0 within it."""
        terms = numerator - ratio * denominator
        unit = max(float(np.abs(terms - terms.mean()).max()), 1.0)
        found = mean_of((terms, ones), dependence, unit=unit, confidence=confidence)
        return max(found.low, -found.high)

    ends = []
    for side in (-1.0, 1.0):
        step = max(abs(value), 1.0)
        while beyond(value + side * step) < 0:
            step *= 2
            if step > _HOPELESS * max(abs(value), 1.0):
                return None
        ends.append(float(brentq(lambda x, s=side: beyond(value + s * x), 0.0, step)))
    return Estimate(value, value - ends[0], value + ends[1], confidence)


def _estimate(found: Contrast | None, confidence: float) -> Estimate:
    _require_confidence(confidence)
    if found is None:
        return Estimate(float("nan"), -float("inf"), float("inf"), confidence)
    return Estimate(found.value, *found.interval(confidence), confidence)


def _require_confidence(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise UsageError(
            f"confidence must lie between 0 and 1, not {confidence}", option="confidence"
        )
