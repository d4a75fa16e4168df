"""A finished study of next-token fidelity, by token or by bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.pages.fidelity import finished_page
from metacompress.report.renderer import Renderer
from metacompress.report.terminal.fidelity import print_fidelity
from metacompress.report.terminal.likelihood import print_likelihood
from metacompress.runs.run_files import SUMMARY
from metacompress.study.fidelity.finished import read_finished
from metacompress.study.fidelity.summary import FidelitySummary

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.study.fidelity.likelihood_summary import LikelihoodSummary


def show_finished(summary: FidelitySummary | LikelihoodSummary, page: Path | None = None) -> None:
    """Print a summary of either form."""
    if isinstance(summary, FidelitySummary):
        print_fidelity(summary, page)
    else:
        print_likelihood(summary, page)


RENDERER = Renderer(SUMMARY, read_finished, show_finished, finished_page)
