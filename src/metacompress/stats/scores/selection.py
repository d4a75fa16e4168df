"""Confidence as a choice of what to trust: are the answers that a model is sure of the right ones?

Confidences have shape (n,); ``correct`` is bool of shape (n,). Only the order of the confidences
matters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.stats.arrays import require_same_length

if TYPE_CHECKING:
    from metacompress.stats.arrays import BoolArray, FloatArray


def auroc(confidence: FloatArray, correct: BoolArray) -> float:
    """Probability that a right row is more confident than a wrong one, ties counting half.

    This is the area under the receiver operating characteristic of confidence for being right, in
    [0, 1]; 0.5 where confidence says nothing. It is nan where all rows, or none, are right.

    Source: Hanley and McNeil 1982, doi:10.1148/radiology.143.1.7063747.

    Raises:
        UsageError: the shapes differ.
    """
    require_same_length(confidence=confidence, correct=correct)
    right = int(np.count_nonzero(correct))
    wrong = len(correct) - right
    if not right or not wrong:
        return float("nan")
    # Ties share the mean of their ranks.
    _, group, size = np.unique(confidence, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(size) - (size - 1) / 2)[group]
    return float((ranks[correct].sum() - right * (right + 1) / 2) / (right * wrong))


def risk_coverage(confidence: FloatArray, correct: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Return the coverages 1/n, 2/n, ... 1, and the share of wrong rows among the surest so many.

    Rows of equal confidence come in random order: the risks are their expectations.

    Source: Geifman and El-Yaniv 2017 (NeurIPS), arXiv:1705.08500.

    Returns:
        Coverage and risk, both of shape (n,), in [0, 1].

    Raises:
        UsageError: the shapes differ.
    """
    require_same_length(confidence=confidence, correct=correct)
    _, group = np.unique(-confidence, return_inverse=True)
    size = np.bincount(group)
    wrong = np.bincount(group, weights=~correct) / np.maximum(size, 1)
    number = np.arange(1, len(confidence) + 1)
    risk: FloatArray = np.cumsum(np.repeat(wrong, size)) / number
    return number / max(len(confidence), 1), risk


def area_under_risk_coverage(confidence: FloatArray, correct: BoolArray) -> float:
    """Mean of the risks of ``risk_coverage``, in [0, 1], lower is better; nan for no rows.

    Raises:
        UsageError: the shapes differ.
    """
    _, risk = risk_coverage(confidence, correct)
    return float(risk.mean()) if len(risk) else float("nan")
