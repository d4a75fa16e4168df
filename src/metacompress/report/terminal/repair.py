"""A repair on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from metacompress.report.tables.fitting import verdict_headline
from metacompress.report.tables.repair import costs, made, proof_rows, proofs, repair_headline
from metacompress.report.tables.shown import ShownTable
from metacompress.report.terminal.place import print_place
from metacompress.report.terminal.warnings import print_warnings
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.repairing.summary import Proof, RepairSummary

_FILE_WIDTH = 120
# The page and --json have the others.
_PRINTED = (
    "prediction-agreement",
    "distribution-similarity",
    "new-disagreement",
    "invariance-inheritance",
    "accuracy",
)


def print_repair(summary: RepairSummary, page: Path | None = None) -> None:
    """Print the proof row by row, the cost and the verdict; and the file of the page."""
    console = make_console(file_width=_FILE_WIDTH)
    print_warnings(console, summary.warnings)
    for proof in proofs(summary):
        _table(proof).print(console)
    for line in (*made(summary), *costs(summary)):
        console.print(line)
    if summary.repaired is not None and summary.run is not None:
        console.print(f"Student: {summary.run / summary.repaired}", soft_wrap=True)
    print_place(console, page)
    console.print(Text.assemble(verdict_headline(summary.verdict), f"  {repair_headline(summary)}"))


def _table(proof: Proof) -> ShownTable:
    table = ShownTable(
        f"{proof.after} beside {proof.before}, {proof.sources} held-out sources",
        ["relation", "inputs"],
        ["before %", "after %", "points", "interval"],
        ["points"],
    )
    for cells in proof_rows(proof):
        if cells[0] in _PRINTED:
            table.add_row(*cells)
    return table
