"""The page of a finished study of language models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.pages.frame import Section, render_page
from metacompress.report.wording import level, student_headline
from metacompress.runs.run_files import ENVIRONMENT
from metacompress.settings.command_line import command_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.report.tables.shown import ShownTable
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.completions.summary import CompletionsSummary
    from metacompress.study.fidelity.summary import FidelitySummary
    from metacompress.study.language_models.settings import LanguageModelSettings


def students_page(
    run: RunDirectory,
    summary: CompletionsSummary | FidelitySummary,
    config: type[LanguageModelSettings],
    command: str,
    *,
    tables: Mapping[str, Sequence[ShownTable]],
    about: str,
    models: Mapping[str, str],
    validity: str = "made_variants.html.j2",
) -> str:
    """Render the page of a finished study of language models.

    Args:
        run: the run directory.
        summary: of the study.
        config: class of its settings.
        command: that runs it; its templates are in a folder of this name.
        tables: by student.
        about: the programs, in sentences.
        models: what is said of each model, by name.
        validity: template of the section on variants.

    Raises:
        RunDirectoryError: the directory lacks a file or holds a damaged one.
    """
    several = len(summary.students) > 1
    return render_page(
        run.name,
        "Verdict",
        f"{command}/head.html.j2",
        [
            Section(
                "students", "Students" if several else "Student", f"{command}/students.html.j2"
            ),
            Section("validity", "Variants", validity),
            Section("provenance", "How to make it again", "provenance.html.j2"),
        ],
        summary=summary,
        headlines={
            name: student_headline(name if several else None, student.verdict)
            for name, student in summary.students.items()
        },
        tables=tables,
        about_programs=about,
        models=models,
        level=level(summary.confidence),
        environment=run.read_json(ENVIRONMENT),
        command=command_line(config, summary.config, command),
        config=summary.config,
        fingerprints={name: model.fingerprint for name, model in summary.models.items()},
    )
