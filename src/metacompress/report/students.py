"""Students beside each other: in their order, with the differences that order them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.data.part import Part
from metacompress.report.wording import percent, points

if TYPE_CHECKING:
    from metacompress.stats.verdict import Verdict
    from metacompress.study.check.summary import CheckSummary, StudentSummary

_SHOWN = ("new-disagreement", "prediction-agreement")


@dataclass(frozen=True, slots=True)
class RankedStudent:
    """One row.

    Attributes:
        rank: from 1, the fewest violations first.
        name: of the student.
        verdict: of its check.
        columns: text by heading.
    """

    rank: int
    name: str
    verdict: Verdict
    columns: dict[str, str]


def ranked_students(summary: CheckSummary) -> list[RankedStudent]:
    """Students of a check in their order; nothing for one student."""
    if summary.ranking is None:
        return []
    return [
        RankedStudent(rank, name, summary.students[name].verdict, _columns(summary, name))
        for rank, name in enumerate(summary.ranking.order, start=1)
    ]


def deciding_differences(summary: CheckSummary) -> list[str]:
    """What sets students apart on the relation that orders them, a sentence for each two."""
    ranking = summary.ranking
    if ranking is None:
        return []
    return [
        f"{one.first} beside {one.second}: {points(one.value)} points of {one.relation} on "
        f"{one.part.words} ({points(one.low)} to {points(one.high)})"
        for one in summary.differences
        if (one.relation, one.part) == (ranking.relation, ranking.part)
    ]


def _columns(summary: CheckSummary, name: str) -> dict[str, str]:
    student, model = summary.students[name], summary.models[name]
    columns = {}
    for relation in _SHOWN:
        for part in Part:
            value = _value(student, relation, part)
            if value is not None:
                columns[f"{relation}, {part.words}"] = value
    columns["accuracy"] = percent(model.sources.accuracy)
    return columns


def _value(student: StudentSummary, relation: str, part: Part) -> str | None:
    found = student.relations.get(relation)
    judged = dict(found.parts()).get(part) if found is not None else None
    return None if judged is None else percent(judged.value)
