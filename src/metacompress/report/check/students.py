"""Students beside each other: in their order, with the differences that order them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.data.part import Part
from metacompress.report.wording import percent, points
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import ENVIRONMENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.stats.verdict import Verdict
    from metacompress.study.check.summary import CheckSummary, StudentSummary
    from metacompress.study.judged import JudgedPart

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
    latency = _latency(summary)
    return [
        RankedStudent(rank, name, summary.students[name].verdict, _columns(summary, name, latency))
        for rank, name in enumerate(summary.ranking.order, start=1)
    ]


def sizes_and_violations(summary: CheckSummary) -> dict[str, tuple[float, JudgedPart]]:
    """Size in MB and the value that orders students, of those that tell their size."""
    ranking = summary.ranking
    if ranking is None:
        return {}
    found = {}
    for name in ranking.order:
        size = summary.models[name].cost.bytes
        judged = dict(summary.students[name].relations[ranking.relation].parts())[ranking.part]
        if size is not None and judged.value is not None:
            found[name] = (size / 1e6, judged)
    return found


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


def _columns(
    summary: CheckSummary, name: str, latency: Mapping[str, Mapping[str, float]]
) -> dict[str, str]:
    student, model = summary.students[name], summary.models[name]
    columns = {}
    for relation in _SHOWN:
        for part in Part:
            value = _value(student, relation, part)
            if value is not None:
                columns[f"{relation}, {part.words}"] = value
    cost = model.cost
    columns["accuracy"] = percent(model.sources.accuracy)
    columns["size, MB"] = "–" if cost.bytes is None else f"{cost.bytes / 1e6:.2f}"
    columns["GFLOPs per source"] = "–" if cost.gflops is None else f"{cost.gflops:.3f}"
    if latency:
        measured = latency.get(name)
        columns["latency here, ms"] = f"{1000 * measured['median']:.1f}" if measured else "–"
    return columns


def _latency(summary: CheckSummary) -> Mapping[str, Mapping[str, float]]:
    """What was measured on the machine of the run; it stands beside the summary, not in it."""
    if summary.run is None:
        return {}
    environment = RunDirectory(summary.run).read_json(ENVIRONMENT)
    found: Mapping[str, Mapping[str, float]] = environment["cost"].get("latency", {})
    return found


def _value(student: StudentSummary, relation: str, part: Part) -> str | None:
    found = student.relations.get(relation)
    judged = dict(found.parts()).get(part) if found is not None else None
    return None if judged is None else percent(judged.value)
