"""The page of a comparison of two finished checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report import comparison
from metacompress.report.pages.frame import Pictures, Section, render_page
from metacompress.settings.command_line import command_line
from metacompress.study.check.config import CompareConfig

if TYPE_CHECKING:
    from metacompress.study.check.readings.comparison import ComparedStudent, Comparison


def comparison_page(found: Comparison) -> str:
    """Render the page of a comparison.

    Raises:
        RunDirectoryError: the directory of a check is damaged.
    """
    from metacompress.report.charts.comparison import differences_chart
    from metacompress.report.inputs.compared import compared_inputs

    shown = compared_inputs(found)
    sections = [Section("relations", "Relations", "comparison/relations.html.j2")]
    if shown is not None:
        sections.append(Section("inputs", "All violations", "explorer.html.j2"))
    return render_page(
        f"{found.second.student} beside {found.first.student}",
        "Verdict",
        "comparison/head.html.j2",
        sections,
        shown,
        table_file="violations.parquet",
        found=found,
        command=_command(found),
        comparing=comparison,
        chart=Pictures().place(differences_chart(found)),
    )


def _command(found: Comparison) -> str | None:
    """The command that compares the same runs again; None where they are not known."""
    if found.first.run is None or found.second.run is None:
        return None
    settings = {
        "baseline": _name(found.first),
        "run": _name(found.second),
        "worse_by": found.worse_by,
        "confidence": found.confidence,
    }
    return command_line(CompareConfig, settings, "compare")


def _name(one: ComparedStudent) -> str:
    return f"{one.run}#{one.student}"
