"""The page of a finished study of completions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.completions import about_completions, completions_tables
from metacompress.report.pages.frame import Section, render_page
from metacompress.report.wording import student_headline
from metacompress.runs.run_files import ENVIRONMENT
from metacompress.settings.command_line import command_line
from metacompress.study.completions.config import CompletionsConfig

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.completions.summary import CompletionsSummary


def completions_page(run: RunDirectory, summary: CompletionsSummary) -> str:
    """Render the page of a finished study of completions.

    Raises:
        RunDirectoryError: the directory lacks a file or holds a damaged one.
    """
    several = len(summary.students) > 1
    return render_page(
        run.path.name,
        "Verdict",
        "completions/head.html.j2",
        [
            Section(
                "students", "Students" if several else "Student", "completions/students.html.j2"
            ),
            Section("validity", "Variants", "made_variants.html.j2"),
            Section("provenance", "How to make it again", "provenance.html.j2"),
        ],
        summary=summary,
        headlines={
            name: student_headline(name if several else None, student.verdict)
            for name, student in summary.students.items()
        },
        tables={name: completions_tables(student) for name, student in summary.students.items()},
        about_programs=about_completions(summary),
        level=f"{100 * summary.confidence:g} %",
        environment=run.read_json(ENVIRONMENT),
        command=command_line(CompletionsConfig, summary.config, "completions"),
        config=summary.config,
        fingerprints={name: model.fingerprint for name, model in summary.models.items()},
    )
