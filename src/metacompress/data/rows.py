"""Read JSON Lines, CSV, TSV and Parquet files row by row, setting malformed rows aside.

Text files are decoded one line at a time, so a byte that is no UTF-8 costs one row and not the
file, and no file is ever held in memory whole. A ``.gz`` suffix means gzip.
"""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Any, cast

from metacompress.data.dialects import DELIMITERS, is_quoted_tsv, read_records
from metacompress.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_SUFFIXES = {
    ".jsonl": "jsonl",
    ".json": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".txt": "tsv",
    ".parquet": "parquet",
}


class QuarantineReason(StrEnum):
    """Why a row is set aside."""

    BAD_JSON = "bad-json"
    BAD_ENCODING = "bad-encoding"
    BAD_ROW = "bad-row"
    MISSING_FIELD = "missing-field"
    WRONG_LABEL = "wrong-label"
    WRONG_LANGUAGE = "wrong-language"
    EMPTY_CODE = "empty-code"
    DUPLICATE_ID = "duplicate-id"
    UNKNOWN_PROGRAM = "unknown-program"


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """A malformed row: where it stands and what is wrong with it."""

    file: str
    line: int
    reason: QuarantineReason
    detail: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its 1-based line (Parquet: row) number."""

    line: int
    values: Mapping[str, Any]


def format_of(path: Path) -> str:
    """The format that the file's name stands for: jsonl, csv, tsv or parquet.

    Raises:
        DataError: the suffix is unknown.
    """
    name = path.name.removesuffix(".gz")
    for suffix, format_name in _SUFFIXES.items():
        if name.lower().endswith(suffix):
            return format_name
    raise DataError(
        f"{path}: unknown file type; use one of {', '.join(sorted(_SUFFIXES))}, plain or .gz"
    )


def read_rows(path: Path, columns: tuple[str, ...] | None = None) -> Iterator[Row | QuarantinedRow]:
    """Yield the rows of a file in order.

    Args:
        path: a JSON Lines, CSV, TSV or Parquet file, plain or gzip.
        columns: names of the columns of a CSV or TSV file that has no header line.

    Raises:
        DataError: the file is missing, unreadable, truncated, or no such file at all.
    """
    format_name = format_of(path)
    if format_name == "parquet":
        yield from _read_parquet(path)
        return
    if format_name == "jsonl":
        with _open_binary(path) as file:
            yield from _read_jsonl(path, file)
        return
    quoted = True
    if format_name == "tsv":
        with _open_binary(path) as file:
            quoted = is_quoted_tsv(_lines(file), path)
    with _open_binary(path) as file:
        records = read_records(_lines(file), DELIMITERS[format_name], quoted=quoted)
        yield from _read_delimited(path, records, columns)


@contextmanager
def _open_binary(path: Path) -> Iterator[IO[bytes]]:
    try:
        if path.name.endswith(".gz"):
            with gzip.open(path) as file:
                yield cast("IO[bytes]", file)
        else:
            with path.open("rb") as file:
                yield file
    except FileNotFoundError:
        raise DataError(f"{path}: no such file") from None
    except (EOFError, zlib.error) as error:
        raise DataError(f"{path}: damaged or truncated gzip data ({error})") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error})") from error


def _decode(path: Path, number: int, line: bytes) -> str | QuarantinedRow:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        detail = f"byte {error.start} of the line is no UTF-8"
        return QuarantinedRow(str(path), number, QuarantineReason.BAD_ENCODING, detail)


def _read_jsonl(path: Path, file: IO[bytes]) -> Iterator[Row | QuarantinedRow]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        text = _decode(path, number, line)
        if isinstance(text, QuarantinedRow):
            yield text
            continue
        try:
            values = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            reason = QuarantineReason.BAD_JSON
            yield QuarantinedRow(str(path), number, reason, str(error))
            continue
        if not isinstance(values, dict):
            detail = f"expected a JSON object, found {type(values).__name__}"
            yield QuarantinedRow(str(path), number, QuarantineReason.BAD_JSON, detail)
            continue
        yield Row(number, values)


def _lines(file: IO[bytes]) -> Iterator[str]:
    # Undecodable bytes travel as surrogates, so that the row's end is still found.
    for number, line in enumerate(file):
        text = line.decode("utf-8", errors="surrogateescape")
        yield text if number else text.removeprefix("\ufeff")


def _read_delimited(
    path: Path, records: Iterator[tuple[int, list[str]]], columns: tuple[str, ...] | None
) -> Iterator[Row | QuarantinedRow]:
    header = list(columns) if columns else None
    number = 0
    try:
        for number, fields in records:
            if header is None:
                header = [name.strip() for name in fields]
                continue
            if len(fields) != len(header):
                detail = f"expected {len(header)} fields, found {len(fields)}"
                yield QuarantinedRow(str(path), number, QuarantineReason.BAD_ROW, detail)
                continue
            if any(not field.isascii() and _has_surrogate(field) for field in fields):
                detail = "the row is no UTF-8"
                yield QuarantinedRow(str(path), number, QuarantineReason.BAD_ENCODING, detail)
                continue
            yield Row(number, dict(zip(header, fields, strict=True)))
    except csv.Error as error:
        raise DataError(f"{path}: after line {number}: {error}") from error


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _read_parquet(path: Path) -> Iterator[Row | QuarantinedRow]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(batch_size=1024):
                for values in batch.to_pylist():
                    number += 1
                    yield Row(number, values)
    except FileNotFoundError:
        raise DataError(f"{path}: no such file") from None
    except (pa.ArrowException, OSError) as error:
        first_line = str(error).splitlines()[0]
        raise DataError(f"{path}: cannot be read as Parquet ({first_line})") from error
