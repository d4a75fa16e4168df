"""Base class of relations of language models: a judgement, and how much of it passes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from metacompress.relations.base import DEFAULT_TOLERANCE
from metacompress.relations.estimand import WeightedInputs, violation_rate

if TYPE_CHECKING:
    from metacompress.relations.estimand import SourceScores
    from metacompress.relations.judgement import Curve, Judgement

I = TypeVar("I", bound=WeightedInputs)  # noqa: E741


class TolerancedRelation(BaseModel, ABC, Generic[I]):
    """A relation with its constants.

    ``tolerance`` is the largest violation rate that passes, in [0, 1].

    Attributes:
        name: in the command line and in results.
        on_sources: whether it speaks of sources; every relation speaks of follow-ups.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ClassVar[str]
    on_sources: ClassVar[bool] = True

    tolerance: float = Field(
        default=DEFAULT_TOLERANCE, ge=0, le=1, description="largest violation rate that passes"
    )

    @abstractmethod
    def judge(self, outputs: I, /) -> Judgement:
        """Judge every input."""

    def scores(self, outputs: I, /) -> SourceScores:
        """The violation rate, each source weighted once."""
        return violation_rate(self.judge(outputs), outputs, self.tolerance)

    def curve(self, outputs: I, /) -> Curve | None:
        """Violations over a range of the relation's constant; None if it has none."""
        return None
