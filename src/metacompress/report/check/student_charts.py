"""The charts of one student, by name, from the tables of a run directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from metacompress.data.part import Part
from metacompress.report.charts.confidence import (
    agreement_chart,
    reliability_chart,
    risk_coverage_chart,
)
from metacompress.report.charts.curves import curve_chart
from metacompress.report.charts.drawing import STUDENT_COLOUR, TEACHER_COLOUR
from metacompress.report.charts.layers import fall_chart, similarity_chart
from metacompress.report.charts.relations import rates_chart
from metacompress.report.charts.sequence import IntervalPath, sequence_chart
from metacompress.settings.task import task_of
from metacompress.study.check.sequential.decisions import TABLE as SEQUENCE
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa
    from numpy.typing import NDArray

    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.check.predictions_table import StoredAnswers
    from metacompress.study.check.summary import CheckSummary, StudentSummary

# Of a reliability diagram, where no relation says how many.
_BINS = 15


def student_charts(
    run: RunDirectory,
    summary: CheckSummary,
    student: str,
    predictions: Mapping[Part, StoredAnswers],
) -> Iterator[tuple[str, str]]:
    """Draw the charts of a student: names and SVG text.

    Args:
        run: where the other tables are.
        summary: of the check.
        student: name of the student.
        predictions: of teacher and student.

    Raises:
        RunDirectoryError: the directory lacks a table or holds a damaged one.
    """
    found = summary.students[student]
    yield "rates", rates_chart(found.relations)
    yield from _curves(run, student, found)
    if summary.sequence is not None:
        yield from _sequences(run, summary, student, found)
    if found.representations is not None:
        cka = {part: table.cka for part, table in found.representations.tables.items()}
        yield "layers", similarity_chart(cka[Part.SOURCES])
        yield "layers-fall", fall_chart(cka[Part.SOURCES], cka[Part.FOLLOW_UPS])
    positive = task_of(summary.task, summary.config).positive
    for part, answered in predictions.items():
        labels = answered.labels
        if not len(labels):
            continue
        chosen = {name: answered.answers[name].probabilities for name in (TEACHER, student)}
        yield (
            f"agreement-{part}",
            agreement_chart(chosen[TEACHER], chosen[student], positive, summary.labels[positive]),
        )
        if (labels >= 0).any():
            yield f"risk-{part}", risk_coverage_chart(chosen, labels)


def model_charts(
    summary: CheckSummary, predictions: Mapping[Part, StoredAnswers]
) -> Iterator[tuple[str, str]]:
    """Draw the charts of single models, the teacher first: names and SVG text."""
    for part, answered in predictions.items():
        labels = answered.labels
        if not (labels >= 0).any():
            continue
        for name in (TEACHER, *summary.students):
            colour = TEACHER_COLOUR if name == TEACHER else STUDENT_COLOUR
            p = answered.answers[name].probabilities
            yield f"reliability-{name}-{part}", reliability_chart(name, p, labels, _BINS, colour)


def _curves(run: RunDirectory, student: str, found: StudentSummary) -> Iterator[tuple[str, str]]:
    curves = run.read_table("curves.parquet")
    curves = curves.filter(pc.equal(curves["student"], student))
    for name, relation in found.relations.items():
        of_relation = curves.filter(pc.equal(curves["relation"], name))
        if len(of_relation):
            parameter = of_relation["parameter"][0].as_py()
            yield (
                f"curve-{name}",
                curve_chart(name, _by_part(of_relation), parameter, relation.constant(parameter)),
            )


def _by_part(curves: pa.Table) -> dict[Part, dict[str, NDArray[np.float64]]]:
    parts: dict[Part, dict[str, NDArray[np.float64]]] = {}
    for part in Part:
        rows = curves.filter(pc.equal(curves["part"], part))
        if len(rows):
            columns = ("threshold", "violations", "n")
            parts[part] = {c: rows[c].to_numpy().astype(np.float64) for c in columns}
    return parts


def _sequences(
    run: RunDirectory, summary: CheckSummary, student: str, found: StudentSummary
) -> Iterator[tuple[str, str]]:
    table = run.read_table(SEQUENCE)
    table = table.filter(pc.equal(table["student"], student))
    decided = summary.sequence.students[student].rows if summary.sequence else {}
    for name, relation in found.relations.items():
        for part, judged in relation.parts():
            rows = table.filter(
                pc.and_(pc.equal(table["relation"], name), pc.equal(table["part"], str(part)))
            )
            if len(rows):
                path = IntervalPath(*(rows[c].to_numpy() for c in ("sources", "low", "high")))
                yield (
                    f"sequence-{name}-{part}",
                    sequence_chart(name, part, path, decided[name][part], judged),
                )
