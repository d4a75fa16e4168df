"""Scores of one model on inputs, some of which have labels."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from pydantic import Field

from metacompress.runs.record import Figure, Record
from metacompress.stats.calibration import expected_calibration_error
from metacompress.stats.classification import classification_scores

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
    return Scores(
        **asdict(classification_scores(p, labels, positive)),
        ece=expected_calibration_error(p[known].max(axis=1), correct, _CALIBRATION_BINS),
        inputs=len(p),
        truncated=int(truncated.sum()),
    )
