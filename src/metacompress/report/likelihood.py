"""Bits per byte of language models: a table for the terminal and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.data.part import Part
from metacompress.report.shown_table import ShownTable
from metacompress.report.tables import SHORT_PARTS
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.study.fidelity.likelihood_summary import LikelihoodSummary
    from metacompress.study.levels import Level

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
    console = make_console()
    if not console.is_terminal:
        console.width = max(console.width, _FILE_WIDTH)
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
        parts = ((Part.SOURCES, student.sources), (Part.FOLLOW_UPS, student.follow_ups))
        for part, found in parts:
            if found is None:
                continue
            table.add_row(
                name,
                SHORT_PARTS[part],
                f"{found.lines:,}",
                _number(found.teacher.value),
                _number(found.student.value),
                _number(found.difference.value),
                _ends(found.difference),
                _number(found.line_difference.p95.value),
                _number(found.correlation),
            )
    return table


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"


def _ends(level: Level) -> str:
    if level.low is None or level.high is None:
        return "–"
    return f"{_number(level.low)} – {_number(level.high)}"
