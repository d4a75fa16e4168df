"""Means, shares and quantiles of numbers of tokens, where the tokens of one program hang together.

Every token counts once, as in a perplexity. Programs, and not tokens, are what a sample is drawn
of: intervals follow from the sums of each program.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.stats.intervals.contrasts import contrast_of_mean
from metacompress.stats.intervals.differences import Estimate
from metacompress.stats.intervals.rates import estimate_rate

if TYPE_CHECKING:
    from metacompress.stats.arrays import BoolArray, FloatArray, IntArray
    from metacompress.stats.intervals.variances import Dependence


@dataclass(frozen=True, slots=True)
class TokenSample:
    """n tokens of m sources.

    Attributes:
        units: int (n,), 0 to m - 1; the source of each token.
        dependence: of the m sources on each other.
        confidence: of every two-sided interval, in (0, 1).
    """

    units: IntArray
    dependence: Dependence
    confidence: float = 0.95

    def rows(self, chosen: BoolArray) -> TokenSample:
        """Some of the tokens, by a mask."""
        return replace(self, units=self.units[chosen])

    def mean(self, values: FloatArray, *, least: float = -np.inf) -> Estimate:
        """The mean of values (n,) of any size and sign.

        Few sources say little about how far others may lie off: the interval leaves room for one
        more that weighs as much as the one which moves the mean most (see ``Contrast``).

        Args:
            values: of the tokens.
            least: that none can lie below, so that neither does the interval.

        Returns:
            nan within infinite ends without a token, or with one cluster of sources; an infinite
            mean has infinite ends.
        """
        found = self.ratio(values, np.ones(len(values)))
        if not np.isfinite(found.low):
            return found
        # A value that cannot be below 0 may be computed as -1e-17.
        return replace(found, low=max(found.low, min(least, found.value)))

    def mean_share(self, values: FloatArray) -> Estimate:
        """The mean of values (n,) in [0, 1].

        Where all sources have the same mean, they say nothing about how far others may lie off; the
        interval is that of a share then.
        """
        found = self.mean(values, least=0.0)
        if found.low == found.high:
            return self.share(values)
        return replace(found, high=min(found.high, 1.0)) if np.isfinite(found.high) else found

    def ratio(self, values: FloatArray, weights: FloatArray) -> Estimate:
        """The sum of values (n,) over that of weights (n,), at least 0; see ``mean``."""
        sums, counts = self._sums(values), self._sums(weights)
        if not np.isfinite(sums).all():
            return Estimate(float(sums.sum() / counts.sum()), -np.inf, np.inf, self.confidence)
        kept = np.flatnonzero(counts)
        total = counts.sum()
        influences = (sums - sums.sum() / total * counts)[kept] * len(kept) / total if total else 0
        unit = float(np.max(np.abs(influences), initial=0.0))
        value = float(sums.sum() / total) if total else float("nan")
        if unit <= 1e-12 * abs(value) or len(kept) < 2:
            ends = (value, value) if len(kept) > 1 else (-np.inf, np.inf)
            return Estimate(value, *ends, self.confidence)
        found = contrast_of_mean((sums, counts), self.dependence, unit=unit)
        if found is None or self.dependence.rows(kept).count < 2:
            return Estimate(value, -np.inf, np.inf, self.confidence)
        return Estimate(value, *found.interval(self.confidence), self.confidence)

    def share(self, chosen: BoolArray | FloatArray) -> Estimate:
        """The share of tokens that ``chosen`` (n,) holds for, or how much of each, from 0 to 1.

        See ``estimate_rate``.
        """
        counts = self._sums(np.ones(len(chosen)))
        # Weights of at most 1, in proportion to the tokens.
        most = max(float(counts.max(initial=0.0)), 1.0)
        found = estimate_rate(
            np.minimum(self._sums(chosen.astype(np.float64)), counts) / most,
            counts / most,
            self.dependence,
            rows=len(chosen),
            confidence=self.confidence,
        )
        return Estimate(found.rate, found.low, found.high, self.confidence)

    def quantile(self, values: FloatArray, share: float) -> Estimate:
        """The value that a share of the values (n,) does not exceed, between order statistics.

        Its ends are the quantiles at the ends of the interval of that share.

        Source: Woodruff 1952, doi:10.1080/01621459.1952.10483443.

        Args:
            values: of the tokens.
            share: from 0 to 1.

        Returns:
            nan within infinite ends without a token.

        Raises:
            UsageError: ``share`` is out of its range.
        """
        if not 0 <= share <= 1:
            raise UsageError(f"the share must be from 0 to 1, not {share}", option="share")
        if not len(values):
            return Estimate(float("nan"), -np.inf, np.inf, self.confidence)
        ordered = np.sort(values)
        value = float(_interpolated(ordered, share))
        reached = self.share(values <= value)
        # How far the share of these tokens may be off, about the share that is asked for.
        low = share - max(reached.value - reached.low, 0.0)
        high = share + max(reached.high - reached.value, 0.0)
        last = len(ordered) - 1
        return Estimate(
            value,
            float(ordered[max(int(np.floor(low * last)), 0)]),
            float(ordered[min(int(np.ceil(high * last)), last)]),
            self.confidence,
        )

    def _sums(self, values: FloatArray) -> FloatArray:
        sums: FloatArray = np.bincount(
            self.units, weights=values, minlength=len(self.dependence)
        ).astype(np.float64)
        return sums


def _interpolated(ordered: FloatArray, share: float) -> float:
    """As ``numpy.quantile``, but an infinite neighbour that has no weight does not count."""
    place = share * (len(ordered) - 1)
    low = int(np.floor(place))
    weight = place - low
    first = float(ordered[low])
    if not weight or np.isinf(first):
        return first
    return first + weight * (float(ordered[low + 1]) - first)
