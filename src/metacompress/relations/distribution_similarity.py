"""MR2 of MetaCompress (arXiv 2511.05476): the two probability distributions are close."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from metacompress.relations.base import Curve, Judgement, Outputs, Relation, threshold_curve
from metacompress.stats.divergences import DIVERGENCES

# Divergences worth looking at span orders of magnitude; the grid holds the default.
_THRESHOLDS = np.logspace(-4, 0, 81)


class DistributionSimilarity(Relation):
    """Divergence of the student's probabilities from the teacher's is at most eps (MR2).

    Magnitude: the divergence; Jensen-Shannon in bits, in [0, 1]. An eps of 0.01 is about ten
    points of probability; that constant is ours.
    """

    name: ClassVar[str] = "distribution-similarity"

    divergence: Literal["jensen-shannon", "kullback-leibler", "total-variation", "hellinger"] = (
        "jensen-shannon"
    )
    eps: float = Field(default=0.01, ge=0)

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        distance = DIVERGENCES[self.divergence](outputs.teacher, outputs.student)
        return Judgement(np.ones(len(outputs), dtype=bool), distance > self.eps, distance)

    def curve(self, outputs: Outputs) -> Curve:
        """See Relation."""
        return threshold_curve("eps", self.judge(outputs).magnitude, _THRESHOLDS)
