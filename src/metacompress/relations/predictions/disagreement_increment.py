"""Ours: teacher and student part no more often on follow-ups than on sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from metacompress.relations.estimand import mean_score
from metacompress.relations.judgement import Judgement
from metacompress.relations.source_outputs import FollowUpRelation, disagree, source_outputs

if TYPE_CHECKING:
    from metacompress.relations.estimand import SourceScores
    from metacompress.relations.outputs import Outputs


class DisagreementIncrement(FollowUpRelation):
    """The rate of disagreement on follow-ups exceeds that on their sources by at most tolerance.

    The difference is paired by source. An input violates the relation where the models agree on
    the source and not on the follow-up. Magnitude: 1 there, -1 where they come to agree, else 0.
    """

    name: ClassVar[str] = "disagreement-increment"

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        change = disagree(outputs).astype(float) - disagree(source_outputs(outputs))
        return Judgement(np.ones(len(outputs), dtype=bool), change > 0, change)

    def scores(self, outputs: Outputs) -> SourceScores:
        """The difference of the two rates, in [-1, 1]."""
        judgement = self.judge(outputs)
        return mean_score(
            judgement.magnitude,
            judgement.applicable,
            outputs,
            bounds=(-1, 1),
            limits=(-np.inf, self.tolerance),
            unit="difference of two shares of inputs",
        )
