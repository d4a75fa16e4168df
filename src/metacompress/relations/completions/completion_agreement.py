"""Both models write alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from metacompress.relations.completions.base import THRESHOLDS, CompletionRelation
from metacompress.relations.judgement import Curve, Judgement, threshold_curve

if TYPE_CHECKING:
    from metacompress.relations.completions.outputs import CompletionOutputs


class CompletionAgreement(CompletionRelation):
    """The completions of a program by teacher and student are alike.

    Magnitude: their normalised edit distance.
    """

    name: ClassVar[str] = "completion-agreement"

    def judge(self, outputs: CompletionOutputs, /) -> Judgement:
        """See TolerancedRelation."""
        distance = 1 - outputs.similarity
        return Judgement(np.ones(len(outputs), dtype=bool), distance > self.distance, distance)

    def curve(self, outputs: CompletionOutputs, /) -> Curve:
        """See TolerancedRelation."""
        return threshold_curve("distance", 1 - outputs.similarity, THRESHOLDS)
