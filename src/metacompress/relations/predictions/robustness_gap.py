"""Ours: the student keeps its predictions as often as the teacher keeps its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from metacompress.relations.judgement import Judgement, predictions
from metacompress.relations.source_outputs import DifferenceRelation, source_outputs

if TYPE_CHECKING:
    from metacompress.relations.outputs import Outputs


class RobustnessGap(DifferenceRelation):
    """Student and teacher change their predictions on follow-ups equally often, up to tolerance.

    The verdict is about the difference of the two rates, paired by source, by two one-sided tests:
    a student may be less robust than its teacher, or more. An input violates the relation where
    the student changes its prediction and the teacher does not. Magnitude: 1 there, -1 where only
    the teacher changes, else 0.
    """

    name: ClassVar[str] = "robustness-gap"

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        source = source_outputs(outputs)
        student = predictions(outputs.student) != predictions(source.student)
        teacher = predictions(outputs.teacher) != predictions(source.teacher)
        gap = student.astype(float) - teacher
        return Judgement(np.ones(len(outputs), dtype=bool), gap > 0, gap)

    def limits(self) -> tuple[float, float]:
        """A student may be neither less robust than its teacher, nor more, beyond the tolerance."""
        return -self.tolerance, self.tolerance
