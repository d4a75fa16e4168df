"""Calibration: does a model's confidence equal how often it is right?

Confidences have shape (n,) and lie in [0, 1]; ``correct`` is bool of shape (n,).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.stats.arrays import labelled_rows, require_same_length

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


def maximum_calibration_error(confidence: FloatArray, correct: BoolArray, bins: int = 15) -> float:
    """Largest gap between accuracy and confidence of any bin with rows; in [0, 1].

    It is nan for no rows. Source: Guo et al. 2017, arXiv:1706.04599, equation 5.

    Raises:
        UsageError: the shapes differ, or ``bins`` is below 1.
    """
    diagram = reliability_bins(confidence, correct, bins)
    gaps = np.abs(diagram.accuracy - diagram.confidence)[diagram.count > 0]
    return float(gaps.max()) if len(gaps) else float("nan")


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
            f"weights must have shape (r, {len(confidence)}), one per row, not {weights.shape}"
        )
    differences = np.zeros((len(confidence), bins))
    differences[np.arange(len(confidence)), members] = confidence - correct
    gaps = np.abs(weights @ differences).sum(axis=1)
    totals = weights.sum(axis=1)
    errors: FloatArray = gaps / np.where(totals > 0, totals, np.nan)
    return errors


def brier_score(p: FloatArray, labels: IntArray) -> float:
    """Mean over rows of the squared distance between ``p`` and the label's unit vector; in [0, 2].

    This is the score as first defined, a sum over all classes; of two classes it is twice the
    squared error of one. Rows with label -1 are left out; nan if no row has a label.

    Source: Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.

    Args:
        p: probabilities, shape (n, k).
        labels: class indices, shape (n,).

    Raises:
        UsageError: the shapes do not fit, or a label is no class index.
    """
    p, labels = labelled_rows(p, labels)
    if not len(labels):
        return float("nan")
    truth = np.eye(p.shape[1])[labels]
    return float(np.square(p - truth).sum(axis=1).mean())


def _bin_of_each(
    confidence: FloatArray, correct: BoolArray, bins: int
) -> tuple[FloatArray, IntArray]:
    require_same_length(confidence=confidence, correct=correct)
    if bins < 1:
        raise UsageError(f"bins must be at least 1, not {bins}")
    edges = np.linspace(0.0, 1.0, bins + 1)
    # Searching the edges, not multiplying, keeps a confidence on an edge in the bin it closes.
    return edges, np.clip(np.searchsorted(edges, confidence, side="left") - 1, 0, bins - 1)
