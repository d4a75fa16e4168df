"""Tables that fit their terminal: what is least needed is left out, and nothing is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.measure import Measurement
from rich.text import Text

from metacompress.data.part import Part
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console
    from rich.table import Table

SHORT_PARTS = {Part.SOURCES: "source", Part.FOLLOW_UPS: "follow-up"}
"""Parts in a column of a table."""

_UNLIMITED = 10_000
_STYLES = {
    Verdict.PASS: "bold green",
    Verdict.FAIL: "bold red",
    Verdict.UNDECIDED: "bold yellow",
}


def widest(console: Console, tables: Iterable[Table]) -> Table:
    """The first table that fits; the last one if none does."""
    unlimited = console.options.update_width(_UNLIMITED)
    for table in tables:
        if Measurement.get(console, unlimited, table).maximum <= console.width:
            break
    return table


def hundredths(share: float | None) -> str:
    """A share in [0, 1] in percent, with two digits."""
    return "–" if share is None else f"{100 * share:z.2f}"


def verdict_cell(verdict: Verdict | None) -> Text:
    """A verdict in its colour; a dash where there is none."""
    return Text("–") if verdict is None else Text(verdict, style=_STYLES[verdict])


def verdict_headline(verdict: Verdict) -> Text:
    """A verdict in capitals, in its colour."""
    return Text(verdict.upper(), style=_STYLES[verdict])
