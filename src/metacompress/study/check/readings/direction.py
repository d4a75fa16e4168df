"""Where teacher and student part: which of them is right, which of them moved, in which classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import Field

from metacompress.relations.judgement import predictions
from metacompress.relations.source_outputs import disagree
from metacompress.runs.record import Figure, Record
from metacompress.stats.intervals.differences import mcnemar, mean_of
from metacompress.stats.intervals.rates import estimate_rate
from metacompress.stats.scores.agreement import cohens_kappa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.relations.outputs import Outputs

# Who no longer predicts the class that both predict of the source.
Left = dict[Literal["student", "teacher", "both"], float]


class ClassAgreement(Record):
    """The inputs of which the teacher predicts one class."""

    inputs: int = Field(description="inputs")
    value: Figure = Field(
        description="share of them of which the student predicts another class, each source "
        "weighted once; null without any"
    )
    low: float = Field(description="lower end of its interval")
    high: float = Field(description="upper end of its interval")


class Direction(Record):
    """Where teacher and student part: how much is loss, how much is gain, how much is churn.

    Shares are over labelled inputs, each source weighted once, and null where there are none. What
    needs no label, kappa and the classes, is over all inputs.
    """

    labelled: int = Field(description="inputs with a label")
    regressions: Figure = Field(description="share where the teacher is right and the student not")
    recoveries: Figure = Field(description="share where the student is right and the teacher not")
    gain: Figure = Field(description="recoveries minus regressions: the difference of accuracies")
    gain_low: Figure = Field(description="lower end of the interval of the gain")
    gain_high: Figure = Field(description="upper end of the interval of the gain")
    p_value: Figure = Field(
        description="exact McNemar test that both models are right equally often; null for "
        "follow-ups and for pairs that share programs, which are not independent"
    )
    agreement_where_right: Figure = Field(
        description="share of equal predictions where the teacher is right"
    )
    agreement_where_wrong: Figure = Field(
        description="share of equal predictions where the teacher is wrong"
    )
    kappa: Figure = Field(
        description="Cohen's kappa of their predictions, in [-1, 1]: agreement beyond chance, each "
        "input counted once, with a label or not; null where both always predict one class"
    )
    classes: dict[str, ClassAgreement] = Field(description="by the class that the teacher predicts")
    left: Left | None = Field(
        default=None,
        description="shares of the new disagreements by who no longer predicts the class that both "
        "predict of the source, each source weighted once; null on sources, and without any",
    )


def direction_of(outputs: Outputs, labels: Sequence[str], *, confidence: float) -> Direction:
    """Describe how teacher and student part on one part of the inputs.

    Args:
        outputs: of both.
        labels: names of the classes.
        confidence: of every interval, in (0, 1).
    """
    teacher, student = predictions(outputs.teacher), predictions(outputs.student)
    known = outputs.labels >= 0
    right, now_right = teacher == outputs.labels, student == outputs.labels
    weights = outputs.weights * known
    gain = now_right.astype(np.float64) - right
    by_source = _by_source(outputs, weights)
    found = mean_of(
        (_by_source(outputs, weights * gain), by_source), outputs.dependence, confidence=confidence
    ).within(1.0)
    is_known = bool(known.any())
    independent = outputs.sources is None and outputs.dependence.count == len(outputs)
    return Direction(
        labelled=int(known.sum()),
        regressions=_share(right & ~now_right, weights),
        recoveries=_share(~right & now_right, weights),
        gain=found.value,
        gain_low=found.low if is_known else None,
        gain_high=found.high if is_known else None,
        p_value=mcnemar(right[known], now_right[known]) if is_known and independent else None,
        agreement_where_right=_share(teacher == student, weights * right),
        agreement_where_wrong=_share(teacher == student, weights * ~right),
        kappa=cohens_kappa(teacher, student),
        classes={
            name: _of_class(outputs, teacher == index, student != index, confidence)
            for index, name in enumerate(labels)
        },
        left=who_left(outputs),
    )


def who_left(outputs: Outputs | None) -> Left | None:
    """Shares of the new disagreements by who changed its prediction, summing to 1.

    Where the teacher alone did, a student that keeps its prediction disagrees: such ones are no
    fault of the student's, and only one that follows the teacher's changes is without them.

    Args:
        outputs: on follow-ups; None, and outputs on sources, have no new disagreement.

    Returns:
        None without a new disagreement.
    """
    if outputs is None or outputs.sources is None:
        return None
    new = disagree(outputs) & ~disagree(outputs.sources)
    weights = outputs.weights * new
    if not new.any():
        return None
    shared = predictions(outputs.sources.teacher)
    teacher, student = (predictions(one) != shared for one in (outputs.teacher, outputs.student))
    total = weights.sum()
    return {
        "student": float(weights @ (student & ~teacher) / total),
        "teacher": float(weights @ (teacher & ~student) / total),
        "both": float(weights @ (teacher & student) / total),
    }


def _of_class(
    outputs: Outputs, chosen: NDArray[np.bool_], parted: NDArray[np.bool_], confidence: float
) -> ClassAgreement:
    found = estimate_rate(
        _by_source(outputs, outputs.weights * (chosen & parted)),
        _by_source(outputs, outputs.weights * chosen),
        outputs.dependence,
        rows=int(chosen.sum()),
        confidence=confidence,
    )
    return ClassAgreement(
        inputs=int(chosen.sum()), value=found.rate, low=found.low, high=found.high
    )


def _by_source(outputs: Outputs, values: NDArray[np.float64]) -> NDArray[np.float64]:
    count = len(outputs.dependence)
    return np.bincount(outputs.units, weights=values, minlength=count).astype(np.float64)


def _share(events: NDArray[np.bool_], weights: NDArray[np.float64]) -> float | None:
    total = float(weights.sum())
    return float(weights @ events) / total if total > 0 else None
