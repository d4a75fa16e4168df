"""MR4 of MetaCompress (arXiv 2511.05476): both models are as well calibrated as each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from metacompress.relations.base import (
    Curve,
    GroupStatistic,
    Judgement,
    Outputs,
    Relation,
    predictions,
    threshold_curve,
)
from metacompress.stats.calibration import (
    confidences,
    expected_calibration_error,
    weighted_calibration_errors,
)
from metacompress.stats.intervals import cluster_weights, percentile_interval

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

_THRESHOLDS = np.linspace(0, 1, 101)


class CalibrationAlignment(Relation):
    """Expected calibration errors of teacher and student differ by at most eps (MR4).

    The relation is about a group of labelled inputs and its verdict comes from the gap
    abs(ECE_T - ECE_S) with a bootstrap interval. Per input it is violated where the two
    confidence errors abs(correct - confidence) differ by more than eps; that difference is the
    magnitude. Inputs without a label are not applicable. Number of bins and eps are ours.
    """

    name: ClassVar[str] = "calibration-alignment"

    eps: float = Field(default=0.05, ge=0, le=1)
    bins: int = Field(default=15, ge=1, le=1000)

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        labelled = outputs.labels >= 0
        errors = [
            np.abs(correct - confidence)
            for confidence, correct in (
                _confidence(outputs.teacher, outputs.labels),
                _confidence(outputs.student, outputs.labels),
            )
        ]
        difference = np.where(labelled, np.abs(errors[0] - errors[1]), np.nan)
        return Judgement(labelled, labelled & (difference > self.eps), difference)

    def curve(self, outputs: Outputs) -> Curve:
        """See Relation."""
        return threshold_curve("eps", self.judge(outputs).magnitude, _THRESHOLDS)

    def group_statistic(
        self, outputs: Outputs, *, confidence: float, resamples: int, rng: Generator
    ) -> GroupStatistic:
        """The gap abs(ECE_T - ECE_S), in [0, 1], with its percentile bootstrap interval."""
        labelled = outputs.labels >= 0
        labels = outputs.labels[labelled]
        pair = [_confidence(p[labelled], labels) for p in (outputs.teacher, outputs.student)]
        if not len(labels):
            return GroupStatistic("ece-gap", float("nan"), 0.0, 1.0, self.eps)
        ece = [expected_calibration_error(c, correct, self.bins) for c, correct in pair]
        gaps = []
        for weights in cluster_weights(outputs.clusters[labelled], resamples, rng):
            teacher, student = (
                weighted_calibration_errors(c, correct, weights, self.bins) for c, correct in pair
            )
            gaps.append(np.abs(teacher - student))
        low, high = percentile_interval(np.concatenate(gaps), confidence)
        value = abs(ece[0] - ece[1])
        # Resampling biases an absolute difference upwards; the estimate itself always belongs in.
        return GroupStatistic("ece-gap", value, min(low, value), max(high, value), self.eps)


def _confidence(
    p: NDArray[np.float64], labels: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    return confidences(p), predictions(p) == labels
