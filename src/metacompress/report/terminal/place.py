"""Where a finished study is, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console


def print_place(console: Console, page: Path | None, run: object = None) -> None:
    """Print the file of a study's report, or else its run directory, where there is one."""
    if page is not None:
        console.print(f"Report: {page}", soft_wrap=True)
    elif run is not None:
        console.print(f"Run directory: {run}", soft_wrap=True)
