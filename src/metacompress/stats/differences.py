"""Intervals of differences and ratios that are paired by input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import bdtr, ndtri, stdtrit

from metacompress.errors import UsageError
from metacompress.stats.arrays import require_same_length
from metacompress.stats.contrasts import contrast_of_ratios
from metacompress.stats.variances import mean_variance

if TYPE_CHECKING:
    from metacompress.stats.arrays import BoolArray, FloatArray
    from metacompress.stats.contrasts import Ratio
    from metacompress.stats.variances import Dependence


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


def mean_of_clusters(
    values: FloatArray,
    weights: FloatArray,
    dependence: Dependence,
    *,
    bound: float = 1.0,
    confidence: float = 0.95,
) -> Estimate:
    """Estimate a weighted mean of values in [-bound, bound], one per input.

    The interval is Student's over clusters (dyadic-robust for pairs). Values that hardly vary say
    little about rare other ones: half the width is at least what as many independent inputs of one
    value leave open, ``bound * (1 - tail ** (1 / n))``, where all values are the same.

    Args:
        values: shape (n,).
        weights: shape (n,), at least 0.
        dependence: of the n inputs.
        bound: largest absolute value that is possible.
        confidence: of the two-sided interval, in (0, 1).

    Raises:
        UsageError: the shapes differ, or ``confidence`` is out of its range.
    """
    require_same_length(values=values, weights=weights)
    _require_confidence(confidence)
    kept = np.flatnonzero(weights > 0)
    if not len(kept):
        return Estimate(float("nan"), -bound, bound, confidence)
    values, weights, dependence = values[kept], weights[kept], dependence.rows(kept)
    weight = float(weights.sum())
    mean = float(values @ weights / weight)
    residuals = (values - mean) * weights
    variance = mean_variance(residuals, weights, dependence)
    tail = (1 - confidence) / 2
    if np.isnan(variance):
        return Estimate(mean, -bound, bound, confidence)
    half = float(stdtrit(max(dependence.count - 1, 1), 1 - tail) * np.sqrt(variance))
    if np.ptp(values) == 0:
        independent = weight**2 / dependence.shared(weights)
        half = bound * (1 - tail ** (1 / independent))
    return Estimate(mean, max(mean - half, -bound), min(mean + half, bound), confidence)


def paired_proportions(
    first: BoolArray, second: BoolArray, dependence: Dependence, *, confidence: float = 0.95
) -> Estimate:
    """Estimate P(second) - P(first) from n inputs on which both were observed.

    Without a discordant input the interval still has a width. Where inputs depend on each other,
    the counts shrink by the design effect of the difference, at least to the number of clusters.
    Source: Bonett and Price 2012, doi:10.3102/1076998611411915; the shrinking is ours.

    Args:
        first: shape (n,).
        second: shape (n,).
        dependence: of the n inputs.
        confidence: of the two-sided interval, in (0, 1).

    Raises:
        UsageError: the shapes differ, or ``confidence`` is out of its range.
    """
    require_same_length(first=first, second=second)
    _require_confidence(confidence)
    n = len(first)
    if n == 0:
        return Estimate(float("nan"), -1.0, 1.0, confidence)
    gap = second.astype(np.float64) - first
    value = float(gap.mean())
    effective = float(n)
    variance = mean_variance(gap - value, np.ones(n), dependence)
    independent = float(gap.var(ddof=1)) / n if n > 1 else 0.0
    if independent > 0 and not np.isnan(variance):
        effective = n * min(1.0, independent / variance)
    least = n**2 / dependence.shared(np.ones(n))
    effective = max(effective, least) if independent > 0 else least
    gained, lost = (float(np.mean(gap == sign)) * effective for sign in (1, -1))
    p_gained, p_lost = (gained + 1) / (effective + 2), (lost + 1) / (effective + 2)
    z = -float(ndtri((1 - confidence) / 2))
    spread = p_gained + p_lost - (p_gained - p_lost) ** 2
    half = z * float(np.sqrt(spread / (effective + 2)))
    centre = p_gained - p_lost
    return Estimate(
        value,
        min(max(centre - half, -1.0), value),
        max(min(centre + half, 1.0), value),
        confidence,
    )


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
    _require_confidence(confidence)
    found = contrast_of_ratios(first, second, dependence)
    if found is None:
        return Estimate(float("nan"), -float("inf"), float("inf"), confidence)
    return Estimate(found.value, *found.interval(confidence), confidence)


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
    """Estimate mean(numerator) / mean(denominator) by Fieller's interval.

    Returns:
        None where the denominator's mean is not bounded away from 0 at this confidence: the
        set of ratios that the data allow is then no interval.

    Source: Fieller 1954, doi:10.1111/j.2517-6161.1954.tb00159.x.

    Args:
        numerator: shape (n,), by input.
        denominator: shape (n,), of the same inputs.
        dependence: of the n inputs.
        confidence: of the two-sided interval, in (0, 1).

    Raises:
        UsageError: the shapes differ, or ``confidence`` is out of its range.
    """
    require_same_length(numerator=numerator, denominator=denominator)
    _require_confidence(confidence)
    if dependence.count < 2:
        return None
    ones = np.ones(len(numerator))
    top, bottom = float(numerator.mean()), float(denominator.mean())

    def variance(values: FloatArray) -> float:
        return mean_variance(values - values.mean(), ones, dependence)

    var_top, var_bottom = variance(numerator), variance(denominator)
    covariance = (variance(numerator + denominator) - var_top - var_bottom) / 2
    quantile = float(stdtrit(dependence.count - 1, (1 + confidence) / 2)) ** 2
    # The ratios r with (top - r bottom)^2 <= quantile * Var(top - r bottom).
    a = bottom**2 - quantile * var_bottom
    b = top * bottom - quantile * covariance
    c = top**2 - quantile * var_top
    if a <= 0:
        return None
    root = float(np.sqrt(max(b * b - a * c, 0.0)))
    return Estimate(top / bottom, (b - root) / a, (b + root) / a, confidence)


def _require_confidence(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise UsageError(f"confidence must lie between 0 and 1, not {confidence}")
