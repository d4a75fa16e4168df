"""Students of one check beside each other: paired differences, and an order."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from pydantic import Field

from metacompress.data.part import Part
from metacompress.runs.record import Figure, Record
from metacompress.stats.intervals.differences import difference_of_ratios
from metacompress.study.check.readings.judging import by_origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.study.check.readings.judging import Reading

# What students are ordered by: the first of these that a check has. Not new-disagreement, which
# leaves out every source that a student has lost already.
_HEADLINES = (
    ("prediction-agreement", Part.FOLLOW_UPS),
    ("prediction-agreement", Part.SOURCES),
)


class StudentDifference(Record):
    """Two students on one relation and part, paired by source."""

    first: str = Field(description="name of a student")
    second: str = Field(description="name of another one")
    relation: str = Field(description="name of the relation")
    part: Part = Field(description="sources or follow_ups")
    value: Figure = Field(description="value of the first minus that of the second")
    low: Figure = Field(
        description="lower end of its interval; the intervals of all pairs of students on one "
        "relation and part hold at once"
    )
    high: Figure = Field(description="upper end of its interval")


class Ranking(Record):
    """Students in the order of their violations."""

    relation: str = Field(description="relation that orders them")
    part: Part = Field(description="sources or follow_ups")
    order: list[str] = Field(description="names of the students, the fewest violations first")
    apart: list[bool] = Field(
        description="for each student but the last, whether the interval of its difference from "
        "the next one excludes 0"
    )


def differences_of(students: Sequence[Reading], *, confidence: float) -> list[StudentDifference]:
    """Compare every two students on every relation and part; nothing for one student.

    The intervals of one relation and part are widened by Bonferroni over the pairs of students.

    Args:
        students: read against the same teacher on the same inputs.
        confidence: of all intervals of one relation and part together, in (0, 1).
    """
    pairs = list(combinations(students, 2))
    found = []
    for first, second in pairs:
        dependence = first.outputs[Part.SOURCES].dependence
        for relation, parts in first.evaluations.items():
            for part in parts:
                if part not in second.evaluations[relation]:
                    continue
                difference = difference_of_ratios(
                    by_origin(first, relation, part, len(dependence)),
                    by_origin(second, relation, part, len(dependence)),
                    dependence,
                    confidence=1 - (1 - confidence) / len(pairs),
                )
                if parts[part].scores.is_rate:
                    difference = difference.within(1.0)
                found.append(
                    StudentDifference(
                        first=first.name,
                        second=second.name,
                        relation=relation,
                        part=part,
                        value=difference.value,
                        low=difference.low,
                        high=difference.high,
                    )
                )
    return found


def ranking_of(
    students: Mapping[str, Reading], differences: Sequence[StudentDifference]
) -> Ranking | None:
    """Order students by the first headline relation that all have; None for one student.

    Args:
        students: by name.
        differences: see ``differences_of``.
    """
    if len(students) < 2:
        return None
    for relation, part in _HEADLINES:
        values = {
            name: found.evaluations[relation][part].estimate.value
            for name, found in students.items()
            if part in found.evaluations.get(relation, {})
        }
        if len(values) < len(students):
            continue
        order = sorted(values, key=lambda name: values[name])
        intervals = {
            frozenset((one.first, one.second)): (one.low, one.high)
            for one in differences
            if (one.relation, one.part) == (relation, part)
        }
        apart = []
        for pair in pairwise(order):
            low, high = intervals[frozenset(pair)]
            apart.append(low is not None and high is not None and (low > 0 or high < 0))
        return Ranking(relation=relation, part=part, order=order, apart=apart)
    return None
