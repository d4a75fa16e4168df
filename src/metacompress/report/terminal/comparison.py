"""A comparison of two students on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from metacompress.report.comparison import common_sentence, comparison_headline, deciding_rows
from metacompress.report.tables.fitting import (
    SHORT_PARTS,
    hundredths,
    verdict_cell,
    verdict_headline,
    widest,
)
from metacompress.report.terminal.warnings import print_warnings
from metacompress.report.wording import level, points
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from rich.console import Console

    from metacompress.study.check.readings.comparison import ComparedPart, Comparison

# What a narrow terminal does without, the least needed first.
_LEFT_OUT: tuple[tuple[str, ...], ...] = ((), ("values",), ("values", "interval"))


def print_comparison(found: Comparison) -> None:
    """Print a comparison on standard output."""
    console = make_console()
    print_warnings(console, found.second.warnings)
    show_comparison(console, found)


def show_comparison(console: Console, found: Comparison) -> None:
    """Show a comparison: what is to be doubted of the baseline, a row per relation and part, and
    the verdict.
    """
    print_warnings(console, found.baseline_warnings())
    console.print(widest(console, (_table(found, left_out) for left_out in _LEFT_OUT)))
    if any(row.distances for _, _, row in found.rows()):
        console.print("±: values with a sign; the difference is that of their distances from 0.")
    console.print(common_sentence(found))
    verdict = verdict_headline(found.verdict)
    sentence = f"{comparison_headline(found)}. {deciding_rows(found)}".rstrip()
    console.print(Text.assemble(verdict, "  ", sentence))


def _table(found: Comparison, left_out: tuple[str, ...]) -> Table:
    title = f"{found.second.student}, beside the baseline's {found.first.student}"
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("relation", no_wrap=True)
    for heading in ("before %", "this %") if "values" not in left_out else ():
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("differ.", justify="right", no_wrap=True)
    if "interval" not in left_out:
        table.add_column(f"{level(found.confidence)} interval", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    relation = None
    for name, part, row in found.rows():
        if name != relation:
            relation = name
            table.add_row(f"{name} ±" if row.distances else name)
        table.add_row(f"  {SHORT_PARTS[part]}", *_cells(row, left_out))
    return table


def _cells(row: ComparedPart, left_out: tuple[str, ...]) -> list[str | Text]:
    cells: list[str | Text] = []
    if "values" not in left_out:
        cells += [hundredths(row.first), hundredths(row.second)]
    cells.append(points(row.difference))
    if "interval" not in left_out:
        known = row.low is not None and row.high is not None
        cells.append(f"{points(row.low)} to {points(row.high)}" if known else "–")
    cells.append(verdict_cell(row.verdict))
    return cells
