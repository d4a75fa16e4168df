"""Write tables for users, in the formats that are read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from metacompress.data.rows import format_of
from metacompress.errors import DataError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def output_format(path: Path) -> str:
    """The format that ``path`` is written in.

    Raises:
        UsageError: the suffix is unknown.
    """
    if path.suffix == ".gz":
        raise UsageError(f"{path}: written files are not compressed; drop the .gz")
    try:
        return format_of(path)
    except DataError as error:
        raise UsageError(str(error)) from None


def write_table(table: pa.Table, path: Path) -> None:
    """Write ``table`` as Parquet, JSON Lines, CSV or TSV; directories are made.

    Raises:
        UsageError: the suffix of ``path`` is none of .parquet, .csv, .tsv, .jsonl.
        DataError: the file cannot be written.
    """
    format_name = output_format(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if format_name == "parquet":
            pq.write_table(table, path)
        elif format_name == "jsonl":
            lines = (json.dumps(row) + "\n" for row in table.to_pylist())
            path.write_text("".join(lines), encoding="utf-8")
        else:
            delimiter = "," if format_name == "csv" else "\t"
            options = pa.csv.WriteOptions(delimiter=delimiter, quoting_style="needed")
            pa.csv.write_csv(table, path, options)
    except OSError as error:
        raise DataError(f"{path}: cannot be written ({error.strerror or error})") from error
