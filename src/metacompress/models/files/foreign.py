"""Calls of foreign code: whatever a library or a model raises ends in one line of ours."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from metacompress.errors import MetaCompressError, ModelError, first_line

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        raise ModelError(f"{where}: {failed} ({first_line(error)})", model=where) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise ModelError(f"{where}: {failed} ({first_line(error)})", model=where) from error
