"""The page of a finished compression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.compression.settings import UNUSED, CompressionSettings
from metacompress.report.pages.frame import Pictures, Section, render_page
from metacompress.report.tables.compression import (
    about_student,
    objective_text,
    objective_title,
)
from metacompress.runs.run_files import ENVIRONMENT
from metacompress.settings.command_line import command_line

if TYPE_CHECKING:
    from metacompress.compression.summary import CompressSummary
    from metacompress.runs.run_directory import RunDirectory


def compression_page(run: RunDirectory, summary: CompressSummary) -> str:
    """Render the page of a finished compression."""
    from metacompress.report.charts.compression import front_chart

    chart = front_chart(summary)
    sections = [
        Section("students", "Students of the chosen configuration", "compression/students.html.j2"),
        Section("front", "Pareto front", "compression/front.html.j2"),
        Section("trials", "Configurations tried", "compression/trials.html.j2"),
        Section("provenance", "How to make it again", "provenance.html.j2"),
    ]
    shown = {"front": bool(summary.front), "trials": bool(summary.trials)}
    return render_page(
        run.name,
        "Result",
        "compression/head.html.j2",
        [one for one in sections if shown.get(one.id, True)],
        summary=summary,
        about_student=about_student(summary),
        objective_title=objective_title,
        objective_text=objective_text,
        command=_command(run, summary),
        config=summary.settings,
        # Compressions of earlier versions kept none.
        environment=run.read_json(ENVIRONMENT) if run.has(ENVIRONMENT) else None,
        fingerprints={},
        chart=None if chart is None else Pictures().place(chart),
    )


def _command(run: RunDirectory, summary: CompressSummary) -> str:
    """The technique is a command of its own, and no settings name the directory."""
    settings = {**summary.settings, "technique": None, "out": str(run.path)}
    command = f"compress {summary.technique}"
    return command_line(CompressionSettings, settings, command, UNUSED[summary.technique])
