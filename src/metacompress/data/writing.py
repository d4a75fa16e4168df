"""Write tables for users, in the formats that are read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from metacompress.data.dialects import DELIMITERS, write_records
from metacompress.data.rows import format_of
from metacompress.data.spreadsheet import guard
from metacompress.errors import DataError, UsageError
from metacompress.files.atomic import remove_orphans, replacing

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa


def output_format(path: Path) -> str:
    """The format that ``path`` is written in.

    Raises:
        UsageError: the suffix is unknown.
    """
    if path.suffix == ".gz":
        raise UsageError(f"{path}: written files are not compressed; drop the .gz", option="out")
    try:
        return format_of(path)
    except DataError as error:
        raise UsageError(str(error), option="out") from None


def write_table(table: pa.Table, path: Path) -> None:
    """Write ``table`` as Parquet, JSON Lines, CSV or TSV; directories are made.

    Raises:
        UsageError: the suffix of ``path`` is none of .parquet, .csv, .tsv, .jsonl.
        DataError: the file cannot be written.
    """
    format_name = output_format(path)
    try:
        remove_orphans(path)
        with replacing(path) as partial:
            _write(table, partial, format_name)
    except OSError as error:
        raise DataError(
            f"{path}: cannot be written ({error.strerror or error})", path=path
        ) from error


def _write(table: pa.Table, path: Path, format_name: str) -> None:
    if format_name == "parquet":
        pq.write_table(table, path)
        return
    # Line ends are written as they are: a text may hold any.
    with path.open("w", encoding="utf-8", newline="") as file:
        if format_name == "jsonl":
            file.writelines(json.dumps(row) + "\n" for row in table.to_pylist())
        else:
            guarded = guard(table)
            rows = (list(row.values()) for row in guarded.to_pylist())
            write_records(file, guarded.column_names, rows, DELIMITERS[format_name])
