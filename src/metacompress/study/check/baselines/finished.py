"""A finished check, read back from its run directory: what each model answered to which input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from metacompress.data.part import Part
from metacompress.errors import RunDirectoryError, UsageError
from metacompress.files.ownership import read_marker
from metacompress.runs.place import run_and_student
from metacompress.runs.run_directory import RunDirectory
from metacompress.study.check.answered import Answered
from metacompress.study.check.kind import CHECK
from metacompress.study.check.predictions_table import TABLE, read_predictions
from metacompress.study.check.sources import EXAMPLES, examples_of
from metacompress.study.check.summary import read_check
from metacompress.study.players import TEACHER
from metacompress.variants.follow_ups import FollowUps
from metacompress.variants.table import TABLE as VARIANTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from metacompress.study.check.summary import CheckSummary


@dataclass(frozen=True, slots=True)
class FinishedCheck:
    """A check, and the student of it that is compared.

    Attributes:
        path: run directory.
        student: its name.
        summary: of the check.
        parts: answers of at least the teacher and the student.
    """

    path: Path
    student: str
    summary: CheckSummary
    parts: Mapping[Part, Answered]


def require_check(path: Path) -> None:
    """Raise RunDirectoryError where a directory is marked as that of another kind of run."""
    kind = read_marker(path)
    if kind not in (None, CHECK.name):
        raise RunDirectoryError(
            f"{path}: holds a run of the kind {kind}; name the directory of a finished check",
            path=path,
        )


def read_finished_summary(place: str) -> tuple[CheckSummary, str]:
    """The summary of a finished check, and the name of the student that ``place`` chooses.

    Raises:
        RunDirectoryError: the run is not a finished check of this version.
        UsageError: it has no such student, or several and none is chosen.
    """
    path, name = run_and_student(place)
    require_check(path)
    if path.is_dir() and read_marker(path) is None:
        raise RunDirectoryError(
            f"{path}: holds no run; name the directory of a finished check", path=path
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
    examples, variants, predictions = map(run.open_table, (EXAMPLES, VARIANTS, TABLE))
    try:
        sources = list(examples_of(examples))
        follow_ups = FollowUps(variants, sources)
        found = read_predictions(predictions, (TEACHER, student))
        parts = {
            Part.SOURCES: Answered.of_sources(sources, found[Part.SOURCES].answers),
            Part.FOLLOW_UPS: Answered.of_follow_ups(
                follow_ups, found[Part.FOLLOW_UPS].answers, found[Part.FOLLOW_UPS].identical
            ),
        }
        for part, read in found.items():
            if not read.ids.equals(parts[part].ids):
                raise ValueError(f"{TABLE} holds other {part.words} than there are")
        return FinishedCheck(path, student, summary, parts)
    except (KeyError, ValueError, pa.ArrowException) as error:
        raise RunDirectoryError(
            f"{path}: its tables are not what this version writes ({error}); make it again with "
            f"--overwrite",
            path=path,
        ) from error
