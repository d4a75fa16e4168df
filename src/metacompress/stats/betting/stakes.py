"""Mixtures of stakes: shares of the wealth that a bet may lose. The constants are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from metacompress.stats.arrays import FloatArray

BOLD = np.array([0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97])
"""For bets against a high rate: they lose at a violation and gain little at each other input."""
CAREFUL = np.geomspace(0.004, 0.5, 13)
"""For bets against a low rate: a violation gains a multiple of the stake."""


def log_wealth(gains: FloatArray, stakes: FloatArray) -> FloatArray:
    """Return the log wealth after each of n bets, its mean over stakes, shape (n,).

    Args:
        gains: what a bet with the stake 1 would gain, shape (n,), at least -1.
        stakes: shape (k,), in (0, 1).
    """
    by_stake = np.cumsum(np.log1p(np.outer(gains, stakes)), axis=0)
    mean: FloatArray = np.logaddexp.reduce(by_stake, axis=1) - np.log(len(stakes))
    return mean
