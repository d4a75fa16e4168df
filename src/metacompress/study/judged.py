"""The judgement of a relation on one part of the inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from metacompress.runs.record import Figure, Record
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from metacompress.relations.evaluation import Evaluation


class FloorPart(Record):
    """The same relation between the teacher and a second teacher, the floor."""

    value: Figure = Field(description="value of the floor; null without an applicable input")
    low: float = Field(description="lower end of its interval")
    high: float = Field(description="upper end of its interval")
    excess: Figure = Field(description="value of the student minus that of the floor, by source")
    excess_low: Figure = Field(description="lower end of the interval of the excess")
    excess_high: Figure = Field(description="upper end of the interval of the excess")


class JudgedPart(Record):
    """A relation on one part of the inputs."""

    value: Figure = Field(
        description="what the verdict is about, each source weighted once: most often the share of "
        "applicable inputs that violate the relation; null without any"
    )
    low: float = Field(description="lower end of the interval of the value")
    high: float = Field(description="upper end of the interval of the value")
    least: float | None = Field(description="smallest value that passes; null for no limit")
    most: float = Field(description="largest value that passes")
    unit: str = Field(description="what the value is")
    is_rate: bool = Field(description="whether the value is a violation rate, not a difference")
    verdict: Verdict | None = Field(
        description="pass, fail or undecided; null where the relation applies to no input"
    )
    p_pass: float = Field(
        description="p-value of: the value lies outside of the limits. Small where it passes"
    )
    p_fail: float = Field(
        description="p-value of: the value lies within the limits. Small where it fails"
    )
    confidence: float = Field(description="level of the two-sided interval, in (0, 1)")
    violations: int = Field(description="inputs that violate the relation, unweighted")
    inputs: int = Field(description="inputs that the relation applies to")
    magnitude_mean: Figure = Field(
        description="mean over applicable inputs of how far each is from satisfying the relation, "
        "in the relation's unit (a divergence, say), each source weighted once"
    )
    magnitude_p95: Figure = Field(description="95th percentile of the same")
    sources: int = Field(description="sources that these come from")
    clusters: int = Field(description="independent programs or groups that these come from")
    effective: float = Field(description="independent sources that would tell as much")
    decided_below: Figure = Field(
        description="value (of two limits, absolute value) from which on downwards so many inputs "
        "pass in four of five runs; null where no value does"
    )
    decided_above: Figure = Field(
        description="value (of two limits, absolute value) from which on upwards so many inputs "
        "fail in four of five runs; null where no value does"
    )

    floor: FloorPart | None = Field(
        default=None, description="the floor on the same inputs; null where the study has none"
    )

    @property
    def rate(self) -> float | None:
        """The value, where it is a violation rate; None where it is a difference."""
        return self.value if self.is_rate else None

    @classmethod
    def of(cls, evaluation: Evaluation, floor: FloorPart | None = None) -> JudgedPart:
        """What is reported of an evaluation."""
        found = evaluation.estimate
        least, most = evaluation.scores.limits
        below, above = evaluation.decidable()
        return cls(
            value=found.value,
            low=found.low,
            high=found.high,
            least=None if evaluation.scores.is_rate or not np.isfinite(least) else least,
            most=most,
            unit=evaluation.scores.unit,
            is_rate=evaluation.scores.is_rate,
            verdict=evaluation.verdict,
            p_pass=found.p_within,
            p_fail=found.p_outside,
            confidence=evaluation.confidence,
            violations=int(evaluation.judgement.violated.sum()),
            inputs=found.inputs,
            magnitude_mean=evaluation.magnitude_mean,
            magnitude_p95=evaluation.magnitude_p95,
            sources=found.sources,
            clusters=found.clusters,
            effective=found.effective,
            decided_below=below,
            decided_above=above,
            floor=floor,
        )
