"""MR2 of MetaCompress (arXiv 2511.05476): the two probability distributions are close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from metacompress.relations.base import Relation
from metacompress.relations.judgement import Curve, Judgement, threshold_curve
from metacompress.stats.scores.divergences import DIVERGENCES

if TYPE_CHECKING:
    from metacompress.relations.outputs import Outputs

# Divergences worth looking at span orders of magnitude; the grid holds the defaults.
_THRESHOLDS = np.logspace(-4, 0, 81)
# Ours. In two classes, the student is allowed to fall short of the teacher's probability 0.5, 0.9
# and 0.99 by, in points: 11.7, 8.1 and 3.8; 10.2, 7.1 and 3.4; 10, 10 and 10; 9.8, 6.7 and 2.9.
DEFAULT_EPS = {
    "jensen-shannon": 0.01,
    "kullback-leibler": 0.03,
    "total-variation": 0.1,
    "hellinger": 0.07,
}


class DistributionSimilarity(Relation):
    """Divergence of the student's probabilities from the teacher's is at most eps (MR2).

    Magnitude: the divergence; Jensen-Shannon and Kullback-Leibler in bits. The constants eps are
    ours: about ten points of probability where the teacher is unsure, fewer where it is sure.
    """

    name: ClassVar[str] = "distribution-similarity"
    paper: ClassVar[str | None] = "MR2"
    judges_each_input: ClassVar[bool] = True

    divergence: Literal["jensen-shannon", "kullback-leibler", "total-variation", "hellinger"] = (
        Field(default="jensen-shannon", description="distance of two distributions")
    )
    eps: float = Field(
        default=DEFAULT_EPS["jensen-shannon"],
        ge=0,
        description="largest divergence; default: the divergence's own",
    )

    @model_validator(mode="before")
    @classmethod
    def _own_eps(cls, constants: Any) -> Any:
        """Each divergence has a scale of its own."""
        if isinstance(constants, dict) and "eps" not in constants:
            own = DEFAULT_EPS.get(constants.get("divergence", "jensen-shannon"))
            return constants if own is None else constants | {"eps": own}
        return constants

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        distance = DIVERGENCES[self.divergence](outputs.teacher, outputs.student)
        return Judgement(np.ones(len(outputs), dtype=bool), distance > self.eps, distance)

    def curve(self, outputs: Outputs) -> Curve:
        """See Relation."""
        return threshold_curve("eps", self.judge(outputs).magnitude, _THRESHOLDS)
