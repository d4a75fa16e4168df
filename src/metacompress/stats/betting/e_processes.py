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

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.stats.arrays import require_same_length
from metacompress.stats.betting.stakes import BOLD, CAREFUL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.stats.arrays import FloatArray

_PRECISION = 1e-6


@dataclass(frozen=True, slots=True)
class Bet:
    """Bets against one hypothesis about a rate.

    Attributes:
        rate: tau, in [0, 1].
        at_least: whether the hypothesis is "the rate is at least tau"; else "at most tau".
        stakes: shape (k,), in (0, 1): the share of the wealth that an input may cost.
    """

    rate: float
    at_least: bool
    stakes: FloatArray

    def __post_init__(self) -> None:
        if not 0 <= self.rate <= 1:
            raise UsageError(f"a rate must be from 0 to 1, not {self.rate}", option="rate")

    @classmethod
    def against_at_least(cls, rate: float) -> Bet:
        """Bets against "the rate is at least ``rate``"."""
        return cls(rate, True, BOLD)

    @classmethod
    def against_at_most(cls, rate: float, *, bold: bool = False) -> Bet:
        """Bets against "the rate is at most ``rate``".

        Args:
            rate: tau.
            bold: stakes for a value far from 0, as a mean scaled to [0, 1] is; the others are for
                small rates, at which one violation may gain a multiple of the wealth.
        """
        return cls(rate, False, BOLD if bold else CAREFUL)

    def log_factors(self, violations: FloatArray, applicable: FloatArray) -> FloatArray:
        """Logarithm of what each input multiplies the wealth of each stake by, shape (n, k).

        It is infinite where an input refutes the hypothesis: a violation the rate 0, say.
        """
        if self.at_least:
            gain, most = self.rate * applicable - violations, 1 - self.rate
        else:
            gain, most = violations - self.rate * applicable, self.rate
        if most == 0:
            return np.where(gain[:, None] > 0, np.inf, np.zeros(len(self.stakes)))
        factors: FloatArray = np.log1p(np.outer(gain / most, self.stakes))
        return factors


class Wager:
    """Wealth from bets on inputs that come in batches; n more inputs cost O(n).

    Attributes:
        log_wealth: natural logarithm of the wealth after the inputs so far.
        highest: the largest that it ever was; log(1/alpha) rejects the hypothesis at alpha.
    """

    def __init__(self, bet: Bet) -> None:
        self._bet = bet
        self._by_stake = np.zeros(len(bet.stakes))
        self.log_wealth = 0.0
        self.highest = 0.0

    def add(self, violations: FloatArray, applicable: FloatArray) -> FloatArray:
        """Bet on more inputs; returns the log wealth after each of them, shape (n,).

        Args:
            violations: V, shape (n,), in the order of the inputs.
            applicable: A, shape (n,), 0 <= V <= A <= 1.

        Raises:
            UsageError: a value is out of its range.
        """
        _require_range(violations, applicable)
        if not len(violations):
            return np.zeros(0)
        wealth = self._by_stake + np.cumsum(self._bet.log_factors(violations, applicable), axis=0)
        self._by_stake = wealth[-1]
        mean: FloatArray = np.logaddexp.reduce(wealth, axis=1) - np.log(wealth.shape[1])
        self.log_wealth = float(mean[-1])
        self.highest = max(self.highest, float(mean.max()))
        return mean


@dataclass(slots=True)
class Tally:
    """Inputs so far, counted by their values, to bet against any rate afterwards.

    Attributes:
        kinds: the distinct (V, A), shape (k, 2).
        counts: of each, shape (k,).
    """

    kinds: FloatArray = field(default_factory=lambda: np.zeros((0, 2)))
    counts: FloatArray = field(default_factory=lambda: np.zeros(0))

    def add(self, violations: FloatArray, applicable: FloatArray) -> None:
        """Count more inputs; see ``Wager.add``."""
        _require_range(violations, applicable)
        rows = np.concatenate([self.kinds, np.stack([violations, applicable], axis=1)])
        weights = np.concatenate([self.counts, np.ones(len(violations))])
        self.kinds, kind = np.unique(rows, axis=0, return_inverse=True)
        counts = np.bincount(kind.reshape(-1), weights=weights, minlength=len(self.kinds))
        self.counts = counts.astype(np.float64)

    def log_wealth(self, bet: Bet) -> float:
        """Natural logarithm of the wealth that ``bet`` has after the inputs so far."""
        if not len(self.counts):
            return 0.0
        by_stake = (self.counts[:, None] * bet.log_factors(*self.kinds.T)).sum(axis=0)
        return float(np.logaddexp.reduce(by_stake) - np.log(len(by_stake)))

    def bounds(self, alpha: float, *, bold: bool = False) -> tuple[float, float]:
        """Return the rates that neither bet refutes after the inputs so far, to 1e-6.

        Args:
            alpha: error of each side, in (0, 1).
            bold: see ``Bet.against_at_most``.
        """
        needed = _needed(alpha)

        def last_refuted(against_at_least: bool) -> float:
            """How far from its end of the range rates are refuted; wealth falls on the way."""
            near, far = 0.0, 1.0
            while far - near > _PRECISION:
                middle = (near + far) / 2
                bet = (
                    Bet.against_at_least(1 - middle)
                    if against_at_least
                    else Bet.against_at_most(middle, bold=bold)
                )
                near, far = (middle, far) if self.log_wealth(bet) >= needed else (near, middle)
            return near

        return last_refuted(False), 1 - last_refuted(True)


def evidence_below(violations: FloatArray, applicable: FloatArray, rate: float) -> FloatArray:
    """Return the log e-process against "the violation rate is at least ``rate``".

    Args:
        violations: V, shape (n,), in the order of the inputs.
        applicable: A, shape (n,), 0 <= V <= A <= 1.
        rate: tau, in [0, 1].

    Returns:
        Natural logarithm of the wealth after each input, shape (n,). It is never above 0 for a
        rate of 0: no data speak against "at least 0".

    Raises:
        UsageError: a value is out of its range.
    """
    return Wager(Bet.against_at_least(rate)).add(violations, applicable)


def evidence_above(violations: FloatArray, applicable: FloatArray, rate: float) -> FloatArray:
    """Return the log e-process against "the violation rate is at most ``rate``".

    See ``evidence_below``. A single violation refutes a rate of 0, with infinite wealth.
    """
    return Wager(Bet.against_at_most(rate)).add(violations, applicable)


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
    below = k * np.log1p(-BOLD) + kept * np.log1p(BOLD * rate / (1 - rate))
    above = k * np.log1p(CAREFUL * (1 - rate) / rate) + kept * np.log1p(-CAREFUL)
    found: tuple[FloatArray, FloatArray] = (
        np.logaddexp.reduce(below, axis=-1) - np.log(len(BOLD)),
        np.logaddexp.reduce(above, axis=-1) - np.log(len(CAREFUL)),
    )
    return found


def _needed(alpha: float) -> float:
    if not 0 < alpha < 1:
        raise UsageError(f"alpha must lie between 0 and 1, not {alpha}", option="alpha")
    return float(-np.log(alpha))


def _require_range(violations: FloatArray, applicable: FloatArray) -> None:
    require_same_length(violations=violations, applicable=applicable)
    in_range = (violations >= 0) & (violations <= applicable) & (applicable <= 1)
    if not np.all(in_range):
        raise UsageError(
            "violations and applicable inputs must satisfy 0 <= V <= A <= 1", option="violations"
        )
