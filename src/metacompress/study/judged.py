"""The judgement of a relation on one part of the inputs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from pydantic import Field

from metacompress.runs.record import Figure, Record
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from metacompress.relations.evaluation import Evaluation


class GroupSummary(Record):
    """A statistic of all inputs together, which decides in place of the violation rate."""

    name: str = Field(description="name of the statistic")
    value: Figure = Field(description="its value")
    low: Figure = Field(description="lower end of its interval")
    high: Figure = Field(description="upper end of its interval")
    limit: float = Field(description="largest value that passes")


class JudgedPart(Record):
    """A relation on one part of the inputs."""

    violations: int = Field(description="inputs that violate the relation")
    n: int = Field(description="inputs that the relation applies to")
    rate: Figure = Field(description="violations / n, in [0, 1]")
    low: float = Field(description="lower end of the interval of the rate; 0 where n is 0")
    high: float = Field(description="upper end of the interval of the rate; 1 where n is 0")
    confidence: float = Field(description="level of the interval, in (0, 1)")
    method: str = Field(
        description="method of the interval: wilson, wilson-effective or cluster-bootstrap"
    )
    clusters: int = Field(description="independent groups that the n inputs come from")
    verdict: Verdict = Field(description="pass, fail or undecided")
    group: GroupSummary | None = Field(
        description="the statistic that decides in place of the rate, if the relation has one"
    )

    @classmethod
    def of(cls, evaluation: Evaluation) -> JudgedPart:
        """What is reported of an evaluation."""
        group = evaluation.group
        return cls(
            **asdict(evaluation.rate),
            verdict=evaluation.verdict,
            group=None if group is None else GroupSummary(**asdict(group)),
        )
