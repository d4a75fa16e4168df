"""Several hypotheses at once: what may be said of each, and of any.

E-values may be averaged under any dependence (Vovk and Wang 2021, doi:10.1214/20-AOS2020).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from metacompress.stats.arrays import BoolArray, FloatArray


def any_of(log_e: FloatArray) -> float:
    """Return the log e-value against "all k hypotheses hold": the mean of theirs, shape (k,)."""
    return float(np.logaddexp.reduce(log_e) - np.log(len(log_e))) if len(log_e) else 0.0


def each_of(log_e: FloatArray) -> FloatArray:
    """Return log e-values of each hypothesis that hold for all of them at once.

    Hypothesis i keeps the least mean over the sets of hypotheses that it may be true with. To
    reject every one whose result reaches 1/alpha makes any wrong rejection with a probability of
    at most alpha. Source: Vovk and Wang 2021, algorithm 1.

    Args:
        log_e: shape (k,); not nan.

    Returns:
        shape (k,), each at most its own log e-value.
    """
    ordered = np.sort(log_e)
    adjusted = np.empty(len(log_e))
    for index, own in enumerate(log_e):
        position = int(np.searchsorted(ordered, own))
        others = np.delete(ordered, position)
        # The mean falls for as long as smaller ones join.
        sums = np.logaddexp.accumulate(np.concatenate([[own], others]))
        adjusted[index] = np.min(sums - np.log(np.arange(1, len(sums) + 1)))
    return adjusted


def e_bh(log_e: FloatArray, false_discovery_rate: float = 0.1) -> BoolArray:
    """Return which of k hypotheses are rejected at a false discovery rate, under any dependence.

    Source: Wang and Ramdas 2022, doi:10.1111/rssb.12489.

    Args:
        log_e: shape (k,).
        false_discovery_rate: expected share of wrong rejections among rejections, in (0, 1).

    Raises:
        UsageError: the rate is out of its range.
    """
    if not 0 < false_discovery_rate < 1:
        raise UsageError(
            f"a false discovery rate lies between 0 and 1, not {false_discovery_rate}",
            option="false_discovery_rate",
        )
    count = len(log_e)
    order = np.argsort(-log_e, kind="stable")
    needed = np.log(count) - np.log(np.arange(1, count + 1)) - np.log(false_discovery_rate)
    enough = np.flatnonzero(log_e[order] >= needed)
    rejected = np.zeros(count, dtype=np.bool_)
    if len(enough):
        rejected[order[: enough[-1] + 1]] = True
    return rejected


def holm(p_values: FloatArray, alpha: float) -> BoolArray:
    """Return which of k hypotheses Holm's step-down test rejects, under any dependence.

    Any wrong rejection has a probability of at most ``alpha``. Source: Holm 1979, Scandinavian
    Journal of Statistics 6, 65-70.
    """
    order = np.argsort(p_values, kind="stable")
    small = p_values[order] <= alpha / np.arange(len(p_values), 0, -1)
    rejected = np.zeros(len(p_values), dtype=np.bool_)
    rejected[order[np.logical_and.accumulate(small)]] = True
    return rejected
