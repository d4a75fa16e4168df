"""Slices: inputs that share a property, and whether a relation is violated more often in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from metacompress.stats.intervals.excess import evidence_of_excess
from metacompress.stats.intervals.rates import estimate_rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.relations.judgement import Judgement
    from metacompress.relations.outputs import Outputs
    from metacompress.stats.intervals.variances import Dependence


@dataclass(frozen=True, slots=True)
class Slice:
    """Those of n inputs that have a property.

    Attributes:
        kind: of the property: language, construct and so on.
        name: of the property.
        inside: bool (n,); the inputs that have it.
        known: bool (n,); the inputs of which it is known whether they have it. The others are
            neither inside nor elsewhere.
    """

    kind: str
    name: str
    inside: NDArray[np.bool_]
    known: NDArray[np.bool_]

    @classmethod
    def of(cls, kind: str, name: str, inside: NDArray[np.bool_]) -> Slice:
        """A slice by a property that is known of every input."""
        return cls(kind, name, inside, np.ones(len(inside), dtype=np.bool_))

    def rows(self, chosen: NDArray[np.int64]) -> Slice:
        """The slice of some of the inputs, by their indices."""
        return Slice(self.kind, self.name, self.inside[chosen], self.known[chosen])

    def among(self, chosen: NDArray[np.bool_]) -> Slice:
        """The slice where nothing is known of other inputs than the chosen ones."""
        return Slice(self.kind, self.name, self.inside, self.known & chosen)


@dataclass(frozen=True, slots=True)
class SliceEstimate:
    """A relation inside of a slice and elsewhere, each source weighted once.

    Attributes:
        inputs: applicable inputs inside.
        sources: that they come from.
        violations: inputs inside that violate the relation, unweighted.
        rate: of violations inside; nan without an applicable input.
        low: lower end of its interval.
        high: upper end of its interval.
        elsewhere: rate of violations outside; nan without an applicable input.
        share_of_inputs: of all applicable inputs, those inside; nan without any.
        share_of_violations: of all violations, those inside; nan without any.
        log_e: log e-value against "the rate inside is at most the rate elsewhere".
    """

    inputs: int
    sources: int
    violations: int
    rate: float
    low: float
    high: float
    elsewhere: float
    share_of_inputs: float
    share_of_violations: float
    log_e: float


def estimate_slice(
    found: Slice,
    judgement: Judgement,
    outputs: Outputs,
    order: NDArray[np.int64],
    *,
    confidence: float,
) -> SliceEstimate:
    """Estimate a relation inside of a slice.

    Clusters are the units of the e-value. Pairs that share a program are no independent units:
    only pairs that share none take part in the e-value, those of the rarer side first.

    Args:
        found: a slice of the n inputs.
        judgement: of the relation on the n inputs.
        outputs: on the n inputs.
        order: of the sources (m,), in which pairs are preferred.
        confidence: of the interval, in (0, 1).
    """
    inside = judgement.applicable & found.known & found.inside
    outside = judgement.applicable & found.known & ~found.inside
    v, a, w, b = (
        np.bincount(
            outputs.units, weights=outputs.weights * chosen, minlength=len(outputs.dependence)
        ).astype(np.float64)
        for chosen in (inside & judgement.violated, inside, outside & judgement.violated, outside)
    )
    estimate = estimate_rate(
        np.minimum(v, a), a, outputs.dependence, rows=int(inside.sum()), confidence=confidence
    )
    return SliceEstimate(
        inputs=int(inside.sum()),
        sources=int((a > 0).sum()),
        violations=int((inside & judgement.violated).sum()),
        rate=estimate.rate,
        low=estimate.low,
        high=estimate.high,
        elsewhere=_ratio(w.sum(), b.sum()),
        share_of_inputs=_ratio(a.sum(), a.sum() + b.sum()),
        share_of_violations=_ratio(v.sum(), v.sum() + w.sum()),
        log_e=evidence_of_excess(*_units(outputs.dependence, order, v, a, w, b)),
    )


def _units(
    dependence: Dependence,
    order: NDArray[np.int64],
    v: NDArray[np.float64],
    a: NDArray[np.float64],
    w: NDArray[np.float64],
    b: NDArray[np.float64],
) -> tuple[NDArray[np.float64], ...]:
    """Sums over units that are independent of each other."""
    if dependence.members.shape[1] == 1:
        return tuple(dependence.sums(values) for values in (v, a, w, b))
    rarer, other = sorted((a > 0, b > 0), key=np.count_nonzero)
    preferred = np.concatenate([order[rarer[order]], order[(other & ~rarer)[order]]])
    chosen = dependence.disjoint(preferred)
    return v[chosen], a[chosen], w[chosen], b[chosen]


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else float("nan")
