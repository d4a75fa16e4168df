"""The page of a finished compression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.pages.frame import Pictures, Section, render_page

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
        Section("settings", "Settings", "compression/settings.html.j2"),
    ]
    shown = {"front": bool(summary.front), "trials": bool(summary.trials)}
    return render_page(
        run.path.name,
        "Result",
        "compression/head.html.j2",
        [one for one in sections if shown.get(one.id, True)],
        summary=summary,
        chart=None if chart is None else Pictures().place(chart),
    )
