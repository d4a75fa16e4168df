"""Scores of one model on inputs, some of which have labels."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from pydantic import Field

from metacompress.runs.record import Figure, Record
from metacompress.stats.scores.calibration import (
    debiased_calibration_error,
    expected_calibration_error,
)
from metacompress.stats.scores.classification import classification_scores
from metacompress.stats.scores.selection import area_under_risk_coverage, auroc

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CALIBRATION_BINS = 15


class Scores(Record):
    """Scores of a model. Those against labels are null where no input has one."""

    n: int = Field(description="inputs with a label: all but the counts below speak of them")
    accuracy: Figure = Field(description="share of them whose class is predicted, in [0, 1]")
    precision: Figure = Field(
        description="of the positive class; the mean over the classes where a task has more than "
        "two; in [0, 1]"
    )
    recall: Figure = Field(description="likewise, in [0, 1]")
    f1: Figure = Field(description="harmonic mean of precision and recall, in [0, 1]")
    mcc: Figure = Field(description="Matthews correlation coefficient, in [-1, 1]")
    mean_confidence: Figure = Field(description="mean of the largest probability")
    ece: Figure = Field(
        description=f"expected calibration error, {_CALIBRATION_BINS} bins of equal width, "
        f"in [0, 1]"
    )
    debiased_ece: Figure = Field(
        description="expected calibration error less what chance adds to it, in [0, 1]"
    )
    auroc: Figure = Field(
        description="probability that a right prediction is more confident than a wrong one, in "
        "[0, 1]; null where all predictions are right, or all wrong"
    )
    area_under_risk_coverage: Figure = Field(
        description="mean share of wrong predictions among the most confident 1, 2, ... all, in "
        "[0, 1]; lower is better"
    )
    inputs: int = Field(description="inputs, with and without a label")
    truncated: int = Field(description="inputs that are longer than the model's window")


def scores_of(
    p: NDArray[np.float64],
    labels: NDArray[np.int64],
    truncated: NDArray[np.bool_],
    positive: int | None,
) -> Scores:
    """Score the probabilities ``p``, (n, k).

    Args:
        p: of every input.
        labels: (n,), -1 where unknown.
        truncated: (n,); inputs of which the model did not read the end.
        positive: the class that precision, recall and F1 are about; None for the mean.
    """
    known = labels >= 0
    correct = p[known].argmax(axis=1) == labels[known]
    confidence = p[known].max(axis=1)
    return Scores(
        **asdict(classification_scores(p, labels, positive)),
        ece=expected_calibration_error(confidence, correct, _CALIBRATION_BINS),
        debiased_ece=debiased_calibration_error(confidence, correct, _CALIBRATION_BINS),
        auroc=auroc(confidence, correct),
        area_under_risk_coverage=area_under_risk_coverage(confidence, correct),
        inputs=len(p),
        truncated=int(truncated.sum()),
    )
