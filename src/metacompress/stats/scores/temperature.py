"""Temperature scaling: one scalar that separates miscalibration from disagreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.stats.scores.divergences import jensen_shannon

if TYPE_CHECKING:
    from metacompress.stats.arrays import FloatArray

LOWEST, HIGHEST = 0.01, 100.0
_GRID = 93


def closest_temperature(p: FloatArray, targets: FloatArray) -> float:
    """Find the temperature under which ``p`` comes closest to other probabilities.

    Closest is the least mean Jensen-Shannon divergence. It is bounded, so that rows of different
    classes do not outweigh all others, as they would in a likelihood. A grid of temperatures from
    0.01 to 100 finds the valley, a bounded search its floor; 1.0 where nothing beats it.

    Args:
        p: probabilities, shape (n, k), at least one row.
        targets: probabilities, shape (n, k).

    Raises:
        UsageError: the shapes differ, or there is no row.
    """
    # Takes a third of a second to import: a finished check needs none of it.
    from scipy.optimize import minimize_scalar

    if p.shape != targets.shape or not len(p):
        raise UsageError(
            f"a temperature needs rows of one shape, not {p.shape}, {targets.shape}",
            option="targets",
        )

    def loss(log_t: float) -> float:
        return float(jensen_shannon(targets, apply_temperature(p, float(np.exp(log_t)))).mean())

    grid = np.linspace(np.log(LOWEST), np.log(HIGHEST), _GRID)
    best = int(np.argmin([loss(point) for point in grid]))
    around = grid[max(best - 1, 0)], grid[min(best + 1, _GRID - 1)]
    found = minimize_scalar(loss, bounds=around, method="bounded", options={"xatol": 1e-6})
    return float(np.exp(found.x)) if found.fun < loss(0.0) else 1.0


def apply_temperature(p: FloatArray, t: float) -> FloatArray:
    """Return softmax(log(p) / t), shape (n, k); the argmax of no row changes.

    Where rounding would let a high temperature tie the winner with a class of lower index, the
    winner keeps the smallest lead that a float can hold.

    Args:
        p: probabilities, shape (n, k).
        t: the temperature; above 1 softens, below 1 sharpens.

    Raises:
        UsageError: ``t`` is not a positive finite number.
    """
    if not (np.isfinite(t) and t > 0):
        raise UsageError(
            f"a temperature must be positive and finite, not {t}", option="temperature"
        )
    powers = (p / p.max(axis=1, keepdims=True)) ** (1 / t)
    scaled: FloatArray = powers / powers.sum(axis=1, keepdims=True)
    winners = p.argmax(axis=1)
    lost = np.flatnonzero(scaled.argmax(axis=1) != winners)
    scaled[lost, winners[lost]] = np.nextafter(scaled[lost].max(axis=1), 1.0)
    return scaled
