"""Ours: where the teacher is not moved by a variant, the student is not moved either."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from metacompress.relations.base import Judgement, Outputs, Relation, predictions


class InvarianceInheritance(Relation):
    """Where the teacher predicts the same on source and follow-up, so does the student.

    It speaks of follow-up inputs only; the denominator is those on which the teacher keeps its
    prediction. Magnitude: the fall of the student's probability of the class that it predicted
    on the source, in [-1, 1].
    """

    name: ClassVar[str] = "invariance-inheritance"
    on_sources: ClassVar[bool] = False

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        if outputs.sources is None:
            raise ValueError("invariance-inheritance needs the outputs on the source inputs")
        source = outputs.sources
        applicable = predictions(source.teacher) == predictions(outputs.teacher)
        before = predictions(source.student)
        violated = applicable & (before != predictions(outputs.student))
        fall = (
            np.take_along_axis(source.student, before[:, None], axis=1)
            - np.take_along_axis(outputs.student, before[:, None], axis=1)
        )[:, 0]
        return Judgement(applicable, violated, np.where(applicable, fall, np.nan))
