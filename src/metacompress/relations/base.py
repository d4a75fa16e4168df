"""Base class of relations: a judgement of every input, and what is estimated of them all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from metacompress.relations.estimand import violation_rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.relations.estimand import SourceScores
    from metacompress.relations.judgement import Curve, Judgement
    from metacompress.relations.outputs import Outputs

# Violation rates up to this are tolerated unless the user says otherwise. The constant is ours:
# the paper reports rates and sets no limit.
DEFAULT_TOLERANCE = 0.05


class Relation(BaseModel, ABC):
    """A metamorphic relation with its constants.

    ``tolerance`` is the largest violation rate that passes, in [0, 1].

    Attributes:
        name: in the command line and in results.
        paper: name of the relation in MetaCompress (arXiv 2511.05476); None for ours.
        judges_each_input: whether every input is applicable and judged by the two answers to it.
        on_sources: whether it speaks of source inputs; every relation speaks of follow-ups.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ClassVar[str]
    paper: ClassVar[str | None] = None
    judges_each_input: ClassVar[bool] = False
    on_sources: ClassVar[bool] = True

    tolerance: float = Field(
        default=DEFAULT_TOLERANCE, ge=0, le=1, description="largest violation rate that passes"
    )

    @abstractmethod
    def judge(self, outputs: Outputs) -> Judgement:
        """Judge every input."""

    def scores(self, outputs: Outputs) -> SourceScores:
        """What is estimated and held against the limits: unless overridden, the violation rate."""
        return violation_rate(self.judge(outputs), outputs, self.tolerance)

    def strata(self, outputs: Outputs) -> Sequence[SourceScores]:
        """What a sequential verdict bets on: scores whose values have the estimand as their mean.

        Unlike ``scores``, none may depend on shares that were found in these outputs. Several need
        one input per source, for a source to count in one of them.
        """
        return [self.scores(outputs)]

    def curve(self, outputs: Outputs) -> Curve | None:
        """Violations over a range of the relation's constant; None if it has none."""
