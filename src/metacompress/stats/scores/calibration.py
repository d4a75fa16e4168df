"""Calibration: does a model's confidence equal how often it is right?

Confidences have shape (n,) and lie in [0, 1]; ``correct`` is bool of shape (n,).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

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
    share, gap, _ = _gaps(confidence, correct, bins)
    return float(share @ gap) if len(share) else float("nan")


def debiased_calibration_error(confidence: FloatArray, correct: BoolArray, bins: int = 15) -> float:
    """Expected calibration error less its bias, which chance alone adds; in [0, 1].

    Within a bin of n rows the accuracy a varies by chance with the variance a (1 - a) / n, so that
    the absolute gap is too large on average even for a calibrated model. Each gap loses what a
    normal error of that variance would add to it; a sum below 0 is 0. Bins of one row, or whose
    rows are all right or all wrong, show no variance and stay as they are. It is nan for no rows.

    Source: Kumar, Liang and Ma 2019, arXiv:1909.10155: their correction by resampling the accuracy
    of each bin, here as an expectation in closed form.

    Raises:
        UsageError: the shapes differ, or ``bins`` is below 1.
    """
    share, gap, error = _gaps(confidence, correct, bins)
    if not len(share):
        return float("nan")
    scaled = gap / np.where(error > 0, error, 1.0)
    folded = error * np.sqrt(2 / np.pi) * np.exp(-(scaled**2) / 2) + gap * (2 * ndtr(scaled) - 1)
    added = np.where(error > 0, folded - gap, 0.0)
    return max(float(share @ (gap - added)), 0.0)


def _gaps(
    confidence: FloatArray, correct: BoolArray, bins: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return share of rows, absolute gap and standard error of the accuracy of each filled bin."""
    found = reliability_bins(confidence, correct, bins)
    filled = found.count > 0
    count, accuracy = found.count[filled], found.accuracy[filled]
    gap = np.abs(accuracy - found.confidence[filled])
    return count / max(len(confidence), 1), gap, np.sqrt(accuracy * (1 - accuracy) / count)


def _bin_of_each(
    confidence: FloatArray, correct: BoolArray, bins: int
) -> tuple[FloatArray, IntArray]:
    require_same_length(confidence=confidence, correct=correct)
    if bins < 1:
        raise UsageError(f"bins must be at least 1, not {bins}", option="bins")
    edges = np.linspace(0.0, 1.0, bins + 1)
    # Searching the edges, not multiplying, keeps a confidence on an edge in the bin it closes.
    return edges, np.clip(np.searchsorted(edges, confidence, side="left") - 1, 0, bins - 1)
