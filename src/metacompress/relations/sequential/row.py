"""One row of a sequential verdict: what speaks for and against its limits, batch by batch.

A row is a relation on one part of the inputs. Evidence is the wealth of bets
(stats.betting.e_processes): it may be looked at after every batch, and a decision that it once
justified stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from metacompress.stats.betting.e_processes import Bet, Tally, Wager
from metacompress.stats.betting.mean_of_rates import MeanEvidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.relations.estimand import SourceScores


class RowEvidence(Protocol):
    """Evidence about one row after the sources so far.

    Attributes:
        log_pass: log e-value against "the value lies outside of the limits"; the highest so far.
        log_fail: log e-value against "the value lies within the limits", now.
    """

    log_pass: float
    log_fail: float

    def add(self, scores: Sequence[SourceScores]) -> None:
        """Bet on the sources of another batch; the scores are those of ``Relation.strata``."""

    def bounds(self, alpha: float) -> tuple[float, float]:
        """The values that are not refuted now, at an error of ``alpha`` a side."""


def row_evidence(scores: Sequence[SourceScores], margin: float) -> RowEvidence:
    """Evidence about a row before its first source.

    Args:
        scores: of any sources, for what is estimated; see ``Relation.strata``.
        margin: d; values nearer to a limit than this may pass and may fail.
    """
    one = scores[0]
    passing, failing = widened(one.limits, margin), narrowed(one.limits, margin)
    if len(scores) > 1:
        return _MeanOfClasses(len(scores), passing[1], failing[1])
    return _OneMean(one.bounds, passing, failing)


def widened(limits: tuple[float, float], margin: float) -> tuple[float, float]:
    """The limits outside of which a value must be refuted for a pass."""
    low, high = limits
    return low - margin, high + margin


def narrowed(limits: tuple[float, float], margin: float) -> tuple[float, float]:
    """The limits within which a value must be refuted for a fail; they meet in the middle."""
    low, high = limits
    middle = (low + high) / 2
    return min(low + margin, middle), max(high - margin, middle)


class _OneMean:
    """Evidence about one mean or rate, scaled to [0, 1]."""

    def __init__(
        self,
        bounds: tuple[float, float],
        passing: tuple[float, float],
        failing: tuple[float, float],
    ) -> None:
        self._least, self._greatest = bounds
        # A rate has no lower limit: nothing lies below 0.
        self._is_mean = self._least < 0
        two_sided = self._is_mean and np.isfinite(passing[0])
        self._passes = [Wager(Bet.against_at_least(self._scaled(passing[1])))]
        self._fails = [Wager(self._at_most(failing[1]))]
        if two_sided:
            self._passes.append(Wager(self._at_most(passing[0])))
            self._fails.append(Wager(Bet.against_at_least(self._scaled(failing[0]))))
        self._tally = Tally()
        self.log_pass = self.log_fail = 0.0

    def add(self, scores: Sequence[SourceScores]) -> None:
        """See RowEvidence."""
        values, applicable = scores[0].scaled()
        for wager in (*self._passes, *self._fails):
            wager.add(values, applicable)
        self._tally.add(values, applicable)
        # Both of two one-sided hypotheses must be refuted for a pass, either for a fail.
        self.log_pass = min(wager.highest for wager in self._passes)
        sides = np.array([wager.log_wealth for wager in self._fails])
        self.log_fail = float(np.logaddexp.reduce(sides) - np.log(len(sides)))

    def bounds(self, alpha: float) -> tuple[float, float]:
        """See RowEvidence."""
        low, high = self._tally.bounds(alpha, bold=self._is_mean)
        width = self._greatest - self._least
        return self._least + low * width, self._least + high * width

    def _scaled(self, value: float) -> float:
        return float(np.clip((value - self._least) / (self._greatest - self._least), 0, 1))

    def _at_most(self, value: float) -> Bet:
        return Bet.against_at_most(self._scaled(value), bold=self._is_mean)


class _MeanOfClasses:
    """Evidence about the mean of the rates of several classes."""

    def __init__(self, classes: int, passing: float, failing: float) -> None:
        self._tallies = [Tally() for _ in range(classes)]
        self._passing, self._failing = min(passing, 1.0), failing
        self._against_at_least = MeanEvidence(self._tallies, at_least=True)
        self._against_at_most = MeanEvidence(self._tallies, at_least=False)
        self.log_pass = self.log_fail = 0.0

    def add(self, scores: Sequence[SourceScores]) -> None:
        """See RowEvidence."""
        for tally, one in zip(self._tallies, scores, strict=True):
            values, applicable = one.scaled()
            kept = applicable > 0
            tally.add(values[kept], applicable[kept])
        self._against_at_least = MeanEvidence(self._tallies, at_least=True)
        self._against_at_most = MeanEvidence(self._tallies, at_least=False)
        self.log_pass = max(self.log_pass, self._against_at_least.against(self._passing))
        self.log_fail = self._against_at_most.against(self._failing)

    def bounds(self, alpha: float) -> tuple[float, float]:
        """See RowEvidence."""
        return self._against_at_most.bound(alpha), self._against_at_least.bound(alpha)
