"""A Parquet table of a run directory, read one row group at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from metacompress.errors import RunDirectoryError, first_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from metacompress.runs.checksums import HashedFile

# A group of rows is what is held in memory when a table is read or written.
_GROUP_ROWS = 4096


class StoredTable:
    """A whole table; ``RunDirectory.open_table`` gives it after its checksum was verified.

    Args:
        path: of the file.

    Raises:
        RunDirectoryError: it is no Parquet file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._reading(), self._open() as file:
            self.schema: pa.Schema = file.schema_arrow
            self._rows: int = file.metadata.num_rows

    def __len__(self) -> int:
        return self._rows

    def groups(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The rows in order, some thousand at a time.

        Args:
            columns: that are read; None for all.

        Raises:
            RunDirectoryError: the file is damaged, or lacks a column.
        """
        with self._reading(), self._open() as file:
            for group in range(file.num_row_groups):
                found = file.read_row_group(group, columns=columns, use_threads=False)
                if columns is not None and found.num_columns < len(columns):
                    missing = ", ".join(set(columns) - set(found.column_names))
                    raise pa.ArrowKeyError(f"no column {missing}")
                yield found

    def read(self, columns: Sequence[str] | None = None) -> pa.Table:
        """All rows of some columns at once.

        Raises:
            RunDirectoryError: the file is damaged, or lacks a column.
        """
        with self._reading():
            fields = [self.schema.field(name) for name in columns or self.schema.names]
        return pa.concat_tables([pa.schema(fields).empty_table(), *self.groups(columns)])

    def _open(self) -> pq.ParquetFile:
        return pq.ParquetFile(self._path, page_checksum_verification=True, memory_map=False)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (OSError, pa.ArrowException, KeyError) as error:
            raise RunDirectoryError(
                f"{self._path}: cannot be read ({first_line(error)})", path=self._path
            ) from error


def write_parquet(sink: HashedFile, schema: pa.Schema, tables: Iterable[pa.Table]) -> None:
    """Write tables below each other; row groups do not depend on where one ends.

    Args:
        sink: open for writing.
        schema: of every table.
        tables: taken one by one, and written as soon as a group is full.
    """
    settings = {
        # What repeats, zstd finds by itself; a dictionary of what does not only takes room.
        "use_dictionary": False,
        "compression": "zstd",
        "compression_level": 6,
        # For other readers, which know nothing of our checksums.
        "write_page_checksum": True,
    }
    with pq.ParquetWriter(sink, schema, **settings) as writer:
        waiting: list[pa.Table] = []
        rows = 0
        for table in tables:
            waiting.append(table)
            rows += len(table)
            if rows >= _GROUP_ROWS:
                whole = pa.concat_tables(waiting)
                full = rows - rows % _GROUP_ROWS
                writer.write_table(whole.slice(0, full), row_group_size=_GROUP_ROWS)
                waiting = [whole.slice(full)]
                rows -= full
        if rows:
            writer.write_table(pa.concat_tables(waiting), row_group_size=_GROUP_ROWS)
