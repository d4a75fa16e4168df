"""MR4 of MetaCompress (arXiv 2511.05476): both models are as well calibrated as each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from metacompress.relations.base import Relation
from metacompress.relations.estimand import mean_score
from metacompress.relations.judgement import Curve, Judgement, predictions, threshold_curve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.relations.estimand import SourceScores
    from metacompress.relations.outputs import Outputs

_THRESHOLDS = np.linspace(0, 1, 101)


class CalibrationAlignment(Relation):
    """Student and teacher are over-confident by the same amount, up to eps (MR4).

    Over-confidence is the mean of confidence minus right (1 or 0). The verdict is about the signed
    gap, the student's over-confidence minus the teacher's, by two one-sided tests at -eps and eps;
    0.03 says that the student is over-confident by three points more. Unlike a difference of two
    binned calibration errors the gap is unbiased. Per input the relation is violated where the
    two terms differ by more than eps; that difference is the magnitude. Inputs without a label are
    not applicable. The constant eps is ours, and a gap in place of the paper's errors, too.
    """

    name: ClassVar[str] = "calibration-alignment"
    paper: ClassVar[str | None] = "MR4"

    eps: float = Field(default=0.05, ge=0, le=1, description="largest gap of over-confidence")

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        labelled = outputs.labels >= 0
        difference = np.where(labelled, np.abs(_gap(outputs)), np.nan)
        return Judgement(labelled, labelled & (difference > self.eps), difference)

    def scores(self, outputs: Outputs) -> SourceScores:
        """The signed gap, in [-2, 2]."""
        return mean_score(
            _gap(outputs),
            outputs.labels >= 0,
            outputs,
            bounds=(-2, 2),
            limits=(-self.eps, self.eps),
            unit="over-confidence of the student beyond the teacher's",
        )

    def curve(self, outputs: Outputs) -> Curve:
        """See Relation."""
        return threshold_curve("eps", self.judge(outputs).magnitude, _THRESHOLDS)


def _gap(outputs: Outputs) -> NDArray[np.float64]:
    gap: NDArray[np.float64] = _overconfidence(outputs.student, outputs.labels) - _overconfidence(
        outputs.teacher, outputs.labels
    )
    return gap


def _overconfidence(p: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    over: NDArray[np.float64] = p.max(axis=1) - (predictions(p) == labels)
    return over
