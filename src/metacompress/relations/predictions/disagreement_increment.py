"""Ours: teacher and student part no more often on follow-ups than on sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from metacompress.relations.judgement import Judgement
from metacompress.relations.source_outputs import DifferenceRelation, disagree, source_outputs

if TYPE_CHECKING:
    from metacompress.relations.outputs import Outputs


class DisagreementIncrement(DifferenceRelation):
    """The rate of disagreement on follow-ups exceeds that on their sources by at most tolerance.

    The difference is paired by source. An input violates the relation where the models agree on
    the source and not on the follow-up. Magnitude: 1 there, -1 where they come to agree, else 0.
    """

    name: ClassVar[str] = "disagreement-increment"

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        change = disagree(outputs).astype(float) - disagree(source_outputs(outputs))
        return Judgement(np.ones(len(outputs), dtype=bool), change > 0, change)
