"""The slices of a check: where the student parts from its teacher more often than elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pydantic import Field

from metacompress.data.part import Part
from metacompress.relations.slicing.slices import estimate_slice
from metacompress.relations.slicing.tree import combinations, halves
from metacompress.runs.record import Figure, Record
from metacompress.stats.intervals.multiplicity import e_bh
from metacompress.study.check.readings.properties import transformation_slices

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from metacompress.relations.evaluation import Evaluation
    from metacompress.relations.kinds import Kinds
    from metacompress.relations.outputs import Outputs
    from metacompress.relations.slicing.slices import Slice
    from metacompress.study.check.readings.judging import Reading

SLICES = "slices.parquet"
# What is sliced of each part, where it was evaluated; else the first relation that has a rate.
_HEADLINES = {Part.SOURCES: "prediction-agreement", Part.FOLLOW_UPS: "new-disagreement"}
# A slice with fewer sources, or with fewer elsewhere, is not looked at. The constant is ours.
_LEAST_SOURCES = 10


class SliceSummary(Record):
    """A relation inside of one slice and elsewhere, each source weighted once."""

    relation: str = Field(description="the relation")
    part: Part = Field(description="sources or follow_ups")
    kind: str = Field(
        description="language, prediction (of the teacher, on the source), label, length, "
        "truncation, construct, transformation, or combination of these"
    )
    name: str = Field(description="the property that the inputs share")
    inputs: int = Field(description="inputs inside that the relation applies to")
    sources: int = Field(description="sources that these come from")
    violations: int = Field(description="inputs inside that violate the relation, unweighted")
    rate: Figure = Field(description="violation rate inside; null without an applicable input")
    low: float = Field(description="lower end of the interval of the rate inside")
    high: float = Field(description="upper end of the interval of the rate inside")
    elsewhere: Figure = Field(
        description="violation rate elsewhere; null without an applicable input there"
    )
    share_of_inputs: Figure = Field(description="share of all applicable inputs that is inside")
    share_of_violations: Figure = Field(description="share of all violations that is inside")
    log_e: float = Field(
        description="natural logarithm of the e-value against: the rate inside is at most the rate "
        "elsewhere"
    )


class Slices(Record):
    """The slices in which a relation is violated more often than elsewhere."""

    false_discovery_rate: float = Field(
        description="largest expected share of wrong ones among the slices that are found, and "
        "among the combinations that are found, in (0, 1)"
    )
    tested: int = Field(description="slices that were tested, of sources and of follow-ups")
    found: list[SliceSummary] = Field(description="those that stand out, the clearest first")
    combinations_tested: int = Field(
        description="combinations of properties that a tree found on half of the sources"
    )
    combinations: list[SliceSummary] = Field(
        description="those that stand out on the other half, the clearest first; every number is "
        "of that half"
    )


def slice_student(
    student: Reading,
    sources: Sequence[Slice],
    kinds: Kinds,
    *,
    confidence: float,
    false_discovery_rate: float,
    seed: int,
) -> tuple[Slices, pa.Table]:
    """Test every slice of the sources and of the follow-ups by one relation each.

    These are prediction-agreement on sources and new-disagreement on follow-ups: each relation more
    is one more test of every slice, which all the others pay for.

    Args:
        student: read against the teacher.
        sources: slices of all sources.
        kinds: the transformations of the follow-ups.
        confidence: of every interval, in (0, 1).
        false_discovery_rate: in (0, 1).
        seed: of the halves that combinations are sought and tested on.

    Returns:
        what was found, and a table of all slices (see ``SliceSummary``) with the columns student
        and found.
    """
    single: list[SliceSummary] = []
    combined: list[SliceSummary] = []
    sides = halves(student.outputs[Part.SOURCES].dependence, seed)
    for relation, part, evaluation in _headlines(student):
        outputs = student.outputs[part]
        rows = outputs.origins[outputs.units]
        shown = [one.rows(rows) for one in sources]
        if part is Part.FOLLOW_UPS:
            shown += transformation_slices(kinds)
        shown = [one for one in shown if _is_large(one, outputs)]
        sought, tested = (side[rows] for side in sides)
        trees = combinations(shown, evaluation.judgement, outputs, sought, tested)
        order = np.random.default_rng(seed).permutation(len(outputs.dependence))
        for slices, summaries in ((shown, single), (trees, combined)):
            for one in slices:
                estimate = estimate_slice(
                    one, evaluation.judgement, outputs, order, confidence=confidence
                )
                figures = {name: getattr(estimate, name) for name in estimate.__slots__}
                summaries.append(
                    SliceSummary(
                        relation=relation, part=part, kind=one.kind, name=one.name, **figures
                    )
                )
    found, found_combined = (
        _found(summaries, false_discovery_rate) for summaries in (single, combined)
    )
    summary = Slices(
        false_discovery_rate=false_discovery_rate,
        tested=len(single),
        found=_clearest(single, found),
        combinations_tested=len(combined),
        combinations=_clearest(combined, found_combined),
    )
    return summary, _table(student.name, single + combined, found + found_combined)


def _headlines(student: Reading) -> Iterator[tuple[str, Part, Evaluation]]:
    """One relation that has a rate for each part."""
    for part, headline in _HEADLINES.items():
        rows = {
            relation: parts[part]
            for relation, parts in student.evaluations.items()
            if part in parts and parts[part].scores.is_rate
        }
        relation = headline if headline in rows else next(iter(rows), None)
        if relation is not None:
            yield relation, part, rows[relation]


def _is_large(one: Slice, outputs: Outputs) -> bool:
    return all(
        len(np.unique(outputs.units[one.known & side])) >= _LEAST_SOURCES
        for side in (one.inside, ~one.inside)
    )


def _found(summaries: list[SliceSummary], false_discovery_rate: float) -> list[bool]:
    if not summaries:
        return []
    log_e = np.array([one.log_e for one in summaries])
    return [bool(one) for one in e_bh(log_e, false_discovery_rate)]


def _clearest(summaries: list[SliceSummary], found: list[bool]) -> list[SliceSummary]:
    chosen = [one for one, stands_out in zip(summaries, found, strict=True) if stands_out]
    return sorted(chosen, key=lambda one: -one.log_e)


def _table(student: str, summaries: list[SliceSummary], found: list[bool]) -> pa.Table:
    types = {str: pa.string(), Part: pa.string(), int: pa.int64()}
    fields = SliceSummary.model_fields
    columns = {
        name: pa.array(
            [getattr(one, name) for one in summaries],
            types.get(field.annotation, pa.float64()),  # type: ignore[arg-type]
        )
        for name, field in fields.items()
    }
    return pa.table(
        {
            "student": pa.array([student] * len(summaries), pa.string()),
            **columns,
            "found": pa.array(found, pa.bool_()),
        }
    )
