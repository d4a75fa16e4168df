"""Opening files of data: regular ones only, and no line without end."""

from __future__ import annotations

import stat
from typing import IO, TYPE_CHECKING

from metacompress.errors import DataError
from metacompress.files.reads import note_read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_LINE_BYTES = 64 << 20
"""Longest line of a table, or element of a JSON array: over twice two of the largest programs,
with every other character escaped."""
MAX_BLANK_LINES = 1 << 20
"""Blank lines in a row in a table of cells, where each of them may be within a quoted cell."""
_CHUNK = 1 << 20


def require_regular_file(path: Path) -> None:
    """Check that ``path`` is a file that ends: no directory, fifo, socket or device.

    Raises:
        DataError: it is something else, or does not exist.
    """
    note_read(path)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise DataError(f"{path}: no such file", path=path) from None
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read ({error})", path=path) from None
    if stat.S_ISDIR(mode):
        raise DataError(f"{path} is a directory; name a file in it", path=path)
    if not stat.S_ISREG(mode):
        raise DataError(
            f"{path} is not a regular file (a pipe or device?); write it to a file", path=path
        )


def is_directory(path: Path) -> bool:
    """Whether ``path`` is a directory; false where it cannot be looked at."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that is too long, for example
        return False


def numbered_lines(path: Path, file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their 1-based numbers and without their ends.

    Runs of blank lines are passed over a megabyte at a time.

    Raises:
        DataError: a line is longer than ``MAX_LINE_BYTES``.
    """
    number = 0
    rest = b""
    while chunk := file.read(_CHUNK):
        if not rest and not chunk.strip():
            number += chunk.count(b"\n")
            continue
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()
        for line in lines:
            number += 1
            if line and not line.isspace():
                yield number, line
        _limit(path, number + 1, rest)
    if rest.strip():
        yield number + 1, rest


def limited_lines(path: Path, file: IO[bytes]) -> Iterator[bytes]:
    """All lines with their ends.

    Raises:
        DataError: a line is longer than ``MAX_LINE_BYTES``, or more than ``MAX_BLANK_LINES`` in a
            row are blank.
    """
    number = last = 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        if line not in (b"\n", b"\r\n"):
            _limit(path, number, line)
            last = number
        elif number - last > MAX_BLANK_LINES:
            raise DataError(
                f"{path}: more than {MAX_BLANK_LINES:,} blank lines follow line {last}; is this a "
                f"table of text?",
                path=path,
                line=last,
            )
        yield line


def _limit(path: Path, number: int, line: bytes) -> None:
    if len(line) > MAX_LINE_BYTES:
        raise DataError(
            f"{path}: line {number} is longer than {MAX_LINE_BYTES >> 20} MB; "
            f"is this a table of text?",
            path=path,
            line=number,
        )
