"""Evaluate a family of relations: estimates with intervals, curves, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from scipy.special import ndtri

from metacompress.stats.intervals.multiplicity import holm
from metacompress.stats.planning import decidable_rates
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.relations.estimand import Estimate, SourceScores, WeightedInputs
    from metacompress.relations.judgement import Curve, Judgement


O_contra = TypeVar("O_contra", bound="WeightedInputs", contravariant=True)
O = TypeVar("O", bound="WeightedInputs")  # noqa: E741

_POWER = 0.8
_HIGH = 0.95


class Evaluated(Protocol[O_contra]):
    """What is evaluated on inputs of some kind: a relation."""

    def judge(self, outputs: O_contra, /) -> Judgement:
        """Judge every input."""

    def scores(self, outputs: O_contra, /) -> SourceScores:
        """What is estimated and held against the limits."""

    def curve(self, outputs: O_contra, /) -> Curve | None:
        """Violations over a range of a constant; None if there is none."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A relation on one set of inputs.

    Attributes:
        judgement: of every input.
        scores: what is estimated, per source.
        estimate: its value with interval and p-values.
        curve: violations as the relation's constant varies.
        magnitude_mean: of applicable inputs, each source weighted once; nan without any.
        magnitude_p95: their 95th percentile.
        verdict: None where the relation applies to no input: it takes no part.
        confidence: of the interval of the estimate, in (0, 1).
    """

    judgement: Judgement
    scores: SourceScores
    estimate: Estimate
    curve: Curve | None
    magnitude_mean: float
    magnitude_p95: float
    verdict: Verdict | None
    confidence: float

    def decidable(self) -> tuple[float | None, float | None]:
        """Values below and above the upper limit that would be decided in four of five runs.

        Where a lower limit stands as well, absolute values. None where no value would.
        """
        limit, found = self.scores.limits[1], self.estimate
        if not self.scores.applies:
            return None, None
        alpha = (1 - self.confidence) / 2
        if self.scores.is_rate:
            if not 0 < limit < 1 or found.effective <= 0:
                return None, None
            return decidable_rates(limit, found.effective, alpha=alpha, power=_POWER)
        z = -float(ndtri(alpha))
        distance = (found.high - found.low) / 2 / z * (z + float(ndtri(_POWER)))
        below, above = limit - distance, limit + distance
        # With few inputs these may lie beyond every possible value.
        least, greatest = self.scores.bounds
        if np.isfinite(self.scores.limits[0]):
            least, greatest = 0.0, max(-least, greatest)
        return below if below >= least else None, above if above <= greatest else None


def evaluate(rows: Sequence[tuple[Evaluated[O], O]], *, confidence: float) -> list[Evaluation]:
    """Evaluate relations that make up one verdict.

    A row passes where "the value lies outside of the limits" is rejected at an error of
    (1 - confidence) / 2: that all rows pass is then wrong with at most this probability. A row
    fails where "the value lies within the limits" is rejected by Holm's step-down test, so that
    any wrong fail among all rows is as unlikely.

    Args:
        rows: relations and the outputs that they are evaluated on.
        confidence: of every two-sided interval, in (0, 1).
    """
    alpha = (1 - confidence) / 2
    scores = [relation.scores(outputs) for relation, outputs in rows]
    estimates = [found.estimate(confidence) for found in scores]
    taking_part = np.array([found.applies for found in scores], dtype=np.bool_)
    failing = np.zeros(len(rows), dtype=np.bool_)
    failing[taking_part] = holm(
        np.array([one.p_outside for one, part in zip(estimates, taking_part, strict=True) if part]),
        alpha,
    )
    evaluations = []
    for (relation, outputs), found, estimate, fails in zip(
        rows, scores, estimates, failing, strict=True
    ):
        verdict = None
        if found.applies:
            verdict = Verdict.UNDECIDED
            if fails:
                verdict = Verdict.FAIL
            elif estimate.p_within <= alpha:
                verdict = Verdict.PASS
        judgement = relation.judge(outputs)
        mean, p95 = _magnitudes(judgement, outputs)
        evaluations.append(
            Evaluation(
                judgement,
                found,
                estimate,
                relation.curve(outputs),
                mean,
                p95,
                verdict,
                confidence,
            )
        )
    return evaluations


def _magnitudes(judgement: Judgement, outputs: WeightedInputs) -> tuple[float, float]:
    kept = judgement.applicable
    if not kept.any():
        return float("nan"), float("nan")
    values, weights = judgement.magnitude[kept], outputs.weights[kept]
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    position = min(int(np.searchsorted(reached, _HIGH)), len(values) - 1)
    return float(values @ weights / weights.sum()), float(values[order][position])
