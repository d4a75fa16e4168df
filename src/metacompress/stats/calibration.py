"""Calibration: does a model's confidence equal how often it is right?

Confidences have shape (n,) and lie in [0, 1]; ``correct`` is bool of shape (n,).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.stats.arrays import require_same_length

if TYPE_CHECKING:
    from metacompress.stats.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class ReliabilityBins:
    """What a reliability diagram shows, for b bins of equal width.

    Attributes:
        edges: shape (b + 1,), from 0 to 1; bin j is (edges[j], edges[j + 1]].
        count: rows per bin, shape (b,).
        confidence: mean confidence per bin, shape (b,); nan where a bin is empty.
        accuracy: share of correct rows per bin, shape (b,); nan where a bin is empty.
    """

    edges: FloatArray
    count: IntArray
    confidence: FloatArray
    accuracy: FloatArray


def confidences(p: FloatArray) -> FloatArray:
    """Return the largest probability of each row of ``p``, shape (n, k), as shape (n,)."""
    largest: FloatArray = p.max(axis=1)
    return largest


def reliability_bins(confidence: FloatArray, correct: BoolArray, bins: int = 15) -> ReliabilityBins:
    """Group rows by confidence into ``bins`` bins of equal width on [0, 1].

    Bins are closed on the right; the first one also holds confidence 0.

    Source: Guo et al. 2017 (ICML), arXiv:1706.04599, section 2.

    Raises:
        UsageError: the shapes differ, or ``bins`` is below 1.
    """
    edges, members = _bin_of_each(confidence, correct, bins)
    count = np.bincount(members, minlength=bins)
    filled = np.where(count > 0, count, np.nan)
    return ReliabilityBins(
        edges=edges,
        count=count,
        confidence=np.bincount(members, weights=confidence, minlength=bins) / filled,
        accuracy=np.bincount(members, weights=correct, minlength=bins) / filled,
    )


def expected_calibration_error(confidence: FloatArray, correct: BoolArray, bins: int = 15) -> float:
    """Mean gap between accuracy and confidence over bins, weighted by rows; in [0, 1].

    It is nan for no rows. Source: Guo et al. 2017, arXiv:1706.04599, equation 3.

    Raises:
        UsageError: the shapes differ, or ``bins`` is below 1.
    """
    everything_once = np.ones((1, len(confidence)))
    return float(weighted_calibration_errors(confidence, correct, everything_once, bins)[0])


def weighted_calibration_errors(
    confidence: FloatArray, correct: BoolArray, weights: FloatArray, bins: int = 15
) -> FloatArray:
    """Expected calibration error under each of r weightings of the rows.

    A bin's share of the rows times its gap is the sum of its rows' differences over the number of
    rows, so that all weightings take one product of ``weights`` with an (n, bins) matrix.

    Args:
        confidence: shape (n,), in [0, 1].
        correct: shape (n,).
        weights: shape (r, n), at least 0, such as `intervals.cluster_weights` yields.
        bins: number of bins of equal width.

    Returns:
        Shape (r,), in [0, 1]; nan where all weights are 0.

    Raises:
        UsageError: the shapes do not fit, or ``bins`` is below 1.
    """
    _, members = _bin_of_each(confidence, correct, bins)
    if weights.ndim != 2 or weights.shape[1] != len(confidence):
        raise UsageError(
            f"weights must have shape (r, {len(confidence)}), one per row, not {weights.shape}",
            option="weights",
        )
    differences = np.zeros((len(confidence), bins))
    differences[np.arange(len(confidence)), members] = confidence - correct
    gaps = np.abs(weights @ differences).sum(axis=1)
    totals = weights.sum(axis=1)
    errors: FloatArray = gaps / np.where(totals > 0, totals, np.nan)
    return errors


def _bin_of_each(
    confidence: FloatArray, correct: BoolArray, bins: int
) -> tuple[FloatArray, IntArray]:
    require_same_length(confidence=confidence, correct=correct)
    if bins < 1:
        raise UsageError(f"bins must be at least 1, not {bins}", option="bins")
    edges = np.linspace(0.0, 1.0, bins + 1)
    # Searching the edges, not multiplying, keeps a confidence on an edge in the bin it closes.
    return edges, np.clip(np.searchsorted(edges, confidence, side="left") - 1, 0, bins - 1)
