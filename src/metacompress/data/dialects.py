"""CSV and TSV: how they are written, and how they are read.

Both are written with quotes around a cell that needs them, and quotes in it doubled (RFC 4180).
CSV is read like that. A TSV file may be of either of two dialects:

- *quoted*: as it is written here, and by spreadsheets and pandas;
- *bare*: quotes are text like any other, and no cell has a tab or a line end, as in the files of
  CodeXGLUE.

The first line tells where all its cells are quoted, as in the files written here. Otherwise a file
in which no cell begins with a quote reads the same in both dialects, and of any other file one
dialect must fit every row and the other not: where both do, or neither, it is refused.
"""

from __future__ import annotations

import csv
import json
from collections import deque
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from metacompress.data.files import MAX_LINE_BYTES
from metacompress.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

DELIMITERS = {"csv": ",", "tsv": "\t"}
# A spreadsheet takes such a cell for a formula; in quotes it is at least marked as text.
_FORMULA = ("=", "+", "-", "@")


def read_records(
    lines: Iterable[str], delimiter: str, *, quoted: bool
) -> Iterator[tuple[int, list[str]]]:
    """Number of the last line and cells of each record; empty lines are none.

    Args:
        lines: of the file, with their ends.
        delimiter: between cells.
        quoted: the dialect.

    Raises:
        csv.Error: quotes are not closed, or text follows a closing quote.
    """
    if quoted:
        csv.field_size_limit(MAX_LINE_BYTES)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        for cells in reader:
            if cells:
                yield reader.line_num, cells
        return
    for number, line in enumerate(lines, start=1):
        cells = _bare_cells(line, delimiter)
        if cells:
            yield number, cells


def is_quoted_tsv(lines: Iterable[str], path: Path) -> bool:
    """Whether a TSV file is of the quoted dialect; see above.

    Args:
        lines: of the file, with their ends.
        path: of the file, for the message.

    Raises:
        DataError: both dialects fit, or neither.
    """
    bare_widths: set[int] = set()
    begins_with_quote = False
    rest = iter(lines)

    def watched() -> Iterator[str]:
        nonlocal begins_with_quote
        for line in rest:
            cells = _bare_cells(line, "\t")
            if cells:
                bare_widths.add(len(cells))
                begins_with_quote |= any(cell.startswith('"') for cell in cells)
            yield line

    lines_seen = watched()
    first = next((line for line in lines_seen if _bare_cells(line, "\t")), None)
    if first is None:
        return False
    if all(len(one) > 1 and one[0] == one[-1] == '"' for one in _bare_cells(first, "\t")):
        return True
    try:
        records = read_records(chain([first], lines_seen), "\t", quoted=True)
        quoted_fits = len({len(cells) for _, cells in records}) == 1
    except csv.Error:
        quoted_fits = False
    deque(watched(), maxlen=0)  # what the reader left
    if not begins_with_quote:
        return False
    bare_fits = len(bare_widths) == 1
    if quoted_fits != bare_fits:
        return quoted_fits
    how = "both ways of reading fit" if bare_fits else "neither way of reading fits every row"
    raise DataError(
        f"{path}: cells begin with quotes, which may be marks or text: {how}; put every cell of "
        f"the first line in quotes if they are marks, or give the data as .jsonl or .csv",
        path=path,
        line=1,
    )


def write_records(
    file: IO[str], names: Sequence[str], rows: Iterable[Sequence[Any]], delimiter: str
) -> None:
    """Write a table with a header line, so that ``read_records`` gives the same texts.

    The header's cells are in quotes, which tells the dialect. None becomes an empty cell.
    """
    file.write(delimiter.join(map(_in_quotes, names)) + "\n")
    for row in rows:
        line = delimiter.join(_cell(value, delimiter) for value in row)
        file.write((line or '""') + "\n")


def _bare_cells(line: str, delimiter: str) -> list[str]:
    text = line.removesuffix("\n").removesuffix("\r")
    return text.split(delimiter) if text else []


def _cell(value: Any, delimiter: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return json.dumps(value)
    special = (delimiter, '"', "\n", "\r")
    if value.startswith(_FORMULA) or any(one in value for one in special):
        return _in_quotes(value)
    return value


def _in_quotes(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
