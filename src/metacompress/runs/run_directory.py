"""The run directory: tables and JSON files, each complete and with a checksum.

Files are written under another name and renamed, so a file that exists is complete; each has a
checksum (metacompress.runs.checksums), so it is also what was written.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from metacompress.errors import DamagedFileError, RunDirectoryError
from metacompress.files.atomic import replacing
from metacompress.files.ownership import remove_ours
from metacompress.files.sums import sum_of
from metacompress.runs import checksums
from metacompress.runs.checksums import Checksums, HashedFile
from metacompress.runs.finite import finite
from metacompress.runs.run_files import IDENTITY, REPORT, SUMMARY
from metacompress.runs.stored_table import StoredTable, write_parquet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pyarrow as pa


class RunDirectory:
    """One run's files.

    Args:
        path: the directory; ``runs.opening.open_run`` creates it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.checksums = Checksums(path)

    @classmethod
    def existing(cls, path: Path, summary: str = SUMMARY) -> RunDirectory:
        """The directory of a finished run.

        Args:
            path: the directory.
            summary: the file that is there when the run is finished.

        Raises:
            RunDirectoryError: there is none, it is not finished, or its summary is damaged.
        """
        run = cls(path)
        if not path.is_dir():
            raise RunDirectoryError(f"{path}: no such run directory", path=path)
        if (path / summary).is_file():
            run.read_json(summary)
        elif not run.has(summary):
            hint = "the study is not finished: run it again" if run.begun else "no study in it"
            raise RunDirectoryError(f"{path}: {hint}", path=path)
        return run

    @property
    def name(self) -> str:
        """Name of the directory, however its path is written: that of ``.``, too."""
        return self.path.resolve().name

    @property
    def begun(self) -> bool:
        """Whether a run was begun in it."""
        return self.has(IDENTITY)

    def has(self, name: str) -> bool:
        """Whether the file ``name`` is there, and thus complete."""
        return (self.path / name).exists() and self.checksums.has(name)

    def read_json(self, name: str) -> Any:
        """Read a JSON file.

        Raises:
            RunDirectoryError: missing or damaged.
        """
        content = self.read_bytes(name)
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise RunDirectoryError(
                f"{self.path / name}: cannot be read ({error})", path=self.path / name
            ) from error

    def write_json(self, name: str, content: Any) -> None:
        """Write a JSON file; the same content gives the same bytes. NaN becomes null."""
        text = json.dumps(finite(content), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        self._write(name, text.encode())

    def write_text(self, name: str, text: str) -> None:
        """Write a text file without a checksum: the list of checksums itself."""
        self._write(name, text.encode(), checked=False)

    def write_report(self, page: str) -> None:
        """Write the page for people."""
        self._write(REPORT, page.encode())

    def open_table(self, name: str) -> StoredTable:
        """A Parquet table to be read piece by piece; its checksum is verified now.

        Raises:
            RunDirectoryError: missing or damaged.
        """
        path = self.path / name
        with _reading(path):
            self._verify(name, sum_of(path))
        return StoredTable(path)

    def read_table(self, name: str) -> pa.Table:
        """Read a Parquet table that is small.

        Raises:
            RunDirectoryError: missing or damaged.
        """
        return self.open_table(name).read()

    def write_groups(self, name: str, schema: pa.Schema, tables: Iterable[pa.Table]) -> None:
        """Write a Parquet table from parts, of which no more than a row group is held.

        Args:
            name: of the file.
            schema: of every part.
            tables: the parts; they may read and write other files of this directory.
        """
        with self._writing(name) as file:
            write_parquet(file, schema, tables)

    def write_table(self, name: str, table: pa.Table) -> None:
        """Write a Parquet table."""
        self.write_groups(name, table.schema, [table])

    def remove(self, name: str, patterns: Iterable[str]) -> None:
        """Remove the files in the directory ``name`` that one of ``patterns`` speaks of.

        Raises:
            RunDirectoryError: one cannot be removed.
        """
        if (self.path / name).is_dir():
            try:
                remove_ours(self.path, patterns, below=name)
            except OSError as error:
                reason = error.strerror or error
                raise RunDirectoryError(
                    f"{self.path / name}: cannot be removed ({reason})", path=self.path / name
                ) from error

    def read_bytes(self, name: str) -> bytes:
        """Read a file.

        Raises:
            RunDirectoryError: missing or damaged.
        """
        path = self.path / name
        with _reading(path):
            content = path.read_bytes()
        self._verify(name, checksums.checksum(content))
        return content

    def _verify(self, name: str, found: str) -> None:
        path = self.path / name
        if not self.checksums.holds(name, found):
            raise DamagedFileError(
                f"{path}: damaged, or of an earlier version without checksums (it is not what "
                f"{checksums.FILE} says); run the study again",
                path=path,
            )

    def _write(self, name: str, content: bytes, *, checked: bool = True) -> None:
        with self._writing(name, checked=checked) as file:
            file.write(content)

    @contextmanager
    def _writing(self, name: str, *, checked: bool = True) -> Iterator[HashedFile]:
        target = self.path / name
        try:
            # A link must not lead us out of the directory.
            with replacing(target, follow=False) as partial:
                with partial.open("wb") as file:
                    hashed = HashedFile(file)
                    yield hashed
                if checked:
                    self.checksums.record(name, hashed.checksum)
        except OSError as error:
            reason = error.strerror or error
            raise RunDirectoryError(
                f"{target}: cannot be written ({reason})", path=target
            ) from error


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        raise RunDirectoryError(f"{path}: cannot be read ({reason})", path=path) from error
