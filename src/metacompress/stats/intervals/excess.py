"""Evidence that one rate is greater than another, without a word on how great either is.

Unit t has V_t violations among A_t applicable inputs inside of a slice, and W_t among B_t
elsewhere. The hypothesis "the rate inside is at most the rate elsewhere" means that some rate rho
lies between: E V <= rho E A and E W >= rho E B. A gambler who bets against both halves of that has,
for the true rho, a wealth of at most 1 on average; and so has one who is left with the least wealth
over all rho, since that is no more.

Source: betting as in ``e_processes``; the least over a nuisance parameter as in Spertus, Sridhar
and Stark 2024, arXiv:2409.06680. The mixture of bets and the bound between two rates are ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.stats.arrays import require_same_length

if TYPE_CHECKING:
    from metacompress.stats.arrays import FloatArray

# Shares of the wealth that are staked on either half; together they stay below 1.
_INSIDE = np.array([0.0, 0.008, 0.025, 0.08, 0.3])
_ELSEWHERE = np.array([0.0, 0.06, 0.2, 0.6])
# Steps between the two rates that were found, where the least wealth lies.
_STEPS = 48


def evidence_of_excess(
    violated: FloatArray,
    applicable: FloatArray,
    violated_elsewhere: FloatArray,
    applicable_elsewhere: FloatArray,
) -> float:
    """Return the log e-value against "the rate inside is at most the rate elsewhere".

    The units are independent of each other and drawn alike; inside and elsewhere of one unit may
    depend on each other. While the hypothesis holds, the e-value is at most 1 on average, so that
    1/alpha is reached with a probability of at most alpha. It does not depend on the order.

    Args:
        violated: V, shape (n,), 0 <= V <= A.
        applicable: A, shape (n,); any scale.
        violated_elsewhere: W, shape (n,), 0 <= W <= B.
        applicable_elsewhere: B, shape (n,).

    Returns:
        At least -log 20, the share of the gamblers who stake nothing.

    Raises:
        UsageError: the shapes differ, or a number is out of its range.
    """
    require_same_length(
        violated=violated,
        applicable=applicable,
        violated_elsewhere=violated_elsewhere,
        applicable_elsewhere=applicable_elsewhere,
    )
    inside = _scaled(violated, applicable)
    elsewhere = _scaled(violated_elsewhere, applicable_elsewhere)
    (v, a, w, b), counts = _distinct(*inside, *elsewhere)
    rates = _rates(inside, elsewhere)
    # Between two rates, the bet inside earns least at the upper and the bet elsewhere at the lower.
    low, high = rates[:-1, None], rates[1:, None]
    gain_inside = v / high - a
    gain_elsewhere = (low * b - w) / (1 - low)
    wealth = (
        np.log1p(
            _INSIDE[:, None, None, None] * gain_inside
            + _ELSEWHERE[None, :, None, None] * gain_elsewhere
        )
        @ counts
    )
    gamblers = wealth.reshape(-1, len(rates) - 1)
    return float(np.min(np.logaddexp.reduce(gamblers, axis=0) - np.log(len(gamblers))))


def _scaled(violated: FloatArray, applicable: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Both on the scale of the greatest applicable weight, which is 1 then."""
    if np.any(violated < 0) or np.any(violated > applicable + 1e-9):
        raise UsageError(
            "violations and applicable inputs must satisfy 0 <= V <= A", option="violations"
        )
    greatest = max(float(applicable.max(initial=0)), np.finfo(float).tiny)
    scaled = applicable / greatest
    return np.minimum(violated / greatest, scaled), scaled


def _distinct(*columns: FloatArray) -> tuple[list[FloatArray], FloatArray]:
    """The distinct rows of columns, each of shape (n,), as columns, and how often each occurs."""
    row = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        found, code = np.unique(np.round(column, 9), return_inverse=True)
        _, row = np.unique(row * len(found) + code, return_inverse=True)
    _, first, counts = np.unique(row, return_index=True, return_counts=True)
    return [column[first] for column in columns], counts.astype(np.float64)


def _rates(
    inside: tuple[FloatArray, FloatArray], elsewhere: tuple[FloatArray, FloatArray]
) -> FloatArray:
    """Rates from 0 to 1: any give a valid bound, close ones a tight bound."""
    found = [float(v.sum() / a.sum()) if a.any() else 0.5 for v, a in (inside, elsewhere)]
    between = np.linspace(min(found), max(found), _STEPS + 1)
    return np.unique(np.concatenate([[0.0, 1.0], between]))
