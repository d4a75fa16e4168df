"""Bits per byte of language models: a table for the terminal and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.levels import ends_text, number_text
from metacompress.report.shown_table import ShownTable
from metacompress.report.tables import SHORT_PARTS
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.study.fidelity.likelihood_summary import LikelihoodSummary

# Of what is not a terminal, where nothing wraps.
_FILE_WIDTH = 120
NO_VERDICT = (
    "Bits per byte tell how likely models find the same texts; there is no verdict on them."
)


def print_likelihood(summary: LikelihoodSummary, page: Path | None = None) -> None:
    """Print bits per byte of every student beside its teacher.

    Args:
        summary: of the study.
        page: the file of its report, if there is one.
    """
    console = make_console(file_width=_FILE_WIDTH)
    likelihood_table(summary).print(console)
    console.print(NO_VERDICT)
    if page is not None:
        console.print(f"Report: {page}", soft_wrap=True)


def likelihood_table(summary: LikelihoodSummary) -> ShownTable:
    """A row per student and part."""
    table = ShownTable(
        "Bits per byte",
        ["student", "inputs"],
        ["lines", "teacher", "student ", "student more by", "interval", "|Δ| of a line, 95 %", "r"],
        ["lines", "r", "|Δ| of a line, 95 %"],
    )
    for name, student in summary.students.items():
        for part, found in student.parts():
            table.add_row(
                name,
                SHORT_PARTS[part],
                f"{found.lines:,}",
                number_text(found.teacher.value),
                number_text(found.student.value),
                number_text(found.difference.value),
                ends_text(found.difference),
                number_text(found.line_difference.p95.value),
                number_text(found.correlation),
            )
    return table
