"""Ours: what does not move the teacher does not move a student that agreed with it."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from metacompress.relations.base import Judgement, Outputs, Relation, predictions


class InvarianceInheritance(Relation):
    """Where both agree on the source and the teacher keeps its prediction, so does the student.

    It speaks of follow-up inputs only; the denominator is those whose source both predict alike
    and on which the teacher keeps its prediction. Without the first condition a variant that moves
    the student into agreement with its teacher, a repair, would count as a violation. Magnitude:
    the fall of the student's probability of the class that it predicted on the source, in [-1, 1].
    """

    name: ClassVar[str] = "invariance-inheritance"
    on_sources: ClassVar[bool] = False

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        if outputs.sources is None:
            raise ValueError("invariance-inheritance needs the outputs on the source inputs")
        source = outputs.sources
        before = predictions(source.student)
        agreed = predictions(source.teacher) == before
        applicable = agreed & (predictions(source.teacher) == predictions(outputs.teacher))
        violated = applicable & (before != predictions(outputs.student))
        fall = (
            np.take_along_axis(source.student, before[:, None], axis=1)
            - np.take_along_axis(outputs.student, before[:, None], axis=1)
        )[:, 0]
        return Judgement(applicable, violated, np.where(applicable, fall, np.nan))
