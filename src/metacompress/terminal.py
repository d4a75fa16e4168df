"""The only way to a terminal: nothing that a program, a name or a message holds is obeyed."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

from metacompress.characters import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment
    from rich.text import Text


def echo(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Write ``text`` to standard output or standard error, control characters as escapes."""
    stream = sys.stderr if err else sys.stdout
    stream.write(visible(text) + ("\n" if nl else ""))
    stream.flush()


def write_program(text: str) -> None:
    """Write a program to standard output: byte for byte into a file or pipe, safely on a terminal.

    Text files may translate line ends, which are part of a program.
    """
    if sys.stdout.isatty():
        echo(text, nl=False)
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(text)
    sys.stdout.flush()


def make_console(*, stderr: bool = False, file_width: int | None = None) -> Console:
    """A console that reads no markup in texts and shows control characters as escapes.

    Args:
        stderr: whether it writes to standard error.
        file_width: columns at least where it is not a terminal, as nothing wraps there.
    """
    from rich.console import Console

    class SafeConsole(Console):
        def render_str(self, text: str, **settings: Any) -> Text:
            # Here, so that tables count the width of what is shown.
            return super().render_str(visible(text), **settings)

        def render(
            self, renderable: RenderableType, options: ConsoleOptions | None = None
        ) -> Iterable[Segment]:
            for segment in super().render(renderable, options):
                # Controls are rich's own: they move the cursor of a progress bar.
                yield segment if segment.control else segment._replace(text=visible(segment.text))

    console = SafeConsole(stderr=stderr, highlight=False, markup=False, emoji=False)
    if file_width is not None and not console.is_terminal:
        console.width = max(console.width, file_width)
    return console
