"""Calls of foreign code: whatever a library or a model raises ends in one line of ours."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from metacompress.errors import MetaCompressError, ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 300
# Libraries in Rust raise it, and it is not an Exception.
_PANIC = "PanicException"


@contextmanager
def foreign_code(where: str, failed: str = "cannot be loaded") -> Iterator[None]:
    """Turn what the block raises into a ModelError; errors of ours and interrupts pass.

    Args:
        where: the model, or the file of it.
        failed: what is then said about it.

    Raises:
        ModelError: see above.
    """
    try:
        yield
    except MetaCompressError:
        raise
    except (Exception, SystemExit) as error:  # a model's code and native libraries raise anything
        raise ModelError(f"{where}: {failed} ({first_line(error)})") from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise ModelError(f"{where}: {failed} ({first_line(error)})") from error


def first_line(error: BaseException) -> str:
    """The first line of an error's message that says something, shortened."""
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - a foreign exception may do anything
        text = ""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    # A bare KeyError says 'name' only, others nothing at all.
    if not line or isinstance(error, (LookupError, AttributeError, TypeError, AssertionError)):
        line = f"{type(error).__name__}: {line}".rstrip(": ")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
