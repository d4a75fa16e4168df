"""The page of a comparison of two finished checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report import comparison
from metacompress.report.pages.frame import Section, render_page

if TYPE_CHECKING:
    from metacompress.study.check.readings.comparison import Comparison


def comparison_page(found: Comparison) -> str:
    """Render the page of a comparison."""
    from markupsafe import Markup

    from metacompress.report.charts.comparison import differences_chart
    from metacompress.report.charts.vector import unique_ids

    return render_page(
        f"{found.second.student} beside {found.first.student}",
        "Verdict",
        "comparison/head.html.j2",
        [Section("relations", "Relations", "comparison/relations.html.j2")],
        found=found,
        comparing=comparison,
        chart=Markup(unique_ids(differences_chart(found), "differences")),
    )
