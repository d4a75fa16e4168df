"""Completions on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.tables.completions import about_completions, completions_tables
from metacompress.report.terminal.language_models import print_students

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.study.completions.summary import (
        CompletionsSummary,
    )


def print_completions(summary: CompletionsSummary, page: Path | None = None) -> None:
    """Print relations and figures of every student, and verdicts.

    Args:
        summary: of the study.
        page: the file of its report, if there is one.
    """
    print_students(
        summary,
        lambda name, title: completions_tables(summary.students[name], title),
        about_completions(summary),
        page,
    )
