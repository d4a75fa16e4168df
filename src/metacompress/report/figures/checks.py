"""Figures of finished checks: relations of students, and scores of models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.data.part import Part
from metacompress.errors import UsageError
from metacompress.registry import close_names
from metacompress.report.figures.matrix import Cell, Matrix
from metacompress.report.wording import level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.study.check.summary import CheckSummary, StudentSummary

_SCORES = ("accuracy", "f1", "mean_confidence", "ece")
_TITLES = {"f1": "F1", "mean_confidence": "mean confidence", "ece": "ECE"}


def relations_matrix(
    checks: Mapping[str, CheckSummary], relations: Sequence[str] = (), *, verdicts: bool = False
) -> Matrix:
    """A row per student, a column per relation and part.

    Args:
        checks: summaries by the name of their run.
        relations: which ones, in this order; all by default.
        verdicts: keep the verdict of each value.

    Raises:
        UsageError: no check has one of ``relations``.
    """
    students = _students(checks)
    every = dict.fromkeys(name for one in students.values() for name in one.relations)
    for name in relations:
        if name not in every:
            close = close_names(name, list(every))
            hint = f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(every)}"
            raise UsageError(f"no check has the relation {name!r}; {hint}", option="relations")
    found = {
        name: {
            (relation, part): Cell(
                judged.value, judged.low, judged.high, judged.verdict if verdicts else None
            )
            for relation, one in student.relations.items()
            for part, judged in one.parts()
            if judged.verdict is not None
        }
        for name, student in students.items()
    }
    differences = [
        name
        for name in every
        if any(
            not one.is_rate
            for student in students.values()
            if name in student.relations
            for _, one in student.relations[name].parts()
        )
    ]
    of_others = f", of {', '.join(differences)} differences in points" if differences else ""
    columns = [
        (relation, part)
        for relation in relations or every
        for part in Part
        if any((relation, part) in cells for cells in found.values())
    ]
    judged = [
        one
        for student in students.values()
        for of in student.relations.values()
        for _, one in of.parts()
    ]
    levels = sorted({level(one.confidence) for one in judged})
    return Matrix(
        "student",
        [(relation, part.words) for relation, part in columns],
        [(name, [cells.get(column) for column in columns]) for name, cells in found.items()],
        [f"Violation rates in percent{of_others}; in brackets {' and '.join(levels)} intervals."],
    )


def scores_matrix(checks: Mapping[str, CheckSummary]) -> Matrix:
    """A row per model and part, a column per score."""
    rows = [
        (
            f"{_label(run, name, checks)}, {scores.inputs:,} {part.words}",
            [
                *(Cell(getattr(scores, one), is_share=one != "ece") for one in _SCORES),
                Cell(scores.truncated / max(scores.inputs, 1)),
            ],
        )
        for run, check in checks.items()
        for name, model in check.models.items()
        for part, scores in model.parts()
    ]
    titles = [_TITLES.get(one, one) for one in _SCORES]
    return Matrix(
        "model",
        [(title,) for title in (*titles, "longer than the window")],
        rows,
        ["In percent, but for the expected calibration error (ECE)."],
    )


def _students(checks: Mapping[str, CheckSummary]) -> dict[str, StudentSummary]:
    """Students by the name that tells them apart: of one student per run, that of the run."""
    return {
        _label(run, name, checks): student
        for run, check in checks.items()
        for name, student in check.students.items()
    }


def _label(run: str, name: str, checks: Mapping[str, CheckSummary]) -> str:
    if len(checks) == 1:
        return name
    only = len(checks[run].students) == 1 and name in checks[run].students
    return run if only else f"{run}: {name}"
