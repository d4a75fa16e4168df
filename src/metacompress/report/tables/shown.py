"""Tables of words and numbers, the same on the terminal and on the page."""

from __future__ import annotations

from itertools import chain, compress
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from metacompress.report.tables.fitting import widest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console


class ShownTable:
    """Rows under a title.

    Attributes:
        title, texts, numbers: as given.
        rows: cells, of words and then of numbers.

    Args:
        title: above them.
        texts: columns of words, at the left.
        numbers: columns of numbers.
        expendable: columns that a narrow terminal does without, the least needed first.
        broken: columns of words that may take several lines.
    """

    def __init__(
        self,
        title: str,
        texts: list[str],
        numbers: list[str],
        expendable: Sequence[str] = (),
        broken: Sequence[str] = (),
    ) -> None:
        self.title = title
        self.texts, self.numbers = texts, numbers
        self._expendable, self._broken = tuple(expendable), frozenset(broken)
        self.rows: list[tuple[str, ...]] = []

    def add_row(self, *cells: str) -> None:
        """Add a row: words, then numbers."""
        self.rows.append(cells)

    def print(self, console: Console) -> None:
        """Print it, without what a narrow terminal has no room for.

        Where even the others do not fit, cells take several lines: no figure is cut off.
        """
        most = len(self._expendable)
        on_lines = (self._without(count) for count in range(most + 1))
        console.print(widest(console, chain(on_lines, [self._without(most, folded=True)])))

    def _without(self, count: int, *, folded: bool = False) -> Table:
        left_out = self._expendable[:count]
        table = Table(
            title=self.title,
            title_justify="left",
            title_style="bold",
            box=SIMPLE_HEAD,
            padding=(0, 1, 0, 0),
        )
        columns = (*self.texts, *self.numbers)
        shown = [name not in left_out for name in columns]
        for name in compress(columns, shown):
            breaks = folded or name in self._broken
            table.add_column(
                name,
                justify="left" if name in self.texts else "right",
                no_wrap=not breaks,
                overflow="fold" if breaks else "ellipsis",
            )
        for row in self.rows:
            table.add_row(*compress(row, shown))
        return table
