"""The floor: what a second teacher violates, and what a student violates beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.data.part import Part
from metacompress.stats.intervals.differences import difference_of_ratios
from metacompress.study.check.readings.judging import by_origin
from metacompress.study.judged import FloorPart

if TYPE_CHECKING:
    from metacompress.study.check.readings.judging import Reading


def floor_part(
    student: Reading, floor: Reading, relation: str, part: Part, *, confidence: float
) -> FloorPart:
    """Compare a student with the floor on one relation and part, paired by source.

    Args:
        student: the student read against the teacher.
        floor: the second teacher read against the teacher.
        relation: name of the relation.
        part: on which inputs.
        confidence: of every interval, in (0, 1).
    """
    # A source may have no input that both can be compared on.
    dependence = student.outputs[Part.SOURCES].dependence
    excess = difference_of_ratios(
        by_origin(student, relation, part, len(dependence)),
        by_origin(floor, relation, part, len(dependence)),
        dependence,
        confidence=confidence,
    )
    if floor.evaluations[relation][part].scores.is_rate:
        excess = excess.within(1.0)
    found = floor.evaluations[relation][part].estimate
    return FloorPart(
        value=found.value,
        low=found.low,
        high=found.high,
        excess=excess.value,
        excess_low=excess.low,
        excess_high=excess.high,
    )
