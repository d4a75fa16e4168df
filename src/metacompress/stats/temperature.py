"""Temperature scaling: one scalar that separates miscalibration from disagreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize_scalar

from metacompress.errors import UsageError
from metacompress.stats.arrays import labelled_rows
from metacompress.stats.divergences import jensen_shannon

if TYPE_CHECKING:
    from metacompress.stats.arrays import FloatArray, IntArray

LOWEST, HIGHEST = 0.01, 100.0
_GRID = 93


def fit_temperature(p: FloatArray, labels: IntArray) -> float:
    """Fit the temperature under which the labels are likeliest.

    The negative log-likelihood is convex in 1/t, so that the bounded search on the scale of log t
    finds the one minimum between 0.01 and 100. A model that is right on every row has none and
    gets a temperature near 0.01; where no temperature beats it, 1.0 is returned. A probability of
    0 for a row's label counts as the smallest normal float, so that the loss stays finite.

    Source: Guo et al. 2017, arXiv:1706.04599, section 4.2.

    Args:
        p: probabilities, shape (n, k).
        labels: class indices, shape (n,); rows with label -1 are left out.

    Raises:
        UsageError: the shapes do not fit, a label is no class index, or no row has a label.
    """
    p, labels = labelled_rows(p, labels)
    if not len(labels):
        raise UsageError("fitting a temperature needs at least one row with a label, got none")
    logits = np.log(np.maximum(p / p.max(axis=1, keepdims=True), np.finfo(np.float64).tiny))
    label_logits = logits[np.arange(len(labels)), labels]

    def loss(log_t: float) -> float:
        scale = np.exp(-log_t)
        normalisers = np.log(np.exp(logits * scale).sum(axis=1))
        return float(np.mean(normalisers - label_logits * scale))

    best = minimize_scalar(
        loss,
        bounds=(np.log(LOWEST), np.log(HIGHEST)),
        method="bounded",
        options={"xatol": 1e-8},
    )
    return float(np.exp(best.x)) if best.fun < loss(0.0) else 1.0


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
    if p.shape != targets.shape or not len(p):
        raise UsageError(f"a temperature needs rows of one shape, not {p.shape}, {targets.shape}")

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
