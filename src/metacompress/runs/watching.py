"""Progress for whoever calls a function of Python: in a notebook, on a terminal, or for nobody."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from metacompress.runs.progress import LINE_PREFIX, NoProgress, TerminalProgress
from metacompress.terminal import echo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from metacompress.runs.progress import Progress

# Between two updates of a page, which travel from process to browser.
_SECONDS = 0.2


class Display(Protocol):
    """What shows HTML in a notebook: ``IPython.display.display``, bound to one output."""

    def __call__(self, html: str) -> None:
        """Show this in place of what was shown before."""


class NotebookProgress:
    """A bar below the cell of a notebook, which goes when its stage is done.

    Args:
        display: shows the bar.
    """

    def __init__(self, display: Display) -> None:
        self._display = display

    def note(self, text: str) -> None:
        """See Progress."""
        echo(f"{LINE_PREFIX}{text}", err=True)

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        """See Progress."""
        with self.watch(title, total) as advance:
            yield lambda steps: advance(steps, ())

    @contextmanager
    def watch(self, title: str, total: int) -> Iterator[Callable[[int, Sequence[str]], None]]:
        """See Progress."""
        done, shown = 0, 0.0

        def advance(steps: int, lines: Sequence[str]) -> None:
            nonlocal done, shown
            done += steps
            if time.monotonic() - shown >= _SECONDS:
                shown = time.monotonic()
                self._display(_bar(title, done, total, lines))

        advance(0, ())
        try:
            yield advance
        finally:
            self._display("")


def _bar(title: str, done: int, total: int, lines: Sequence[str]) -> str:
    below = "".join(f"<br>{escape(line)}" for line in lines)
    name = escape(title)
    return (
        f'<label>{name} <progress value="{done}" max="{max(total, 1)}"></progress> '
        f"{done:,} of {total:,}</label>{below}"
    )


def progress_here() -> Progress:
    """Bars in a notebook or on a terminal; nothing where standard error is a file or a pipe."""
    if _is_notebook():
        return NotebookProgress(_output())
    return TerminalProgress() if sys.stderr is not None and sys.stderr.isatty() else NoProgress()


def _is_notebook() -> bool:
    """Whether a kernel of Jupyter runs this; IPython is there then, and is not loaded for it."""
    interactive: Any = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive is not None else None
    return shell is not None and hasattr(shell, "kernel")


def _output() -> Display:
    from IPython.display import HTML, display

    shown: Any = None

    def show(html: str) -> None:
        nonlocal shown
        if shown is None:
            shown = display(HTML(html), display_id=True)
        else:
            shown.update(HTML(html))

    return show
