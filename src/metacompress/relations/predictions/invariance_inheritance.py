"""Ours: what does not move the teacher does not move a student that agreed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from metacompress.relations.judgement import Judgement, predictions
from metacompress.relations.source_outputs import FollowUpRelation, disagree, source_outputs

if TYPE_CHECKING:
    from metacompress.relations.outputs import Outputs


class InvarianceInheritance(FollowUpRelation):
    """Where both agree on the source and the teacher keeps its prediction, so does the student.

    The denominator is the follow-ups whose source both predict alike and on which the teacher
    keeps its prediction. Without the first condition a variant that moves the student into
    agreement with its teacher, a repair, would count as a violation. Magnitude: the fall of the
    student's probability of the class that it predicted on the source, in [-1, 1].
    """

    name: ClassVar[str] = "invariance-inheritance"

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        source = source_outputs(outputs)
        before = predictions(source.student)
        kept = predictions(source.teacher) == predictions(outputs.teacher)
        applicable = ~disagree(source) & kept
        violated = applicable & (before != predictions(outputs.student))
        fall = (
            np.take_along_axis(source.student, before[:, None], axis=1)
            - np.take_along_axis(outputs.student, before[:, None], axis=1)
        )[:, 0]
        return Judgement(applicable, violated, np.where(applicable, fall, np.nan))
