"""The page of a finished search for the tensors that carry violations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.pages.frame import Pictures, Section, render_page
from metacompress.report.tables.locate import (
    about_tensors,
    located_headline,
    student_rate,
    swaps_table,
)
from metacompress.report.wording import level
from metacompress.runs.run_files import ENVIRONMENT
from metacompress.settings.command_line import command_line
from metacompress.study.locate.config import LocateConfig

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.locate.summary import LocateSummary

# Rows of the chart: the table has all.
_MOST_DRAWN = 20


def locate_page(run: RunDirectory, summary: LocateSummary) -> str:
    """Render the page of a finished search.

    Raises:
        RunDirectoryError: the directory lacks a file or holds a damaged one.
    """
    from metacompress.report.charts.swaps import swaps_chart

    drawn = (summary.everything, *summary.swaps[:_MOST_DRAWN])
    return render_page(
        run.name,
        "Result",
        "locate/head.html.j2",
        [
            Section("swaps", "Tensors put back", "locate/swaps.html.j2"),
            Section("validity", "Variants", "made_variants.html.j2"),
            Section("provenance", "How to make it again", "provenance.html.j2"),
        ],
        summary=summary,
        headline=located_headline(summary),
        about=about_tensors(summary),
        level=level(summary.confidence),
        chart=Pictures().place(swaps_chart(drawn, student_rate(summary) or 0.0)),
        table=swaps_table(summary),
        environment=run.read_json(ENVIRONMENT),
        command=command_line(LocateConfig, summary.config, "locate"),
        config=summary.config,
        fingerprints=summary.fingerprints,
    )
