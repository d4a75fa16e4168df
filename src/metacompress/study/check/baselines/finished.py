"""A finished check, read back from its run directory: what each model answered to which input."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metacompress.data.part import Part
from metacompress.errors import RunDirectoryError, UsageError
from metacompress.files.ownership import read_marker
from metacompress.models.classifier import Predictions
from metacompress.runs.place import run_and_student
from metacompress.runs.run_directory import RunDirectory
from metacompress.study.check import predicting
from metacompress.study.check.kind import CHECK
from metacompress.study.check.predicting import Answered
from metacompress.study.check.sources import EXAMPLES, examples_of
from metacompress.study.check.summary import read_check
from metacompress.study.players import TEACHER
from metacompress.variants.table import TABLE as VARIANTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.study.check.summary import CheckSummary


@dataclass(frozen=True, slots=True)
class FinishedCheck:
    """A check, and the student of it that is compared.

    Attributes:
        path: run directory.
        student: its name.
        summary: of the check.
        parts: answers of at least the teacher and the student.
        kinds: the transformation of each follow-up.
    """

    path: Path
    student: str
    summary: CheckSummary
    parts: Mapping[Part, Answered]
    kinds: Sequence[str]


def read_finished_summary(place: str) -> tuple[CheckSummary, str]:
    """The summary of a finished check, and the name of the student that ``place`` chooses.

    Raises:
        RunDirectoryError: the run is not a finished check of this version.
        UsageError: it has no such student, or several and none is chosen.
    """
    path, name = run_and_student(place)
    kind = read_marker(path)
    if path.is_dir() and kind != CHECK.name:
        held = f"a run of the kind {kind}" if kind else "no run"
        raise RunDirectoryError(
            f"{path}: holds {held}; name the directory of a finished check", path=path
        )
    summary = read_check(RunDirectory.existing(path))
    students = ", ".join(summary.students)
    if name is None and len(summary.students) > 1:
        raise UsageError(
            f"{path}: this check has several students; choose one: {path}#NAME, NAME one of "
            f"{students}",
            option="baseline",
        )
    if name is not None and name not in summary.students:
        raise UsageError(
            f"{path}: has no student called {name}; its students: {students}", option="baseline"
        )
    return summary, name or next(iter(summary.students))


def read_finished(place: str) -> FinishedCheck:
    """Read a finished check; loads no model.

    Args:
        place: the run directory, or ``RUN#NAME`` for one of several students.

    Raises:
        RunDirectoryError: there is no finished check of this version, or it is damaged.
        UsageError: it has no such student, or several and none is chosen.
    """
    summary, student = read_finished_summary(place)
    path, _ = run_and_student(place)
    run = RunDirectory(path)
    tables = {name: run.read_table(name) for name in (EXAMPLES, VARIANTS, predicting.TABLE)}
    try:
        return _assembled(path, student, summary, tables)
    except (KeyError, ValueError, pa.ArrowException) as error:
        raise RunDirectoryError(
            f"{path}: its tables are not what this version writes ({error}); make it again with "
            f"--overwrite",
            path=path,
        ) from error


def _assembled(
    path: Path, student: str, summary: CheckSummary, tables: Mapping[str, pa.Table]
) -> FinishedCheck:
    sources = examples_of(tables[EXAMPLES])
    made = tables[VARIANTS].filter(pc.is_null(tables[VARIANTS]["refusal"]))
    row_of = {example.id: row for row, example in enumerate(sources)}
    rows = np.array([row_of[one] for one in made["source_id"].to_pylist()], dtype=np.intp)
    follow_ups = [
        replace(sources[row].with_texts(texts), id=name)
        for row, texts, name in zip(
            rows, made["programs"].to_pylist(), made["id"].to_pylist(), strict=True
        )
    ]
    predictions = tables[predicting.TABLE]
    parts = {
        part: _answered(
            predictions, part, examples, source_rows, (TEACHER, student), len(summary.labels)
        )
        for part, examples, source_rows in (
            (Part.SOURCES, sources, np.arange(len(sources))),
            (Part.FOLLOW_UPS, follow_ups, rows),
        )
    }
    return FinishedCheck(path, student, summary, parts, made["transformation"].to_pylist())


def _answered(
    predictions: pa.Table,
    part: Part,
    examples: Sequence[Example],
    source_rows: NDArray[np.intp],
    models: Sequence[str],
    classes: int,
) -> Answered:
    table = predictions.filter(pc.equal(predictions["part"], str(part)))
    if table["id"].to_pylist() != [example.id for example in examples]:
        raise ValueError(f"{predicting.TABLE} holds other {part.words} than there are")
    n = len(examples)
    answers, identical = {}, {}
    for name in models:
        answers[name] = Predictions(
            np.array(table[name].to_pylist(), dtype=np.float64).reshape(n, classes),
            np.array(table[f"{name}_truncated"].to_pylist(), dtype=np.bool_),
            read=np.zeros(n, dtype=np.uint64),
            unknown=np.full(n, np.nan),
        )
        identical[name] = np.array(table[f"{name}_identical"].to_pylist(), dtype=np.bool_)
    return Answered(examples, answers, source_rows, identical)
