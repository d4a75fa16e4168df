"""The inputs that violate relations worst."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from metacompress.data.part import Part
from metacompress.report.diff import DiffRow, side_by_side
from metacompress.study.check.predictions_table import TABLE as PREDICTIONS
from metacompress.study.check.readings.judging import VIOLATIONS
from metacompress.study.check.sources import EXAMPLES
from metacompress.study.players import ONLY_STUDENT, TEACHER
from metacompress.variants.table import TABLE as VARIANTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.check.summary import CheckSummary

_PER_RELATION = {Part.FOLLOW_UPS: 3, Part.SOURCES: 2}
# A report stays a page: longer programs are shown up to here.
_MAX_CHARACTERS = 6000
_LINES_BEFORE = 5
_PLACES = ("First program", "Second program")


@dataclass(frozen=True, slots=True)
class ShownProgram:
    """One program of an input.

    Attributes:
        title: which one of a pair, and whether it was changed; empty where that is plain.
        text: of the program; of its source, where it was changed.
        diff: source and variant side by side, where it was changed.
    """

    title: str
    text: str
    diff: list[DiffRow]


@dataclass(frozen=True, slots=True)
class Counterexample:
    """One violation, ready to be shown.

    Attributes:
        relation, part, id, label: what and where; label is a class name or None.
        magnitude: how bad, in the relation's unit.
        probabilities: of teacher and student, (k,) each, on this input.
        source_probabilities: the same on the source, for follow-ups.
        programs: all that the models read, in its order.
        transformation: what made the follow-up.
    """

    relation: str
    part: Part
    id: str
    label: str | None
    magnitude: float
    probabilities: dict[str, list[float]]
    source_probabilities: dict[str, list[float]]
    programs: list[ShownProgram]
    transformation: str | None


def worst_counterexamples(
    run: RunDirectory, summary: CheckSummary, student: str
) -> list[Counterexample]:
    """The worst violations of each relation by a student, follow-ups first; no input twice in one
    relation.
    """
    worst = _worst(run, summary, student)
    wanted = {name for found in worst.values() for _, name in found}
    source_of = {
        (row["part"], row["id"]): row["source_id"]
        for row in _rows(run, PREDICTIONS, wanted, ["part", "id", "source_id"])
    }
    picked: list[tuple[str, Part, str, float]] = []
    for relation in summary.students[student].relations:
        for part, count in _PER_RELATION.items():
            # Of each source only the worst one.
            chosen: dict[str, tuple[str, Part, str, float]] = {}
            for magnitude, name in worst.get((relation, part), ()):
                chosen.setdefault(source_of[part, name], (relation, part, name, magnitude))
            picked += list(chosen.values())[:count]
    return _build(run, summary, student, picked)


def _worst(
    run: RunDirectory, summary: CheckSummary, student: str
) -> dict[tuple[str, str], list[tuple[float, str]]]:
    """Magnitude and id of the worst violations by relation and part, the worst first: enough to
    find a few of different sources among them.
    """
    of_one_source = max(_per_source(summary), 1)
    found: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for group in run.open_table(VIOLATIONS).groups():
        violated = group.filter(pc.and_(group["violated"], pc.equal(group["student"], student)))
        for row in violated.to_pylist():
            found.setdefault((row["relation"], row["part"]), []).append(
                (row["magnitude"], row["id"])
            )
        for place, rows in found.items():
            kept = (max(_PER_RELATION.values()) - 1) * of_one_source + 1
            # Of equal ones the first stays first.
            found[place] = sorted(rows, key=lambda row: -row[0])[:kept]
    return found


def _per_source(summary: CheckSummary) -> int:
    """Follow-ups that one source may have."""
    found = summary.variants.transformations
    return cast("int", summary.config["variants"]) * len(found)


def _build(
    run: RunDirectory,
    summary: CheckSummary,
    student: str,
    picked: list[tuple[str, Part, str, float]],
) -> list[Counterexample]:
    models = {TEACHER: TEACHER, ONLY_STUDENT: student}
    wanted = {name for _, _, name, _ in picked}
    predictions = {(row["part"], row["id"]): row for row in _rows(run, PREDICTIONS, wanted)}
    sources = {row["source_id"] for row in predictions.values()}
    on_sources = {
        row["id"]: row for row in _rows(run, PREDICTIONS, sources) if row["part"] == Part.SOURCES
    }
    examples = {row["id"]: row for row in _rows(run, EXAMPLES, sources)}
    variants = {row["id"]: row for row in _rows(run, VARIANTS, wanted)}
    found = []
    for relation, part, name, magnitude in picked:
        follow_up = part is Part.FOLLOW_UPS
        prediction = predictions[part, name]
        source = prediction["source_id"]
        label = prediction["label"]
        texts = examples[source]["programs"]
        changed = variants[name]["programs"] if follow_up else texts
        found.append(
            Counterexample(
                relation,
                part,
                name,
                None if label is None else summary.labels[label],
                magnitude,
                {role: prediction[name] for role, name in models.items()},
                {role: on_sources[source][name] for role, name in models.items()}
                if follow_up
                else {},
                shown_programs(texts, changed, follow_up),
                variants[name]["transformation"] if follow_up else None,
            )
        )
    return found


def _rows(
    run: RunDirectory, name: str, ids: set[str], columns: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """The rows of a table with these ids."""
    wanted = pa.array(sorted(ids), pa.string())
    return [
        row
        for group in run.open_table(name).groups(columns)
        for row in group.filter(pc.is_in(group["id"], value_set=wanted)).to_pylist()
    ]


def shown_programs(
    texts: Sequence[str], variants: Sequence[str], follow_up: bool
) -> list[ShownProgram]:
    """The programs of an input; of a follow-up, with the lines that differ from its source."""
    places = _PLACES if len(texts) > 1 else ("",)
    shown = []
    for place, old, new in zip(places, texts, variants, strict=True):
        change = ""
        if follow_up and len(texts) > 1:
            change = ", unchanged" if old == new else ", changed"
        shown.append(ShownProgram(f"{place}{change}", _shorten(old), _diff(old, new)))
    return shown


def _diff(old: str, new: str) -> list[DiffRow]:
    """Source and variant side by side from the first change on, wherever that is."""
    if old == new:
        return []
    left, right = old.splitlines(keepends=True), new.splitlines(keepends=True)
    equal = 0
    while equal < min(len(left), len(right)) and left[equal] == right[equal]:
        equal += 1
    skipped = max(equal - _LINES_BEFORE, 0)
    rows = side_by_side(_shorten("".join(left[skipped:])), _shorten("".join(right[skipped:])))
    moved = [
        row._replace(
            left_number=row.left_number and row.left_number + skipped,
            right_number=row.right_number and row.right_number + skipped,
        )
        for row in rows
    ]
    return [row._replace(gap=row.gap + skipped) for row in moved[:1]] + moved[1:]


def _shorten(text: str) -> str:
    if len(text) <= _MAX_CHARACTERS:
        return text
    return text[:_MAX_CHARACTERS] + f"\n... ({len(text) - _MAX_CHARACTERS} more characters)"
