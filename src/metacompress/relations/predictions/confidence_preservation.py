"""MR3 of MetaCompress (arXiv 2511.05476): the student keeps the teacher's certainties."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from metacompress.relations.base import Relation
from metacompress.relations.judgement import Curve, Judgement, predictions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.relations.outputs import Outputs

_THRESHOLDS = np.linspace(0.5, 0.995, 100)


class ConfidencePreservation(Relation):
    """Where the teacher is sure (at least tau), the student is nearly as sure of that class (MR3).

    It is violated where the student's probability of the teacher's class is more than delta below
    the teacher's. A student that is a little less sure throughout does not fail. Magnitude: that
    fall, in [-1, 1]. The constants tau and delta are ours.
    """

    name: ClassVar[str] = "confidence-preservation"
    paper: ClassVar[str | None] = "MR3"

    tau: float = Field(default=0.9, ge=0, le=1, description="least confidence of the teacher")
    delta: float = Field(default=0.05, ge=0, le=1, description="largest fall of the probability")

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        applicable = outputs.teacher.max(axis=1) >= self.tau
        fall = _fall(outputs)
        return Judgement(
            applicable, applicable & (fall > self.delta), np.where(applicable, fall, np.nan)
        )

    def curve(self, outputs: Outputs) -> Curve:
        """See Relation."""
        confidence, violated = outputs.teacher.max(axis=1), _fall(outputs) > self.delta
        applicable = [confidence >= tau for tau in _THRESHOLDS]
        return Curve(
            "tau",
            _THRESHOLDS,
            np.array([int((rows & violated).sum()) for rows in applicable]),
            np.array([int(rows.sum()) for rows in applicable]),
        )


def _fall(outputs: Outputs) -> NDArray[np.float64]:
    classes = predictions(outputs.teacher)[:, np.newaxis]
    kept = np.take_along_axis(outputs.student, classes, axis=1)[:, 0]
    fall: NDArray[np.float64] = outputs.teacher.max(axis=1) - kept
    return fall
