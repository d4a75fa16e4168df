"""Ours: variants uncover no disagreement that the sources hide."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from metacompress.relations.judgement import Judgement
from metacompress.relations.source_outputs import FollowUpRelation, disagree, source_outputs

if TYPE_CHECKING:
    from metacompress.relations.outputs import Outputs


class NewDisagreement(FollowUpRelation):
    """Where teacher and student agree on the source, they agree on the follow-up.

    The rate says what an edit that changes nothing uncovers, and a test set cannot show.
    Magnitude: the lower of the two models' confidences in their different classes, in [0, 1].
    """

    name: ClassVar[str] = "new-disagreement"

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        applicable = ~disagree(source_outputs(outputs))
        violated = applicable & disagree(outputs)
        confidence = np.minimum(outputs.teacher.max(axis=1), outputs.student.max(axis=1))
        return Judgement(applicable, violated, np.where(applicable, confidence * violated, np.nan))
