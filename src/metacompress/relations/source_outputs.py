"""Relations that compare a follow-up input with its source."""

from __future__ import annotations

from abc import ABC
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from metacompress.relations.base import Relation
from metacompress.relations.estimand import mean_score
from metacompress.relations.judgement import predictions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.relations.estimand import SourceScores
    from metacompress.relations.outputs import Outputs


class FollowUpRelation(Relation, ABC):
    """A relation that speaks of follow-up inputs only: it needs the outputs on their sources."""

    on_sources: ClassVar[bool] = False


class DifferenceRelation(FollowUpRelation, ABC):
    """A relation whose value is the difference of two shares of inputs, paired by source.

    The magnitude of its judgement is 1, 0 or -1.
    """

    def limits(self) -> tuple[float, float]:
        """The least and the greatest value that pass."""
        return -np.inf, self.tolerance

    def scores(self, outputs: Outputs) -> SourceScores:
        """The difference, in [-1, 1]."""
        judgement = self.judge(outputs)
        return mean_score(
            judgement.magnitude,
            judgement.applicable,
            outputs,
            bounds=(-1, 1),
            limits=self.limits(),
            unit="difference of two shares of inputs",
        )


def source_outputs(outputs: Outputs) -> Outputs:
    """The outputs on the sources of follow-up inputs, row by row.

    Raises:
        ValueError: the outputs are on sources themselves.
    """
    if outputs.sources is None:
        raise ValueError("the relation needs the outputs on the source inputs")
    return outputs.sources


def disagree(outputs: Outputs) -> NDArray[np.bool_]:
    """Where teacher and student predict different classes, (n,)."""
    apart: NDArray[np.bool_] = predictions(outputs.teacher) != predictions(outputs.student)
    return apart
