"""Which tensors carry violations, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.tables.locate import about_tensors, located_headline, swaps_table
from metacompress.report.terminal.place import print_place
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.study.locate.summary import LocateSummary

# Of what is not a terminal, where nothing wraps.
_FILE_WIDTH = 120
# The terminal names those that remove most: all of them are in the summary, and on the page.
_MOST_SHOWN = 15


def print_located(summary: LocateSummary, page: Path | None = None) -> None:
    """Print the swaps that remove most, and what they come to.

    Args:
        summary: of the study.
        page: the file of its report, if there is one.
    """
    console = make_console(file_width=_FILE_WIDTH)
    swaps_table(summary, _MOST_SHOWN).print(console)
    console.print(located_headline(summary) + ".")
    console.print(about_tensors(summary))
    print_place(console, page, summary.run)
