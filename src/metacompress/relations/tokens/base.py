"""Base classes of relations that judge tokens, or the tokens of a program together."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from metacompress.relations.base import DEFAULT_TOLERANCE
from metacompress.relations.estimand import WeightedInputs, violation_rate

if TYPE_CHECKING:
    from metacompress.relations.estimand import SourceScores
    from metacompress.relations.judgement import Curve, Judgement
    from metacompress.relations.tokens.outputs import TokenOutputs

I = TypeVar("I", bound=WeightedInputs)  # noqa: E741


class TokenRelation(BaseModel, ABC, Generic[I]):
    """A relation between the next-token distributions of teacher and student, with its constants.

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
    def inputs(self, outputs: TokenOutputs) -> I:
        """What is judged of these tokens: each of them, or each program."""

    @abstractmethod
    def judge(self, outputs: I, /) -> Judgement:
        """Judge every input."""

    def scores(self, outputs: I, /) -> SourceScores:
        """The violation rate, each source weighted once."""
        return violation_rate(self.judge(outputs), outputs, self.tolerance)

    def curve(self, outputs: I, /) -> Curve | None:
        """Violations over a range of the relation's constant; None if it has none."""
        return None
