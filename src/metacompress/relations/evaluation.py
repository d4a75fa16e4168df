"""Evaluate a relation: violation rate with interval, curve, verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.stats.intervals import Rate, rate_of
from metacompress.stats.verdict import Verdict, verdict_of

if TYPE_CHECKING:
    from numpy.random import Generator

    from metacompress.relations.base import Curve, GroupStatistic, Judgement, Outputs, Relation


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A relation on one set of inputs.

    ``rate`` counts violated among applicable inputs. ``group``, where the relation has one,
    decides the verdict in place of the rate.
    """

    judgement: Judgement
    rate: Rate
    group: GroupStatistic | None
    curve: Curve | None
    verdict: Verdict


def evaluate(
    relation: Relation, outputs: Outputs, *, confidence: float, resamples: int, rng: Generator
) -> Evaluation:
    """Evaluate ``relation`` on ``outputs``.

    Args:
        relation: what to evaluate.
        outputs: of both models on n >= 0 inputs.
        confidence: of the interval, in (0, 1).
        resamples: of a bootstrap.
        rng: source of its randomness.
    """
    judgement = relation.judge(outputs)
    rate = rate_of(
        judgement.violated[judgement.applicable],
        outputs.clusters[judgement.applicable],
        confidence=confidence,
        resamples=resamples,
        rng=rng,
    )
    group = relation.group_statistic(outputs, confidence=confidence, resamples=resamples, rng=rng)
    if group is not None:
        verdict = verdict_of(group.low, group.high, group.limit)
    else:
        verdict = verdict_of(rate.low, rate.high, relation.tolerance)
    return Evaluation(judgement, rate, group, relation.curve(outputs), verdict)
