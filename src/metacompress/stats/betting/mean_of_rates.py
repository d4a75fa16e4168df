"""Betting against the mean of the rates of several classes, whatever the share of each class.

Each input belongs to one class. The hypothesis "the mean of the k rates is at least tau" is the
union, over all ways to allot k tau to the classes, of "every class has at least its own part". For
one allotment the product of the wealth that was won from each class is an e-process, so the least
product over all allotments is one against the union.

Source: Spertus, Sridhar and Stark 2024, arXiv:2409.06680 (strata). That log wealth is convex in the
hypothetical rate, whence the infimum is that of sorted slopes, is ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.stats.betting.e_processes import Bet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.stats.arrays import FloatArray
    from metacompress.stats.betting.e_processes import Tally

# Hypothetical rates of a class. The mean that is tested is nearer by one step than the one asked
# for, so that the infimum is never overstated.
_STEPS = 2000


class MeanEvidence:
    """Evidence against means of rates after the inputs so far, on one side.

    Args:
        classes: the inputs of each of k classes; none of a class that has not been seen.
        at_least: whether hypotheses are "the mean is at least tau"; else "at most tau".
    """

    def __init__(self, classes: Sequence[Tally], *, at_least: bool) -> None:
        self._count = len(classes)
        self._at_least = at_least
        by_class = [_log_wealth(tally, at_least) for tally in classes]
        slopes = np.sort(np.concatenate([np.diff(one) for one in by_class]))
        start = sum(float(one[0]) for one in by_class)
        # At position j, the least sum over allotments of j steps.
        self._least = start + np.concatenate([[0.0], np.cumsum(slopes)])

    def against(self, mean: float) -> float:
        """Return the log e-value against the hypothesis for tau = ``mean``, in [0, 1]."""
        distance = mean if self._at_least else 1 - mean
        steps = int(np.floor(self._count * (distance * _STEPS - 1)))
        return float(self._least[max(steps, 0)])

    def bound(self, alpha: float) -> float:
        """Return the mean up to (or down to) which hypotheses are not refuted at ``alpha``."""
        refuted = np.flatnonzero(self._least >= -np.log(alpha))
        steps = refuted[0] if len(refuted) else np.inf
        distance = min((steps / self._count + 1) / _STEPS, 1.0)
        return float(distance if self._at_least else 1 - distance)


def _log_wealth(tally: Tally, at_least: bool) -> FloatArray:
    """Log wealth against rates from the end of the range that no input refutes; convex, rising."""
    if not len(tally.counts):
        return np.zeros(_STEPS + 1)
    stakes = (Bet.against_at_least(0) if at_least else Bet.against_at_most(0)).stakes
    distances = np.linspace(0, 1, _STEPS + 1)
    by_stake = np.zeros((_STEPS + 1, len(stakes)))
    for (violations, applicable), count in zip(tally.kinds, tally.counts, strict=True):
        # A bet against "at most" is one against "at least" on what is not violated.
        lost = violations if at_least else applicable - violations
        gain = np.full(_STEPS + 1, np.inf if applicable > lost else -applicable)
        gain[:-1] = (distances[:-1] * applicable - lost) / (1 - distances[:-1])
        by_stake += count * np.log1p(np.outer(gain, stakes))
    found: FloatArray = np.logaddexp.reduce(by_stake, axis=1) - np.log(len(stakes))
    return found
