"""The page of a comparison of two finished checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report import comparison
from metacompress.report.pages.frame import Pictures, Section, render_page

if TYPE_CHECKING:
    from metacompress.study.check.readings.comparison import Comparison


def comparison_page(found: Comparison) -> str:
    """Render the page of a comparison."""
    from metacompress.report.charts.comparison import differences_chart

    return render_page(
        f"{found.second.student} beside {found.first.student}",
        "Verdict",
        "comparison/head.html.j2",
        [Section("relations", "Relations", "comparison/relations.html.j2")],
        found=found,
        comparing=comparison,
        chart=Pictures().place(differences_chart(found)),
    )
