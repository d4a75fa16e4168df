"""Attacks on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.tables.attacks import attack_tables
from metacompress.report.terminal.place import print_place
from metacompress.report.terminal.warnings import print_warnings
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.study.attack.summary import AttackSummary

# Of what is not a terminal, where nothing wraps.
_FILE_WIDTH = 104


def print_attacks(summary: AttackSummary, page: Path | None = None) -> None:
    """Print the tables of a study of attacks.

    Args:
        summary: of the study.
        page: the file of its report, if there is one.
    """
    console = make_console(file_width=_FILE_WIDTH)
    print_warnings(console, summary.warnings)
    for table in attack_tables(summary):
        table.print(console)
    print_place(console, page, summary.run)
