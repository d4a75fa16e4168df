"""What is estimated: bounded numbers per source, held against limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy.special import betainc

from metacompress.stats.intervals.contrasts import contrast_of_mean
from metacompress.stats.intervals.rates import estimate_rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.relations.judgement import Judgement
    from metacompress.stats.intervals.variances import Dependence


_RATE = (0.0, 1.0)


class WeightedInputs(Protocol):
    """n inputs of m sources; each source counts once, so the weights of its inputs sum to 1."""

    @property
    def units(self) -> NDArray[np.int64]:
        """The source of each input, int (n,), 0 to m - 1."""

    @property
    def weights(self) -> NDArray[np.float64]:
        """How much each input counts, (n,), above 0."""

    @property
    def dependence(self) -> Dependence:
        """Of the m sources on each other."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate with its interval, and what speaks for and against its limits.

    Attributes:
        value: nan without an applicable input.
        low: lower end.
        high: upper end.
        inputs: applicable inputs.
        sources: sources with one.
        clusters: clusters that these come from.
        effective: independent sources that would tell as much.
        p_within: p-value of "the value lies outside of the limits": small where it passes.
        p_outside: p-value of "the value lies within the limits": small where it fails.
    """

    value: float
    low: float
    high: float
    inputs: int
    sources: int
    clusters: int
    effective: float
    p_within: float
    p_outside: float


@dataclass(frozen=True, slots=True)
class SourceScores:
    """The ratio ``sum(values) / sum(applicable)`` over m sources, and the limits for it.

    Attributes:
        values: float64 (m,); least * applicable <= values <= greatest * applicable.
        applicable: float64 (m,), in [0, 1].
        dependence: of the sources on each other.
        inputs: number of applicable inputs.
        bounds: least and greatest value of a source.
        limits: the range that passes.
        unit: what the value is.
    """

    values: NDArray[np.float64]
    applicable: NDArray[np.float64]
    dependence: Dependence
    inputs: int
    bounds: tuple[float, float]
    limits: tuple[float, float]
    unit: str

    @property
    def is_rate(self) -> bool:
        """Whether this is a rate of violations, and not a difference."""
        return self.bounds == _RATE

    @property
    def applies(self) -> bool:
        """Whether there is any applicable input."""
        return bool(np.any(self.applicable > 0))

    def estimate(self, confidence: float) -> Estimate:
        """Estimate the ratio with a two-sided interval at ``confidence``, in (0, 1)."""
        return self._rate(confidence) if self.is_rate else self._mean(confidence)

    def scaled(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Values and applicable weights with values scaled from the bounds to [0, 1], to bet on."""
        least, greatest = self.bounds
        applicable = np.minimum(self.applicable, 1.0)
        values = (self.values - least * self.applicable) / (greatest - least)
        return np.clip(values, 0, applicable), applicable

    def _rate(self, confidence: float) -> Estimate:
        found = estimate_rate(
            np.clip(self.values, 0, self.applicable),
            self.applicable,
            self.dependence,
            rows=self.inputs,
            confidence=confidence,
        )
        within, outside = 1.0, 1.0
        if found.inputs:
            events, n = found.rate * found.effective, found.effective
            limit = self.limits[1]
            within = float(1 - betainc(events + 1, n - events, limit)) if events < n else 1.0
            outside = float(betainc(events, n - events + 1, limit)) if events > 0 else 1.0
        return Estimate(
            found.rate,
            found.low,
            found.high,
            self.inputs,
            found.inputs,
            found.clusters,
            found.effective,
            within,
            outside,
        )

    def _mean(self, confidence: float) -> Estimate:
        kept = np.flatnonzero(self.applicable > 0)
        dependence = self.dependence.rows(kept)
        least, greatest = self.bounds
        found = contrast_of_mean((self.values[kept], self.applicable[kept]), dependence)
        if found is None or dependence.count < 2:
            # One cluster says nothing of others.
            value = float("nan") if found is None else found.value
            clusters = dependence.count
            return Estimate(value, least, greatest, self.inputs, len(kept), clusters, 0.0, 1, 1)
        low, high = found.interval(confidence)
        lowest, highest = self.limits
        outside = found.p_at_most(highest)
        if np.isfinite(lowest):
            outside = min(1.0, 2 * min(outside, found.p_at_least(lowest)))
        return Estimate(
            found.value,
            max(low, least),
            min(high, greatest),
            self.inputs,
            len(kept),
            dependence.count,
            found.effective,
            p_within=max(found.p_at_least(highest), found.p_at_most(lowest)),
            p_outside=outside,
        )


def violation_rate(judgement: Judgement, outputs: WeightedInputs, tolerance: float) -> SourceScores:
    """The share of violations among applicable inputs, each source weighted once."""
    count = len(outputs.dependence)
    weights = outputs.weights
    return SourceScores(
        _sums(outputs.units, weights * judgement.violated, count),
        _sums(outputs.units, weights * judgement.applicable, count),
        outputs.dependence,
        int(judgement.applicable.sum()),
        bounds=_RATE,
        limits=(0, tolerance),
        unit="share of inputs",
    )


def mean_score(
    scores: NDArray[np.float64],
    applicable: NDArray[np.bool_],
    outputs: WeightedInputs,
    *,
    bounds: tuple[float, float],
    limits: tuple[float, float],
    unit: str,
) -> SourceScores:
    """The mean of a number per input over applicable inputs, each source weighted once."""
    count = len(outputs.dependence)
    weights = outputs.weights * applicable
    return SourceScores(
        _sums(outputs.units, weights * np.where(applicable, scores, 0), count),
        _sums(outputs.units, weights, count),
        outputs.dependence,
        int(applicable.sum()),
        bounds,
        limits,
        unit,
    )


def _sums(units: NDArray[np.int64], values: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    return np.bincount(units, weights=values, minlength=count).astype(np.float64)
