"""Read JSON Lines, CSV, TSV and Parquet files row by row, setting malformed rows aside.

Text files are decoded one line at a time, so a byte that is not valid UTF-8 costs one row and not
the file, and no file is ever held in memory whole. A ``.gz`` suffix means gzip. A ``.json`` file
may hold one array instead of an object per line.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import json
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Any, cast

from metacompress.data.dialects import DELIMITERS, is_quoted_tsv, read_records
from metacompress.data.files import (
    limited_lines,
    numbered_lines,
    require_regular_file,
)
from metacompress.data.json_array import begins_array, read_array
from metacompress.data.spreadsheet import unguard
from metacompress.errors import DataError, first_line

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

SUFFIXES = {
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
    for suffix, format_name in SUFFIXES.items():
        if name.lower().endswith(suffix):
            return format_name
    raise DataError(
        f"{path}: unknown file type; use one of {', '.join(sorted(SUFFIXES))}, plain or .gz",
        path=path,
    )


def read_rows(path: Path, columns: tuple[str, ...] | None = None) -> Iterator[Row | QuarantinedRow]:
    """Yield the rows of a file in order.

    Args:
        path: a JSON Lines, CSV, TSV or Parquet file, plain or gzip.
        columns: names of the columns of a CSV or TSV file that has no header line.

    Raises:
        DataError: the file is missing, unreadable, truncated, not a regular file, or has a line of
            more than ``data.files.MAX_LINE_BYTES``.
    """
    require_regular_file(path)
    format_name = format_of(path)
    if format_name == "parquet":
        yield from _read_parquet(path)
        return
    if format_name == "jsonl":
        with _open_binary(path) as file:
            if path.name.removesuffix(".gz").lower().endswith(".json") and begins_array(
                _start(file)
            ):
                for number, values in enumerate(read_array(path, file), start=1):
                    yield _json_row(path, number, values)
                return
            yield from _read_jsonl(path, file)
        return
    quoted = True
    if format_name == "tsv":
        with _open_binary(path) as file:
            quoted = is_quoted_tsv(_lines(path, file), path)
    with _open_binary(path) as file:
        records = read_records(_lines(path, file), DELIMITERS[format_name], quoted=quoted)
        yield from _read_delimited(path, records, columns)


@contextmanager
def _open_binary(path: Path) -> Iterator[IO[bytes]]:
    try:
        if path.name.endswith(".gz"):
            with gzip.open(path) as file:
                _refuse_utf16(path, cast("IO[bytes]", file))
                yield cast("IO[bytes]", file)
        else:
            with path.open("rb") as file:
                _refuse_utf16(path, file)
                yield file
    except FileNotFoundError:
        raise DataError(f"{path}: no such file", path=path) from None
    except (EOFError, zlib.error) as error:
        raise DataError(f"{path}: damaged or truncated gzip data ({error})", path=path) from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error})", path=path) from error


def _refuse_utf16(path: Path, file: IO[bytes]) -> None:
    # As spreadsheets save "Unicode text". These bytes begin no UTF-8 text.
    if _start(file)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise DataError(
            f"{path}: the text is UTF-16; save it as UTF-8 (iconv -f UTF-16 -t UTF-8)", path=path
        )


def _decode(path: Path, number: int, line: bytes) -> str | QuarantinedRow:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        detail = f"byte {error.start} of the line is not valid UTF-8"
        return QuarantinedRow(str(path), number, QuarantineReason.BAD_ENCODING, detail)


def _read_jsonl(path: Path, file: IO[bytes]) -> Iterator[Row | QuarantinedRow]:
    for number, line in numbered_lines(path, file):
        text = _decode(path, number, line)
        if isinstance(text, QuarantinedRow):
            yield text
            continue
        try:
            values = json.loads(text)
        except (ValueError, RecursionError) as error:
            # Integers of more than 4,300 digits, too: Python refuses to read them.
            reason = QuarantineReason.BAD_JSON
            yield QuarantinedRow(str(path), number, reason, str(error).partition(";")[0])
            continue
        yield _json_row(path, number, values)


def _start(file: IO[bytes]) -> bytes:
    # Both kinds of file that are opened here can look ahead.
    return cast("io.BufferedReader", file).peek(64)


def _json_row(path: Path, number: int, values: object) -> Row | QuarantinedRow:
    if isinstance(values, dict):
        return Row(number, values)
    detail = f"expected a JSON object, found {type(values).__name__}"
    return QuarantinedRow(str(path), number, QuarantineReason.BAD_JSON, detail)


def _lines(path: Path, file: IO[bytes]) -> Iterator[str]:
    # Undecodable bytes travel as surrogates, so that the row's end is still found.
    for number, line in enumerate(limited_lines(path, file)):
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
                detail = "the row is not valid UTF-8"
                yield QuarantinedRow(str(path), number, QuarantineReason.BAD_ENCODING, detail)
                continue
            yield Row(number, unguard(dict(zip(header, fields, strict=True))))
    except csv.Error as error:
        raise DataError(f"{path}: after line {number}: {error}", path=path, line=number) from error


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _read_parquet(path: Path) -> Iterator[Row | QuarantinedRow]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(batch_size=1024):
                for row in _parquet_rows(batch):
                    number += 1
                    if isinstance(row, Exception):
                        yield _unreadable(path, number, row)
                    else:
                        yield Row(number, row)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DataError(
            f"{path}: cannot be read as Parquet ({first_line(error)})", path=path
        ) from error


def _parquet_rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any] | Exception]:
    """The rows of a batch; those that Python cannot hold one by one, as what was raised."""
    try:
        yield from batch.to_pylist()
    except (ValueError, OverflowError):
        for index in range(len(batch)):
            try:
                (row,) = batch.slice(index, 1).to_pylist()
                yield row
            except (ValueError, OverflowError) as error:
                yield error


def _unreadable(path: Path, number: int, error: Exception) -> QuarantinedRow:
    # Parquet does not check that its texts are UTF-8, nor that its times are on a calendar.
    if isinstance(error, UnicodeDecodeError):
        detail = f"byte {error.start} of a text is not valid UTF-8"
        return QuarantinedRow(str(path), number, QuarantineReason.BAD_ENCODING, detail)
    return QuarantinedRow(str(path), number, QuarantineReason.BAD_ROW, str(error))
