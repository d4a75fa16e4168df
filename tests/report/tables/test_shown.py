from __future__ import annotations

import io
from typing import TYPE_CHECKING

from repairs import accuracy, repair_summary
from rich.console import Console

from metacompress.report.tables.shown import ShownTable
from metacompress.report.terminal import repair

if TYPE_CHECKING:
    import pytest


def printed(table: ShownTable, width: int) -> str:
    written = io.StringIO()
    table.print(Console(file=written, width=width, color_system=None))
    return written.getvalue()


def test_a_terminal_too_narrow_for_any_choice_of_columns_cuts_no_figure_off() -> None:
    table = ShownTable("Rates", ["relation", "inputs"], ["value %", "interval"], ["value %"])
    table.add_row("completion-invariance-inheritance", "follow-up", "12.34", "54.07 – 100.00")
    assert "12.34" in printed(table, 80)
    for width in (60, 50, 40):
        shown = printed(table, width)
        assert "12.34" not in shown
        assert "…" not in shown
        assert {"54.07", "100.00"} <= set(shown.split())


def test_rows_of_a_proof_are_told_apart_on_a_narrow_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = io.StringIO()
    console = Console(file=written, width=50, force_terminal=True, color_system=None)
    monkeypatch.setattr(repair, "make_console", lambda **_: console)
    repair.print_repair(repair_summary(accuracies=accuracy(-0.05, 0.03)))
    shown = written.getvalue()
    assert "trained" in shown.split("Sources:")[0]
    assert "…" not in shown
