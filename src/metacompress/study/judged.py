"""The judgement of a relation on one part of the inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from pydantic import Field

from metacompress.data.part import Part
from metacompress.relations.evaluation import evaluate
from metacompress.runs.record import Figure, JsonObject, Record
from metacompress.stats.verdict import Verdict, combine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from metacompress.relations.evaluation import Evaluation
    from metacompress.relations.toleranced import TolerancedRelation


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

    @property
    def judges_inputs(self) -> bool:
        """Whether single inputs are judged, and not only all of them together."""
        return self.inputs == 0 or self.magnitude_mean is not None

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


class RelationOnParts(Record):
    """A relation between one language model and its teacher, on all parts of the inputs."""

    verdict: Verdict | None = Field(
        description="pass if it passes wherever it applies, fail if it fails on one part; null "
        "where it applies to nothing"
    )
    constants: JsonObject = Field(description="its constants, tolerance included")
    sources: JudgedPart | None = Field(description="on sources; null where it speaks of variants")
    follow_ups: JudgedPart | None = Field(description="on variants; null where there are none")

    def parts(self) -> Iterator[tuple[Part, JudgedPart]]:
        """The parts that it was evaluated on."""
        for part, found in ((Part.SOURCES, self.sources), (Part.FOLLOW_UPS, self.follow_ups)):
            if found is not None:
                yield part, found


R = TypeVar("R", bound="TolerancedRelation[Any]")
O = TypeVar("O")  # noqa: E741


def judged_on_parts(
    relations: Sequence[R],
    outputs: Mapping[Part, O],
    confidence: float,
    *,
    inputs: Callable[[R, O], Any],
) -> dict[str, RelationOnParts]:
    """Evaluate all relations on all parts, which make up one verdict.

    Args:
        relations: to evaluate.
        outputs: of the models, by part of the inputs.
        confidence: of every interval, in (0, 1).
        inputs: what a relation judges of outputs.
    """
    rows = [
        (relation, part)
        for relation in relations
        for part in outputs
        if part is not Part.SOURCES or relation.on_sources
    ]
    evaluations = evaluate(
        [(relation, inputs(relation, outputs[part])) for relation, part in rows],
        confidence=confidence,
    )
    judged: dict[str, dict[Part, JudgedPart]] = {relation.name: {} for relation in relations}
    for (relation, part), evaluation in zip(rows, evaluations, strict=True):
        judged[relation.name][part] = JudgedPart.of(evaluation)
    return {
        relation.name: RelationOnParts(
            verdict=combine(verdicts) if verdicts else None,
            constants=relation.model_dump(mode="json"),
            sources=parts.get(Part.SOURCES),
            follow_ups=parts.get(Part.FOLLOW_UPS),
        )
        for relation in relations
        for parts in [judged[relation.name]]
        for verdicts in [[one.verdict for one in parts.values() if one.verdict is not None]]
    }
