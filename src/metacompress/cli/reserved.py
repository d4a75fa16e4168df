"""Standard output that is kept for one JSON object: what foreign code prints goes elsewhere."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from metacompress.cli.output import WatchedOutput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

_STANDARD_OUTPUT, _STANDARD_ERROR = 1, 2


class _Reserved:
    """The stream that is kept while ``sys.stdout`` is standard error."""

    stream: TextIO | None = None
    moved = False


_KEPT = _Reserved()


@contextlib.contextmanager
def reserved_output() -> Iterator[None]:
    """Send to standard error what is printed in the block, by Python, C or a child process.

    ``open_output`` is the way to what was standard output. File descriptor 1 stays redirected
    afterwards: libraries in C keep buffers of their own, and write them when the process ends.
    """
    if _KEPT.stream is not None:
        yield
        return
    before = sys.stdout
    before.flush()
    _KEPT.moved = _is_descriptor(before)
    _KEPT.stream = _moved(before) if _KEPT.moved else before
    sys.stdout = sys.stderr
    try:
        yield
    finally:
        sys.stdout, _KEPT.stream = _KEPT.stream, None


@contextlib.contextmanager
def open_output() -> Iterator[None]:
    """Print to the real standard output in the block."""
    if _KEPT.stream is None:
        yield
        return
    redirected, sys.stdout = sys.stdout, _KEPT.stream
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stdout = redirected


def close_output() -> None:
    """Send to standard error what is printed until the process ends, if output was reserved."""
    if _KEPT.moved:
        sys.stdout = sys.stderr


def _is_descriptor(stream: TextIO) -> bool:
    try:
        return stream.fileno() == _STANDARD_OUTPUT
    except (OSError, ValueError, AttributeError):
        return False


def _moved(stream: TextIO) -> TextIO:
    """The same output under another number, with number 1 given to standard error."""
    kept = os.dup(_STANDARD_OUTPUT)
    os.set_inheritable(kept, False)
    with contextlib.suppress(OSError):  # standard error may be closed
        os.dup2(_STANDARD_ERROR, _STANDARD_OUTPUT)
    return WatchedOutput(
        open(kept, "wb"),  # noqa: PTH123
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=True,
    )
