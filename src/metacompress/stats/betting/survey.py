"""Which inputs a costly model is asked next, where a cheap one has answered all of them.

Inputs are sorted by a score and cut into strata. Within a stratum all inputs that were not drawn
have the same chance; among strata the chances follow what was found so far. The rule is ours
(benchmarks/statistics/student_first.py): it mixes drawing in proportion to what is left with
drawing in proportion to the expected spread, in the mixture whose expected growth of evidence is
largest where it is smallest, among the rows that are still to be decided.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.stats.betting.stakes import BOLD, CAREFUL
from metacompress.stats.betting.stratified import Estimates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator

    from metacompress.stats.arrays import FloatArray, IntArray

# Ours, by simulation. Draws that outweigh the expectation for a stratum, and the draws that
# outweigh the tolerances as an expectation of the overall rates.
_STRENGTH, _OVERALL_STRENGTH = 4.0, 20.0
# Violations are expected to fall with the score as exp(-8 u), for the share u of smaller scores.
_DECAY = 8.0
_UNIFORM_SHARES = np.array([0.1, 0.25, 0.5, 0.75, 1.0])


@dataclass(frozen=True, slots=True)
class _Draw:
    """One draw, as it was before its answer was known, in units of the weighted total.

    Attributes:
        index: of the input.
        rest: expected violations among all inputs not drawn before, (rows,).
        expected: of this input, (rows,).
        factor: 1 over its chance.
        most: largest surprise over chance that could have come, (rows,).
        least: smallest one, (rows,).
    """

    index: int
    rest: FloatArray
    expected: FloatArray
    factor: float
    most: FloatArray
    least: FloatArray


@dataclass(slots=True)
class Survey:
    """Draws without replacement from N inputs, for several rates of them at once.

    Attributes:
        scores: float64 (N,); violations are expected where they are small.
        weights: of each input in the rates, float64 (N,), above 0.
        tolerances: of the rates, in [0, 1].
        rng: random generator.
        count: number of strata.
    """

    scores: FloatArray
    weights: FloatArray
    tolerances: Sequence[float]
    rng: Generator
    count: int = 8
    _strata: IntArray = field(init=False)
    _waiting: list[list[int]] = field(init=False)
    _left: FloatArray = field(init=False)
    _heaviest: FloatArray = field(init=False)
    _drawn: FloatArray = field(init=False)
    _sums: FloatArray = field(init=False)
    _draws: list[_Draw] = field(init=False, default_factory=list)
    _values: list[FloatArray] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        n = len(self.scores)
        if not n or self.weights.shape != (n,) or self.scores.shape != (n,):
            raise UsageError(
                f"a survey needs inputs with one score and one weight each, not the shapes "
                f"{self.scores.shape} and {self.weights.shape}",
                option="weights",
            )
        if not np.all(self.weights > 0) or np.any(np.isnan(self.scores)) or self.count < 1:
            raise UsageError(
                "a survey needs weights above 0, scores that are numbers, and strata",
                option="weights",
            )
        order = np.argsort(self.scores, kind="stable")
        parts = np.array_split(order, min(self.count, n))
        self._strata = np.empty(n, dtype=np.int64)
        for stratum, part in enumerate(parts):
            self._strata[part] = stratum
        self._waiting = [part.tolist() for part in parts]
        self._left = np.array([self.weights[part].sum() for part in parts])
        self._heaviest = np.array([self.weights[part].max() for part in parts])
        self._drawn = np.zeros(len(parts))
        self._sums = np.zeros((len(self.tolerances), len(parts)))

    def __len__(self) -> int:
        """Number of inputs that were drawn."""
        return len(self._draws)

    @property
    def is_complete(self) -> bool:
        """Whether all inputs were drawn."""
        return len(self._draws) == len(self.scores)

    def draw(self, count: int, open_rows: Sequence[int]) -> list[int]:
        """Draw up to ``count`` inputs; their values must be told before the next call.

        Args:
            count: at least 1.
            open_rows: the rates that are still to be decided.

        Raises:
            UsageError: values of earlier draws are missing.
        """
        if len(self._values) != len(self._draws):
            raise UsageError("the values of the last draws must be told before the next draws")
        expected = self._expected()
        spread = np.sqrt((expected * (1 - expected))[list(open_rows)].max(axis=0))
        uniform = self._uniform_share(expected, spread, open_rows)
        before = len(self._draws)
        for _ in range(min(count, len(self.scores) - before)):
            self._draw_one(expected, self._chances(spread, uniform))
        return [draw.index for draw in self._draws[before:]]

    def tell(self, values: FloatArray) -> None:
        """Tell the values in [0, 1] of the inputs drawn last, float64 (rows, drawn).

        Raises:
            UsageError: the shape does not fit, or a value is out of its range.
        """
        told = self._draws[len(self._values) :]
        if values.shape != (len(self.tolerances), len(told)):
            raise UsageError(
                f"values must have the shape {(len(self.tolerances), len(told))}, "
                f"not {values.shape}",
                option="values",
            )
        if not np.all((values >= 0) & (values <= 1)):
            raise UsageError("values must be from 0 to 1", option="values")
        for draw, value in zip(told, values.T, strict=True):
            stratum = self._strata[draw.index]
            weight = self.weights[draw.index]
            self._values.append(value * weight)
            self._drawn[stratum] += weight
            self._sums[:, stratum] += value * weight

    def estimates(self, row: int) -> Estimates:
        """Estimates of one rate, one per draw whose value was told."""
        told = self._draws[: len(self._values)]
        whole = self.weights.sum()
        values = np.array([value[row] for value in self._values])
        weights = np.array([self.weights[draw.index] for draw in told])
        seen = np.cumsum(values)
        base = seen - values + np.array([draw.rest[row] for draw in told])
        surprise = values - np.array([draw.expected[row] for draw in told])
        return Estimates(
            values=(base + surprise * np.array([draw.factor for draw in told])) / whole,
            lowest=(base + np.array([draw.least[row] for draw in told])) / whole,
            highest=(base + np.array([draw.most[row] for draw in told])) / whole,
            least=np.clip(seen / whole, 0, 1),
            most=np.clip((seen + whole - np.cumsum(weights)) / whole, 0, 1),
        )

    def _expected(self) -> FloatArray:
        """Expected rate (rows, K) of each stratum."""
        whole = self._left + self._drawn
        share = whole / whole.sum()
        middle = np.cumsum(share) - share / 2
        shape = np.exp(-_DECAY * middle)
        shape /= share @ shape
        found = np.divide(
            self._sums, self._drawn, out=np.zeros_like(self._sums), where=self._drawn > 0
        )
        draws = len(self._draws)
        overall = (_OVERALL_STRENGTH * np.asarray(self.tolerances) + draws * (found @ share)) / (
            _OVERALL_STRENGTH + draws
        )
        before = np.clip(overall[:, np.newaxis] * shape, 1e-4, 0.9)
        expected: FloatArray = (_STRENGTH * before + self._sums) / (_STRENGTH + self._drawn)
        return expected

    def _chances(self, spread: FloatArray, uniform: FloatArray | float) -> FloatArray:
        """Chances (..., K) of the strata; ``uniform`` is a share (...)."""
        spread = self._left * spread
        chances: FloatArray = (
            1 - uniform
        ) * spread / spread.sum() + uniform * self._left / self._left.sum()
        return chances

    def _draw_one(self, expected: FloatArray, chances: FloatArray) -> None:
        open_strata = np.array([bool(waiting) for waiting in self._waiting])
        chances = np.where(open_strata, chances, 0.0)
        chances /= chances.sum()
        stratum = int(self.rng.choice(len(chances), p=chances))
        factors = np.zeros_like(chances)
        counts = np.array([len(waiting) for waiting in self._waiting])
        factors[open_strata] = counts[open_strata] / chances[open_strata]
        largest = self._heaviest * factors
        waiting = self._waiting[stratum]
        index = waiting.pop(int(self.rng.integers(len(waiting))))
        self._draws.append(
            _Draw(
                index,
                rest=expected @ self._left,
                expected=expected[:, stratum] * self.weights[index],
                factor=float(factors[stratum]),
                most=((1 - expected) * largest)[:, open_strata].max(axis=1),
                least=-(expected * largest)[:, open_strata].max(axis=1),
            )
        )
        self._left[stratum] = max(self._left[stratum] - self.weights[index], 0.0)
        if not waiting:
            self._left[stratum] = 0.0

    def _uniform_share(
        self, expected: FloatArray, spread: FloatArray, open_rows: Sequence[int]
    ) -> float:
        """The share of drawing evenly under which the slowest row's evidence is to grow most."""
        chances = self._chances(spread, _UNIFORM_SHARES[:, np.newaxis])
        left = self._left > 0
        factors = np.zeros_like(chances)
        factors[:, left] = self._left[left] / chances[:, left]
        growth = []
        for row in open_rows:
            rate = expected[row]
            base = self._sums[row].sum() + self._left @ rate
            base -= self.tolerances[row] * self.weights.sum()
            one, none = base + (1 - rate) * factors, base - rate * factors

            def grown(
                stakes: FloatArray,
                ends: FloatArray,
                rate: FloatArray = rate,
                one: FloatArray = one,
                none: FloatArray = none,
            ) -> FloatArray:
                shares = stakes[:, np.newaxis, np.newaxis] / ends[:, np.newaxis]
                mean = rate * np.log1p(-shares * one) + (1 - rate) * np.log1p(-shares * none)
                best: FloatArray = (chances * mean).sum(axis=-1).max(axis=0)
                return best

            highest = np.maximum(one[:, left].max(axis=1), 1e-9)
            lowest = np.minimum(none[:, left].min(axis=1), -1e-9)
            growth.append(np.maximum(grown(BOLD, highest), grown(CAREFUL, lowest)))
        return float(_UNIFORM_SHARES[np.argmax(np.min(growth, axis=0))])
