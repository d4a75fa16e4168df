"""Cells that a spreadsheet would take for a formula, in the CSV and TSV files that we write.

``=``, ``+``, ``-``, ``@``, a tab or a carriage return in front makes a spreadsheet compute a cell.
Such a cell gets an apostrophe in front, and its row names the columns that got one in the column
``apostrophes``. Our own reader takes them off again, so a program survives the round trip byte for
byte; files without that column are read as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

COLUMN = "apostrophes"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guard(table: pa.Table) -> pa.Table:
    """``table`` with an apostrophe in front of each text that looks like a formula."""
    import pyarrow as pa

    guarded: list[list[str]] = [[] for _ in range(len(table))]
    columns = {}
    for name in table.column_names:
        column = table[name]
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            texts = column.to_pylist()
            for index, text in enumerate(texts):
                if text is not None and text.startswith(_FORMULA):
                    texts[index] = "'" + text
                    guarded[index].append(name)
            column = pa.array(texts, column.type)
        columns[name] = column
    if not any(guarded):
        return table
    return pa.table({**columns, COLUMN: [" ".join(names) for names in guarded]})


def unguard(values: dict[str, str]) -> Mapping[str, str]:
    """A row that was read, without the apostrophes that ``guard`` put there."""
    names = values.pop(COLUMN, None)
    for name in names.split() if names else ():
        if values.get(name, "").startswith("'"):
            values[name] = values[name][1:]
    return values
