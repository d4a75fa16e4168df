"""Tables of the sources of a check: its examples, and the rows that are not among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from metacompress.data.example import Example, Place, Program
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from metacompress.data.dataset import Dataset
    from metacompress.runs.stored_table import StoredTable

QUARANTINE = "quarantine.parquet"
EXAMPLES = "examples.parquet"


def quarantine_table(dataset: Dataset) -> pa.Table:
    """One row per malformed row: file, line, reason, detail."""
    schema = pa.schema(
        [
            ("file", pa.string()),
            ("line", pa.int64()),
            ("reason", pa.string()),
            ("detail", pa.string()),
        ]
    )
    rows = [
        {"file": row.file, "line": row.line, "reason": str(row.reason), "detail": row.detail}
        for row in dataset.quarantine
    ]
    return pa.Table.from_pylist(rows, schema=schema)


SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("label", pa.int32()),
        ("group", pa.string()),
        ("language", pa.string()),
        ("programs", pa.list_(pa.string())),
        ("program_ids", pa.list_(pa.string())),
        ("files", pa.list_(pa.string())),
        ("lines", pa.list_(pa.int64())),
    ]
)
"""One row per example; the label is null where it is unknown, and so are a program's file and first
line where the data do not say.
"""
# Rows that are put together at a time.
_ROWS = 1024


def example_tables(dataset: Dataset) -> Iterator[pa.Table]:
    """The table of the examples, in pieces."""
    for start in range(0, len(dataset), _ROWS):
        rows = [
            {
                "id": example.id,
                "label": example.label,
                "group": example.group,
                "language": str(example.programs[0].language),
                "programs": [program.text for program in example.programs],
                "program_ids": list(example.program_ids),
                "files": [place and place.file for place in example.places],
                "lines": [place and place.line for place in example.places],
            }
            for example in dataset[start : start + _ROWS]
        ]
        yield pa.Table.from_pylist(rows, schema=SCHEMA)


def examples_of(table: StoredTable) -> Iterator[Example]:
    """The examples of such a table."""
    for group in table.groups():
        for row in group.to_pylist():
            yield Example(
                row["id"],
                tuple(Program(text, Language.parse(row["language"])) for text in row["programs"]),
                row["label"],
                row["group"],
                tuple(row["program_ids"]),
                places_of(row),
            )


def places_of(row: Mapping[str, Any]) -> tuple[Place | None, ...]:
    """Where the programs of a row of such a table stand; empty where the data do not say."""
    pairs = zip(row.get("files", ()), row.get("lines", ()), strict=True)
    return tuple(None if file is None else Place(file, line) for file, line in pairs)
