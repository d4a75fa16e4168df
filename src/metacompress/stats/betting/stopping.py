"""When a sequential test of independent inputs stops, exactly: without any simulation.

The wealth of the gambler of ``e_processes`` depends on inputs that are violated or not through
their number alone. So the test stops where the number of violations leaves a band, and the
distribution of that number inside of the band follows from input to input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metacompress.errors import UsageError
from metacompress.stats.betting.e_processes import evidence_of_counts

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]


class StoppingTime(NamedTuple):
    """Where tests of one rate stop.

    Attributes:
        inputs: expected number of inputs; all of them where a test does not decide.
        passes: probability that "at least the tolerance" is rejected, in [0, 1].
        fails: probability that "at most the tolerance" is rejected, in [0, 1].
    """

    inputs: float
    passes: float
    fails: float


def stopping_time(tolerance: float, rate: float, *, inputs: int, alpha: float) -> StoppingTime:
    """Return where a sequential test stops, of one row and independent inputs.

    Args:
        tolerance: tau, in (0, 1).
        rate: the true rate, in [0, 1].
        inputs: that there are, at least 1.
        alpha: error of each side, in (0, 1).

    Raises:
        UsageError: a value is out of its range.
    """
    if not (0 < tolerance < 1 and 0 <= rate <= 1 and 0 < alpha < 1 and inputs >= 1):
        raise UsageError(
            "a stopping time needs 0 < tolerance < 1, 0 <= rate <= 1, 0 < alpha < 1 and an input"
        )
    low, high = _band(tolerance, inputs, alpha)
    # chances[k]: of k violations so far, and no stop; those below ``first`` are 0.
    chances = np.zeros(inputs + 2)
    chances[0] = 1.0
    first, last = 0, 0
    expected = passes = fails = 0.0
    for count in range(1, inputs + 1):
        expected += chances[first : last + 1].sum()
        last += 1
        moved = chances[first:last] * rate
        chances[first:last] *= 1 - rate
        chances[first + 1 : last + 1] += moved
        bottom, top = low[count - 1], high[count - 1]
        if bottom >= first:
            passes += chances[first : bottom + 1].sum()
            chances[first : bottom + 1] = 0
            first = int(bottom) + 1
        if top <= last:
            fails += chances[max(top, first) : last + 1].sum()
            chances[max(top, first) : last + 1] = 0
            last = int(top) - 1
        if first > last:
            break
    return StoppingTime(float(expected), float(passes), float(fails))


def _band(tolerance: float, inputs: int, alpha: float) -> tuple[IntArray, IntArray]:
    """After each input, the largest count that passes (-1: none) and the smallest that fails."""
    counts = np.arange(1, inputs + 1)
    needed = -np.log(alpha)

    def largest(holds: Callable[[IntArray], NDArray[np.bool_]]) -> IntArray:
        """The largest count from 0 to the inputs so far for which a falling condition holds."""
        below, above = np.full(inputs, -1), counts + 1
        while (above - below > 1).any():
            middle = (below + above) // 2
            found = holds(middle)
            below, above = np.where(found, middle, below), np.where(found, above, middle)
        return below

    passing = largest(lambda k: evidence_of_counts(k, counts, tolerance)[0] >= needed)
    open_ = largest(lambda k: evidence_of_counts(k, counts, tolerance)[1] < needed)
    return passing, open_ + 1
