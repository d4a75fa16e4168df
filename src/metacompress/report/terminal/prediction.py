"""The scores of one model on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from metacompress.report.terminal.warnings import print_warnings
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from metacompress.study.prediction_summary import PredictSummary


def print_scores(summary: PredictSummary) -> None:
    """Print the scores of one model."""
    console = make_console()
    print_warnings(console, summary.warnings)
    table = Table(box=None, show_header=False)
    shown = ("n", "accuracy", "precision", "recall", "f1", "mcc", "mean_confidence", "ece")
    for name in (*shown, "truncated", "quarantined"):
        value = getattr(summary, name)
        text = f"{value:.4f}" if isinstance(value, float) else str(value)
        table.add_row(name.replace("_", " "), text)
    console.print(table)
    if summary.out:
        console.print(f"Predictions: {summary.out}", soft_wrap=True)
