"""Bits per byte of language models, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.tables.fitting import SHORT_PARTS
from metacompress.report.tables.levels import ends_text, number_text
from metacompress.report.tables.shown import ShownTable

if TYPE_CHECKING:
    from metacompress.study.fidelity.likelihood_summary import LikelihoodSummary

NO_VERDICT = (
    "Bits per byte tell how likely models find the same texts; there is no verdict on them."
)


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
