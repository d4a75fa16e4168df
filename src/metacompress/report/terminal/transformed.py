"""What transformations changed, on the terminal."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from rich.text import Text

from metacompress.terminal import make_console

if TYPE_CHECKING:
    from metacompress.variants.transforming import TransformedPrograms


_DIFF_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def print_differences(found: TransformedPrograms) -> None:
    """Print what changed in every variant, as unified differences."""
    console = make_console()
    sources = {example.id: example for example in found.dataset}
    for variant in found.variants:
        source = sources[variant.source_id]
        for program, text in zip(source.programs, variant.programs, strict=True):
            lines = difflib.unified_diff(
                program.text.splitlines(),
                text.splitlines(),
                source.id,
                variant.id,
                lineterm="",
            )
            for line in lines:
                console.print(Text(line, style=_DIFF_STYLES.get(line[0], "")), soft_wrap=True)
