"""The page of a finished study of next-token fidelity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.pages.frame import Section, render_page
from metacompress.report.pages.language_models import students_page
from metacompress.report.tables.fidelity import about_programs, fidelity_tables
from metacompress.report.tables.likelihood import NO_VERDICT, likelihood_table
from metacompress.report.wording import level
from metacompress.runs.run_files import ENVIRONMENT
from metacompress.settings.command_line import command_line
from metacompress.study.fidelity.config import FidelityConfig
from metacompress.study.fidelity.summary import FidelitySummary

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.fidelity.likelihood_summary import LikelihoodSummary


def finished_page(run: RunDirectory, summary: FidelitySummary | LikelihoodSummary) -> str:
    """Render the page of a finished study, by token or by bytes.

    Raises:
        RunDirectoryError: the directory lacks a file or holds a damaged one.
    """
    if isinstance(summary, FidelitySummary):
        return fidelity_page(run, summary)
    return likelihood_page(run, summary)


def likelihood_page(run: RunDirectory, summary: LikelihoodSummary) -> str:
    """Render the page of a finished comparison by bits per byte; see ``finished_page``."""
    return render_page(
        run.name,
        "Result",
        "fidelity/likelihood.html.j2",
        [
            Section("students", "Students", "fidelity/likelihood_table.html.j2"),
            Section("provenance", "How to make it again", "provenance.html.j2"),
        ],
        summary=summary,
        no_verdict=NO_VERDICT,
        table=likelihood_table(summary),
        level=level(summary.confidence),
        environment=run.read_json(ENVIRONMENT),
        command=command_line(FidelityConfig, summary.config, "fidelity"),
        config=summary.config,
        fingerprints=summary.fingerprints,
    )


def fidelity_page(run: RunDirectory, summary: FidelitySummary) -> str:
    """Render the page of a finished study of next-token fidelity.

    Raises:
        RunDirectoryError: the directory lacks a file or holds a damaged one.
    """
    tables = {name: fidelity_tables(student) for name, student in summary.students.items()}
    return students_page(
        run,
        summary,
        FidelityConfig,
        "fidelity",
        tables=tables,
        about=about_programs(summary),
        models={name: model.spec for name, model in summary.models.items()},
        validity="fidelity/validity.html.j2",
    )
