"""Next-token fidelity on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.tables.fidelity import about_programs, fidelity_tables
from metacompress.report.terminal.language_models import print_students

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.report.tables.shown import ShownTable
    from metacompress.study.fidelity.summary import FidelitySummary


def print_fidelity(summary: FidelitySummary, page: Path | None = None) -> None:
    """Print relations, measures and llama.cpp's columns on sources of every student, and verdicts.

    The page has those on variants, too.

    Args:
        summary: of the study.
        page: the file of its report, if there is one.
    """

    def tables(name: str, title: str | None) -> list[ShownTable]:
        student = summary.students[name]
        shown = fidelity_tables(student, title)
        return shown if student.follow_ups is None else shown[:-1]

    print_students(summary, tables, about_programs(summary), page)
