"""Where the teacher writes on as it did for the source, so does the student."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from metacompress.relations.completions.base import THRESHOLDS, CompletionRelation
from metacompress.relations.judgement import Curve, Judgement, threshold_curve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.relations.completions.outputs import CompletionOutputs


class CompletionInvarianceInheritance(CompletionRelation):
    """Where the teacher's completion of a variant, with the names of the source, is like its
    completion of the source, the student's is like the student's.

    Each model is held against itself: the two need not write the same. Magnitude: the normalised
    edit distance of the student's two completions.
    """

    name: ClassVar[str] = "completion-invariance-inheritance"
    on_sources: ClassVar[bool] = False

    def judge(self, outputs: CompletionOutputs, /) -> Judgement:
        """See TolerancedRelation."""
        applicable, distance = self._where_teacher_keeps(outputs)
        return Judgement(applicable, applicable & (distance > self.distance), distance)

    def curve(self, outputs: CompletionOutputs, /) -> Curve:
        """See TolerancedRelation."""
        return threshold_curve("distance", self._where_teacher_keeps(outputs)[1], THRESHOLDS)

    def _where_teacher_keeps(
        self, outputs: CompletionOutputs
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        if outputs.teacher_kept is None or outputs.student_kept is None:
            return np.zeros(len(outputs), dtype=bool), np.full(len(outputs), np.nan)
        keeps = 1 - outputs.teacher_kept <= self.distance
        return keeps, np.where(keeps, 1 - outputs.student_kept, np.nan)
