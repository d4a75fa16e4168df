"""A sequential verdict over a family of rows: decisions that stand, batch by batch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from metacompress.relations.sequential.row import narrowed, row_evidence, widened
from metacompress.stats.intervals.multiplicity import any_of, each_of, holm
from metacompress.stats.verdict import Verdict, combine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from metacompress.relations.estimand import SourceScores
    from metacompress.relations.sequential.row import RowEvidence

# What a row is called.
N = TypeVar("N")

# Of the error of a side, what is spent while sources come in; the rest is for one test at their
# end. The constant is ours.
_SEQUENTIAL_SHARE = 0.6


def split_error(confidence: float) -> tuple[float, float]:
    """The errors of a side, (1 - confidence) / 2 in all, of the sequence and of the last test."""
    alpha = (1 - confidence) / 2
    return _SEQUENTIAL_SHARE * alpha, (1 - _SEQUENTIAL_SHARE) * alpha


@dataclass(slots=True)
class SequentialRow:
    """One row.

    Attributes:
        evidence: None before the first source that the row could speak of.
        applies: whether any input was applicable.
        verdict: None while it is open.
        decided_at: sources asked when it was decided.
        by_last_test: whether the test at the end of the sources decided it.
        log_pass: log e-value for a pass, the highest so far.
        log_fail: log e-value for a fail that holds for all rows at once, the highest so far.
        interval: of the value; holds no value that was refuted when ``narrow`` was called.
    """

    evidence: RowEvidence | None = None
    applies: bool = False
    verdict: Verdict | None = None
    decided_at: int | None = None
    by_last_test: bool = False
    log_pass: float = 0.0
    log_fail: float = 0.0
    interval: tuple[float, float] | None = None

    def narrow(self, alpha: float) -> None:
        """Take what is refuted now, at an error of ``alpha`` a side, from the interval."""
        if self.evidence is not None and self.interval is not None:
            (low, high), (least, most) = self.evidence.bounds(alpha), self.interval
            self.interval = max(low, least), min(high, most)

    def decide(self, verdict: Verdict, sources: int, *, by_last_test: bool = False) -> None:
        """Decide an open row; a decision that was made stands."""
        if self.verdict is None:
            self.verdict, self.decided_at = verdict, sources
            self.by_last_test = by_last_test


class SequentialFamily(Generic[N]):
    """Rows that make up one verdict, as batches of sources come in.

    A row passes where its own evidence reaches 1/alpha: that all rows pass is then wrong with a
    probability of at most alpha (intersection-union). The family fails where the mean of the
    evidence for a fail over the rows reaches 1/alpha, and a row is named where its adjusted
    evidence does: that any of it is wrong is as unlikely, under any dependence. Both hold however
    often one looks.

    Args:
        names: of the rows.
        alpha: error of a side, in (0, 1).
        margin: d, at least 0. A pass then says that the value is less than d outside of its
            limits, a fail that it is less than d within them.
    """

    def __init__(self, names: Iterable[N], *, alpha: float, margin: float = 0.0) -> None:
        self.alpha = alpha
        self.margin = margin
        self.sources = 0
        self.failed_at: int | None = None
        self.rows: dict[N, SequentialRow] = {name: SequentialRow() for name in names}

    def add(self, sources: int, scores: Mapping[N, Sequence[SourceScores]]) -> None:
        """Bet on another batch.

        Args:
            sources: of the batch, each of them in random order among all.
            scores: by row, of those sources that have an input for it; see ``Relation.strata``.
        """
        self.sources += sources
        for name, found in scores.items():
            self._bet(self.rows[name], found)
        needed = -np.log(self.alpha)
        log_fail = np.array(
            [0.0 if row.evidence is None else row.evidence.log_fail for row in self.rows.values()]
        )
        if self.failed_at is None and any_of(log_fail) >= needed:
            self.failed_at = self.sources
        for row, adjusted in zip(self.rows.values(), each_of(log_fail), strict=True):
            row.log_fail = max(row.log_fail, float(adjusted))
            if row.log_fail >= needed:
                row.decide(Verdict.FAIL, self.sources)
            if row.log_pass >= needed:
                row.decide(Verdict.PASS, self.sources)

    def _bet(self, row: SequentialRow, scores: Sequence[SourceScores]) -> None:
        if row.evidence is None:
            row.evidence = row_evidence(scores, self.margin)
            row.interval = scores[0].bounds
        row.applies |= any(one.applies for one in scores)
        row.evidence.add(scores)
        row.log_pass = row.evidence.log_pass

    def narrow(self) -> None:
        """Bring the intervals of all rows up to the sources so far."""
        for row in self.rows.values():
            row.narrow(self.alpha)

    def last_test(self, scores: Mapping[N, SourceScores], alpha: float) -> None:
        """Decide open rows by one test of all sources with all of their variants."""
        for name, one in scores.items():
            self.rows[name].applies |= one.applies
        for name, verdict in last_verdicts(scores, alpha=alpha, margin=self.margin).items():
            self.rows[name].decide(verdict, self.sources, by_last_test=True)

    @property
    def open(self) -> list[N]:
        """The rows that are not decided, of those that applied to any input."""
        return [name for name, row in self.rows.items() if row.applies and row.verdict is None]

    @property
    def verdict(self) -> Verdict:
        """Fail if any row or the family failed, pass if every row that applies passed."""
        if self.failed_at is not None:
            return Verdict.FAIL
        return combine(
            row.verdict or Verdict.UNDECIDED for row in self.rows.values() if row.applies
        )


def last_verdicts(
    scores: Mapping[N, SourceScores], *, alpha: float, margin: float
) -> dict[N, Verdict]:
    """The rows that one test on a fixed sample decides, as ``evaluate`` does but for the margin.

    Args:
        scores: by row.
        alpha: error of a side, in (0, 0.5).
        margin: see ``SequentialFamily``.
    """
    rows = {name: one for name, one in scores.items() if one.applies}
    confidence = 1 - 2 * alpha
    within, outside = (
        [
            replace(one, limits=moved(one.limits, margin)).estimate(confidence)
            for one in rows.values()
        ]
        for moved in (widened, narrowed)
    )
    failing = holm(np.array([one.p_outside for one in outside]), alpha)
    decided: dict[N, Verdict] = {}
    for name, passes, fails in zip(rows, within, failing, strict=True):
        if fails:
            decided[name] = Verdict.FAIL
        elif passes.p_within <= alpha:
            decided[name] = Verdict.PASS
    return decided
