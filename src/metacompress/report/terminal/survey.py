"""A check that asked the student first, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from metacompress.report.tables.fitting import hundredths, verdict_cell
from metacompress.report.wording import level, student_headline
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from metacompress.study.check.survey.summary import StudentFirstSummary


def print_survey(summary: StudentFirstSummary) -> None:
    """Print the verdicts with their confidence sequences, and how often the teacher was asked."""
    console = make_console()
    for part, found in summary.parts.items():
        table = Table(
            title=f"{part.words}: teacher asked {found.asked:,} of {found.inputs:,}",
            title_justify="left",
            box=SIMPLE_HEAD,
            padding=(0, 1, 0, 0),
        )
        table.add_column("relation", no_wrap=True)
        for column in ("rate %", f"{level(summary.confidence)} sequence", "≤ %", "asked"):
            table.add_column(column, justify="right", no_wrap=True)
        table.add_column("verdict", no_wrap=True)
        for name, row in found.relations.items():
            table.add_row(
                name,
                hundredths(row.estimate),
                f"{100 * row.low:.2f} – {100 * row.high:.2f}",
                f"{100 * row.tolerance:g}",
                f"{row.decided_at:,}",
                verdict_cell(row.verdict),
            )
        console.print(table)
    if summary.no_part:
        console.print(f"Take no part: {', '.join(summary.no_part)}.")
    console.print(f"{summary.verdict.upper()}  {student_headline(None, summary.verdict)}.")
    console.print("The verdict is about the rates among these inputs, not about others like them.")
