"""The usual scores of a classifier against labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.stats.arrays import labelled_rows

if TYPE_CHECKING:
    import numpy.typing as npt

    from metacompress.stats.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class ClassificationScores:
    """Scores over the n labelled rows; without any, all but n are nan.

    Attributes:
        n: number of rows with a label.
        accuracy: share of rows whose argmax is the label, in [0, 1].
        precision: in [0, 1]; 0.0 for a class that is never predicted.
        recall: in [0, 1]; 0.0 for a class that no row has.
        f1: harmonic mean of precision and recall, in [0, 1]; 0.0 where neither is defined.
        mcc: Matthews correlation coefficient, in [-1, 1]; 0.0 where the labels or the predictions
            are all of one class.
        mean_confidence: mean of the largest probability, in [1/k, 1].
    """

    n: int
    accuracy: float
    precision: float
    recall: float
    f1: float
    mcc: float
    mean_confidence: float


def classification_scores(
    p: FloatArray, labels: IntArray, positive: int | None
) -> ClassificationScores:
    """Score the argmax of ``p`` (of equal largest probabilities, the lowest class) by the labels.

    Of two classes, precision, recall and F1 are those of ``positive``. Of more, or where
    ``positive`` is None, they are unweighted means over the classes that occur among the labels
    or the predictions.

    Source of the multi-class MCC: Gorodkin 2004, doi:10.1016/j.compbiolchem.2004.09.006.

    Args:
        p: probabilities, shape (n, k).
        labels: class indices, shape (n,); rows with label -1 are left out.
        positive: index of the positive class; not used for k > 2.

    Raises:
        UsageError: the shapes do not fit, or a label or ``positive`` is no class index.
    """
    p, labels = labelled_rows(p, labels)
    n, k = p.shape
    if positive is not None and not 0 <= positive < k:
        raise UsageError(
            f"positive class {positive} is no class index; it must be 0 to {k - 1}",
            option="positive",
        )
    if not n:
        nan = float("nan")
        return ClassificationScores(0, nan, nan, nan, nan, nan, nan)

    confusion = np.bincount(labels * k + p.argmax(axis=1), minlength=k * k).reshape(k, k)
    hits = np.diagonal(confusion).astype(np.float64)
    actual = confusion.sum(axis=1).astype(np.float64)
    predicted = confusion.sum(axis=0).astype(np.float64)
    averaged: npt.NDArray[np.intp] = (
        np.array([positive])
        if k == 2 and positive is not None
        else np.flatnonzero(actual + predicted)
    )
    return ClassificationScores(
        n=n,
        accuracy=float(hits.sum() / n),
        precision=float(_ratio(hits, predicted)[averaged].mean()),
        recall=float(_ratio(hits, actual)[averaged].mean()),
        f1=float(_ratio(2 * hits, actual + predicted)[averaged].mean()),
        mcc=_matthews(hits, actual, predicted, n),
        mean_confidence=float(p.max(axis=1).mean()),
    )


def _ratio(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    return np.divide(numerator, denominator, out=np.zeros_like(numerator), where=denominator > 0)


def _matthews(hits: FloatArray, actual: FloatArray, predicted: FloatArray, n: int) -> float:
    covariance = n * hits.sum() - actual @ predicted
    # Two roots, since the product of the variances exceeds the exact integers far sooner.
    spread = np.sqrt(n * n - actual @ actual) * np.sqrt(n * n - predicted @ predicted)
    return float(covariance / spread) if spread > 0 else 0.0
