"""MR1 of MetaCompress (arXiv 2511.05476): teacher and student predict the same class."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from metacompress.relations.base import Relation
from metacompress.relations.judgement import Judgement, predictions

if TYPE_CHECKING:
    from metacompress.relations.outputs import Outputs


class PredictionAgreement(Relation):
    """Teacher and student predict the same class (MR1).

    Magnitude: the lower of the two models' confidences in their different classes, in [0, 1];
    0 where they agree.
    """

    name: ClassVar[str] = "prediction-agreement"
    paper: ClassVar[str | None] = "MR1"
    judges_each_input: ClassVar[bool] = True

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        violated = predictions(outputs.teacher) != predictions(outputs.student)
        confidence = np.minimum(outputs.teacher.max(axis=1), outputs.student.max(axis=1))
        return Judgement(np.ones(len(outputs), dtype=bool), violated, confidence * violated)
