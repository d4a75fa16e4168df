"""What makes a result doubtful, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from metacompress.study.warnings import StudyWarning


def print_warnings(console: Console, warnings: Iterable[StudyWarning]) -> None:
    """Print what makes a result doubtful."""
    for warning in warnings:
        name = Text("warning", style="bold yellow")
        console.print(Text.assemble(name, f" {warning.sentence}"))
