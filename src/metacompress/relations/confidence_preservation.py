"""MR3 of MetaCompress (arXiv 2511.05476): the student keeps the teacher's certainties."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from pydantic import Field

from metacompress.relations.base import Curve, Judgement, Outputs, Relation, predictions

_THRESHOLDS = np.linspace(0.5, 0.995, 100)


class ConfidencePreservation(Relation):
    """Where the teacher is sure (at least tau), so is the student, of the same class (MR3).

    The denominator is the inputs on which the teacher's confidence is at least tau. Magnitude:
    how far the student's probability of the teacher's class falls short of tau, in [0, 1].
    The constant tau is ours.
    """

    name: ClassVar[str] = "confidence-preservation"

    tau: float = Field(default=0.9, ge=0, le=1)

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        applicable, violated = _violations(outputs, self.tau)
        kept = np.take_along_axis(outputs.student, predictions(outputs.teacher)[:, None], axis=1)[
            :, 0
        ]
        shortfall = np.maximum(self.tau - kept, 0)
        return Judgement(applicable, violated, np.where(applicable, shortfall, np.nan))

    def curve(self, outputs: Outputs) -> Curve:
        """See Relation."""
        counts = [_violations(outputs, tau) for tau in _THRESHOLDS]
        return Curve(
            "tau",
            _THRESHOLDS,
            np.array([int(violated.sum()) for _, violated in counts]),
            np.array([int(applicable.sum()) for applicable, _ in counts]),
        )


def _violations(outputs: Outputs, tau: float) -> tuple[np.ndarray, np.ndarray]:
    applicable = outputs.teacher.max(axis=1) >= tau
    same = predictions(outputs.teacher) == predictions(outputs.student)
    kept = same & (outputs.student.max(axis=1) >= tau)
    return applicable, applicable & ~kept
