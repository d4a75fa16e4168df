"""Tables of the sources of a check: its examples, and the rows that are not among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from metacompress.data.example import Example, Place, Program
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.data.dataset import Dataset

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


def examples_table(dataset: Dataset) -> pa.Table:
    """One row per example: id, label (null where unknown), group, language, programs, their ids,
    and their files and first lines (null where the data do not say).
    """
    return pa.table(
        {
            "id": [example.id for example in dataset],
            "label": pa.array([example.label for example in dataset], pa.int32()),
            "group": pa.array([example.group for example in dataset], pa.string()),
            "language": [str(example.programs[0].language) for example in dataset],
            "programs": [[program.text for program in e.programs] for e in dataset],
            "program_ids": [list(example.program_ids) for example in dataset],
            "files": pa.array(
                [[place and place.file for place in example.places] for example in dataset],
                pa.list_(pa.string()),
            ),
            "lines": pa.array(
                [[place and place.line for place in example.places] for example in dataset],
                pa.list_(pa.int64()),
            ),
        }
    )


def examples_of(table: pa.Table) -> list[Example]:
    """The examples of such a table."""
    return [
        Example(
            row["id"],
            tuple(Program(text, Language.parse(row["language"])) for text in row["programs"]),
            row["label"],
            row["group"],
            tuple(row["program_ids"]),
            places_of(row),
        )
        for row in table.to_pylist()
    ]


def places_of(row: Mapping[str, Any]) -> tuple[Place | None, ...]:
    """Where the programs of a row of such a table stand; empty where the data do not say."""
    pairs = zip(row.get("files", ()), row.get("lines", ()), strict=True)
    return tuple(None if file is None else Place(file, line) for file, line in pairs)
