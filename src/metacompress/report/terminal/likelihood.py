"""Bits per byte of language models on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.tables.likelihood import NO_VERDICT, likelihood_table
from metacompress.report.terminal.place import print_place
from metacompress.report.terminal.warnings import print_warnings
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.study.fidelity.likelihood_summary import LikelihoodSummary

# Of what is not a terminal, where nothing wraps.
_FILE_WIDTH = 120


def print_likelihood(summary: LikelihoodSummary, page: Path | None = None) -> None:
    """Print bits per byte of every student beside its teacher.

    Args:
        summary: of the study.
        page: the file of its report, if there is one.
    """
    console = make_console(file_width=_FILE_WIDTH)
    print_warnings(console, summary.warnings)
    likelihood_table(summary).print(console)
    console.print(NO_VERDICT)
    print_place(console, page)
