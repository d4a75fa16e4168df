"""Betting against the rate of a finite population, with draws of unequal chances.

The N inputs are drawn without replacement, and those that promise to tell much are drawn with a
greater chance, known before each draw. The violations seen so far, plus those that are expected of
the rest, plus the surprise of the new draw over its chance, is an estimate of the rate of all N
inputs. Whatever was expected and whichever chances were chosen, each estimate is the rate on
average, given all before: so it can be bet on like an observation, between the least and the
greatest value that it could have had.

Source: Shekhar, Xu, Lipton, Liang and Ramdas 2023, arXiv 2305.06884 (betting on estimates weighted
by chances, without replacement). The mixtures of stakes are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.stats.arrays import require_same_length
from metacompress.stats.betting.stakes import BOLD, CAREFUL, log_wealth

if TYPE_CHECKING:
    from collections.abc import Callable

    from metacompress.stats.arrays import FloatArray

_BISECTIONS = 40


@dataclass(frozen=True, slots=True)
class Estimates:
    """Estimates of a rate, one per draw, each equal to the rate on average given those before.

    Attributes:
        values: float64 (n,).
        lowest: least value that the estimate could have had, float64 (n,).
        highest: greatest value that it could have had, float64 (n,).
        least: least rate that is still possible after the draw, float64 (n,), in [0, 1].
        most: greatest rate that is still possible after the draw, float64 (n,), in [0, 1].
    """

    values: FloatArray
    lowest: FloatArray
    highest: FloatArray
    least: FloatArray
    most: FloatArray

    def __post_init__(self) -> None:
        require_same_length(
            values=self.values,
            lowest=self.lowest,
            highest=self.highest,
            least=self.least,
            most=self.most,
        )

    def __len__(self) -> int:
        return len(self.values)


def evidence_of_pass(estimates: Estimates, rate: float) -> FloatArray:
    """Return the log e-process against "the rate of the population exceeds ``rate``".

    Args:
        estimates: n draws.
        rate: tau, in [0, 1].

    Returns:
        Natural logarithm of the wealth after each draw, shape (n,); infinite from where the rate
        can no longer exceed tau.

    Raises:
        UsageError: ``rate`` is out of its range.
    """
    _require_rate(rate)
    loss = _share_of(estimates.values - rate, estimates.highest - rate)
    return np.where(estimates.most <= rate + _NEARLY, np.inf, log_wealth(-loss, BOLD))


def evidence_of_fail(estimates: Estimates, rate: float) -> FloatArray:
    """Return the log e-process against "the rate of the population is at most ``rate``".

    See ``evidence_of_pass``; infinite from where the rate must exceed tau.
    """
    _require_rate(rate)
    gain = _share_of(estimates.values - rate, rate - estimates.lowest)
    return np.where(estimates.least > rate + _NEARLY, np.inf, log_wealth(gain, CAREFUL))


def bounds(estimates: Estimates, *, alpha: float = 0.025) -> tuple[float, float]:
    """Return the bounds of the rate that no draw so far has refuted.

    Over all draws, each bound is ever wrong with a probability of at most ``alpha``: a bound once
    reached stays.

    Args:
        estimates: n draws; (0, 1) without any.
        alpha: error of each side, in (0, 1).

    Raises:
        UsageError: ``alpha`` is out of its range.
    """
    if not 0 < alpha < 1:
        raise UsageError(f"alpha must lie between 0 and 1, not {alpha}", option="alpha")
    if not len(estimates):
        return 0.0, 1.0
    needed = -np.log(alpha)
    least, most = float(estimates.least[-1]), float(estimates.most[-1])
    # Evidence falls, or rises, with the rate that it speaks against.
    return (
        _crossing(lambda rate: evidence_of_fail(estimates, rate).max() >= needed, least, most),
        _crossing(lambda rate: evidence_of_pass(estimates, rate).max() >= needed, most, least),
    )


def _crossing(refutes: Callable[[float], bool], refuted: float, kept: float) -> float:
    """The last refuted rate on the way from one end, which counts as refuted, to the other."""
    for _ in range(_BISECTIONS):
        middle = (refuted + kept) / 2
        if refutes(middle):
            refuted = middle
        else:
            kept = middle
    return refuted


# Rates are sums of up to N numbers; what differs by less is equal.
_NEARLY = 1e-9


def _share_of(part: FloatArray, largest: FloatArray) -> FloatArray:
    """``part / largest``, at most 1 in absolute value where it is a loss; 0 where nothing is at
    stake.
    """
    share: FloatArray = np.divide(part, largest, out=np.zeros_like(part), where=largest > _NEARLY)
    return share


def _require_rate(rate: float) -> None:
    if not 0 <= rate <= 1:
        raise UsageError(f"a rate must be from 0 to 1, not {rate}", option="rate")
