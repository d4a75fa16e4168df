"""Betting against a rate: e-processes and confidence sequences that may be looked at any time.

Inputs come one by one, in random order. Input t has V_t violations among A_t applicable ones, both
divided by the largest number that an input can have, so that 0 <= V_t <= A_t <= 1. The rate is
E V / E A, and it is at most tau exactly where E[V - tau A] <= 0. An e-process is the wealth of a
gambler who bets against a hypothesis: while it holds, the wealth reaches 1/alpha with a probability
of at most alpha, ever (Ville). Hence one may look after each input and stop.

Source: Waudby-Smith and Ramdas 2024, doi:10.1093/jrsssb/qkad009; Shafer 2021,
doi:10.1111/rssa.12647. The mixtures of bets are ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import logsumexp

from metacompress.errors import UsageError
from metacompress.stats.arrays import require_same_length

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.stats.arrays import FloatArray

# Shares of the wealth that are staked; wealth is the mean over them.
_AGAINST_HIGH = np.array([0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97])
_AGAINST_LOW = np.geomspace(0.004, 0.5, 13)
_BISECTIONS = 50


def evidence_below(violations: FloatArray, applicable: FloatArray, rate: float) -> FloatArray:
    """Return the log e-process against "the violation rate is at least ``rate``".

    Args:
        violations: V, shape (n,), in the order of the inputs.
        applicable: A, shape (n,), 0 <= V <= A <= 1.
        rate: tau, in [0, 1].

    Returns:
        Natural logarithm of the wealth after each input, shape (n,). It is 0 throughout for a
        rate of 0: no data speak against "at least 0".

    Raises:
        UsageError: a value is out of its range.
    """
    gain = _gains(violations, applicable, rate)
    if rate == 0:
        return np.zeros(len(gain))
    if rate == 1:
        # The bet has no bounded loss; an input that is not all violations refutes the rate 1.
        return np.where(np.cumsum(applicable - violations) > 0, np.inf, 0.0)
    return _mixture(-gain / (1 - rate), _AGAINST_HIGH)


def evidence_above(violations: FloatArray, applicable: FloatArray, rate: float) -> FloatArray:
    """Return the log e-process against "the violation rate is at most ``rate``".

    See ``evidence_below``. A single violation refutes a rate of 0, with infinite wealth.
    """
    gain = _gains(violations, applicable, rate)
    if rate == 1:
        return np.zeros(len(gain))
    if rate == 0:
        return np.where(np.cumsum(violations) > 0, np.inf, 0.0)
    return _mixture(gain / rate, _AGAINST_LOW)


def evidence_of_counts(
    violations: NDArray[np.int64], inputs: NDArray[np.int64], rate: float
) -> tuple[FloatArray, FloatArray]:
    """Return both log e-processes of inputs that are each violated or not, by their numbers.

    Args:
        violations: k of the inputs so far, any shape, 0 <= k <= inputs.
        inputs: how many there were, of the same shape.
        rate: tau, in (0, 1).

    Returns:
        What ``evidence_below`` and ``evidence_above`` are after the last of these inputs.
    """
    k, kept = violations[..., np.newaxis], (inputs - violations)[..., np.newaxis]
    below = k * np.log1p(-_AGAINST_HIGH) + kept * np.log1p(_AGAINST_HIGH * rate / (1 - rate))
    above = k * np.log1p(_AGAINST_LOW * (1 - rate) / rate) + kept * np.log1p(-_AGAINST_LOW)
    found: tuple[FloatArray, FloatArray] = (
        logsumexp(below, axis=-1) - np.log(len(_AGAINST_HIGH)),
        logsumexp(above, axis=-1) - np.log(len(_AGAINST_LOW)),
    )
    return found


def confidence_sequence(
    violations: FloatArray, applicable: FloatArray, *, alpha: float = 0.025
) -> tuple[FloatArray, FloatArray]:
    """Return lower and upper bounds of the rate after each input, each of shape (n,).

    All bounds hold at once with a probability of at least 1 - 2 alpha: a bound once reached stays.

    Args:
        violations: V, shape (n,), in the order of the inputs.
        applicable: A, shape (n,), 0 <= V <= A <= 1.
        alpha: error of each side, in (0, 1).

    Raises:
        UsageError: a value is out of its range.
    """
    if not 0 < alpha < 1:
        raise UsageError(f"alpha must lie between 0 and 1, not {alpha}")
    _gains(violations, applicable, 0.5)
    needed = -np.log(alpha)
    n = len(violations)
    low, high = np.zeros(n), np.ones(n)
    # Rates are refuted in order, so the bound at each input is where the evidence crosses.
    grid = _rate_grid(n)
    for rate in grid:
        refuted = np.maximum.accumulate(evidence_above(violations, applicable, rate)) >= needed
        if not refuted.any():
            break
        low[refuted] = rate
    for rate in grid[::-1]:
        refuted = np.maximum.accumulate(evidence_below(violations, applicable, rate)) >= needed
        if not refuted.any():
            break
        high[refuted] = rate
    return low, high


def bounds_now(
    violations: FloatArray, applicable: FloatArray, *, alpha: float = 0.025
) -> tuple[float, float]:
    """Return the last bounds of ``confidence_sequence``, to 1e-9, without its earlier ones."""
    needed = -np.log(alpha)

    def crossing(refutes: object, low: float, high: float) -> float:
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2
            if refutes(middle):  # type: ignore[operator]
                low = middle
            else:
                high = middle
        return (low + high) / 2

    above = crossing(
        lambda rate: evidence_above(violations, applicable, rate).max(initial=0) >= needed, 0, 1
    )
    below = crossing(
        lambda rate: evidence_below(violations, applicable, 1 - rate).max(initial=0) >= needed, 0, 1
    )
    return above, 1 - below


def _gains(violations: FloatArray, applicable: FloatArray, rate: float) -> FloatArray:
    require_same_length(violations=violations, applicable=applicable)
    if not 0 <= rate <= 1:
        raise UsageError(f"a rate must be from 0 to 1, not {rate}")
    if np.any(violations < 0) or np.any(violations > applicable) or np.any(applicable > 1):
        raise UsageError("violations and applicable inputs must satisfy 0 <= V <= A <= 1")
    gains: FloatArray = violations - rate * applicable
    return gains


def _mixture(gains: FloatArray, stakes: FloatArray) -> FloatArray:
    """Log of the mean over stakes of the product of ``1 + stake * gain``; gains are at least -1."""
    wealth = np.cumsum(np.log1p(np.outer(gains, stakes)), axis=0)
    mean: FloatArray = logsumexp(wealth, axis=1) - np.log(len(stakes))
    return mean


def _rate_grid(n: int) -> FloatArray:
    """Rates between 0 and 1, denser at the ends, where few data decide."""
    inner = np.geomspace(1e-4, 0.5, 200)
    return np.concatenate([inner, 1 - inner[-2::-1]]) if n else np.zeros(0)
