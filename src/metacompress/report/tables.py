"""Tables that fit their terminal: what is least needed is left out, and nothing is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.measure import Measurement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console
    from rich.table import Table

_UNLIMITED = 10_000


def widest(console: Console, tables: Iterable[Table]) -> Table:
    """The first table that fits; the last one if none does."""
    unlimited = console.options.update_width(_UNLIMITED)
    for table in tables:
        if Measurement.get(console, unlimited, table).maximum <= console.width:
            break
    return table


def hundredths(share: float | None) -> str:
    """A share in [0, 1] in percent, with two digits."""
    return "–" if share is None else f"{100 * share:.2f}"
