"""Files that broke a reader once, or that break readers of other projects: a fixed list."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

from meeting import meet
from readers import Reader, data_readers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from outcome import Outcome

_ROW = b'{"idx": 0, "func": "int f(void) { return 1; }", "target": 1}\n'
_TEXTS = {
    "empty": b"",
    "nul": b"\x00" * 100_000,
    "one-line-50mb": b"x" * (50 << 20),
    "lines-50mb": b"\n" * (50 << 20),
    "opening-1m": b"[" * 1_000_000,
    "object-100k": b'{"a":' * 100_000,
    "digits": b'{"idx": ' + b"9" * 1_000_000 + b', "func": "int a;", "target": 0}',
    "exponent": b'{"idx": 0, "func": "int a;", "target": 1e400000000}',
    "surrogate": b'{"idx": "\\ud800", "func": "\\udfff", "target": "\\ud800"}',
    "utf-16": '{"func": "int a;"}'.encode("utf-16"),
    "latin-1": '{"func": "char *é;", "target": 1}'.encode("latin-1"),
    "half-a-row": _ROW + _ROW[:20],
    "keys-twice": b'{"func": "a", "func": "b", "target": 0, "target": 1}',
    "names-100k": b"{" + b",".join(b'"k%d": 0' % k for k in range(100_000)) + b"}",
    "carriage-returns": _ROW.replace(b"\n", b"\r") * 1000,
    "quote-10mb": b'"' + b"a" * (10 << 20),
    "quotes-1mb": b'"' * (1 << 20),
    "columns-100k": b"," * 100_000 + b"\n" + b"," * 100_000,
    "toml-dots": b".".join([b"a"] * 20_000) + b" = 1",
    "toml-tables": b"[" + b".".join([b"a"] * 5000) + b"]\n",
    "html": b"<html><body>404 not found</body></html>",
    "pickle": b"\x80\x04\x95\x00\x00\x00\x00\x00\x00\x00\x00cos\nsystem\n(S'false'\ntR.",
    "zip": b"PK\x03\x04" + b"\x00" * 100,
    "parquet-head": b"PAR1" + b"\xff" * 100 + b"PAR1",
    "npy-object": b"\x93NUMPY\x01\x00v\x00{'descr': '|O', 'fortran_order': False, 'shape': (1,)}",
    "npy-huge": b"\x93NUMPY\x01\x00v\x00"
    + b"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 2), }".ljust(117)
    + b"\n",
    "gzip-bomb": gzip.compress(b"0" * (200 << 20), 9, mtime=0),
    "gzip-cut": gzip.compress(_ROW * 1000, mtime=0)[:50],
    "gzip-empty": gzip.compress(b"", mtime=0),
    "sqlite-head": b"SQLite format 3\x00" + b"\xff" * 100,
}


def hostile_files(folder: Path) -> Iterator[Outcome]:
    """Let the readers of data meet the list, and what is not a file."""
    for reader in data_readers():
        file = next(iter(reader.files))
        for name, content in _TEXTS.items():
            if _fits(reader, name):
                yield meet(reader, {file: content}, folder / "list", f"{reader.name} {name}")
        for kind in ("missing", "directory", "fifo", "device", "loop"):
            yield meet(_replaced(reader, file, kind), {}, folder / "list", f"{reader.name} {kind}")


def _fits(reader: Reader, name: str) -> bool:
    """Whether a text says more to a reader than its first byte; the large ones take a while."""
    if name.startswith(("one-line", "lines-", "gzip-bomb", "quote-10mb")):
        return reader.name in ("jsonl", "jsonl.gz", "json", "csv", "substitutes", "recorded-csv")
    return True


def _replaced(reader: Reader, file: str, kind: str) -> Reader:
    def read(folder: Path) -> object:
        path = folder / file
        path.unlink()
        if kind == "directory":
            path.mkdir()
        elif kind == "fifo":
            os.mkfifo(path)
        elif kind == "device":
            path.symlink_to("/dev/zero")
        elif kind == "loop":
            path.symlink_to(path)
        return reader.read(folder)

    return Reader(reader.name, reader.files, read)
