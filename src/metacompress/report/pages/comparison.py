"""The page of a comparison of two finished checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report import comparison
from metacompress.report.pages.frame import Pictures, Section, render_page

if TYPE_CHECKING:
    from metacompress.study.check.readings.comparison import Comparison


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
        comparing=comparison,
        chart=Pictures().place(differences_chart(found)),
    )
