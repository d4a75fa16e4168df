"""The page of a finished study of completions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.pages.language_models import students_page
from metacompress.report.tables.completions import (
    about_completions,
    about_model,
    completions_tables,
)
from metacompress.study.completions.config import CompletionsConfig

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.completions.summary import CompletionsSummary


def completions_page(run: RunDirectory, summary: CompletionsSummary) -> str:
    """Render the page of a finished study of completions.

    Raises:
        RunDirectoryError: the directory lacks a file or holds a damaged one.
    """
    tables = {name: completions_tables(student) for name, student in summary.students.items()}
    return students_page(
        run,
        summary,
        CompletionsConfig,
        "completions",
        tables=tables,
        about=about_completions(summary),
        models={name: about_model(model) for name, model in summary.models.items()},
    )
