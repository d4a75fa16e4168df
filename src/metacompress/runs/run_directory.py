"""The run directory: tables and JSON files, each complete and with a checksum.

Files are written under another name and renamed, so a file that exists is complete; each has a
checksum (metacompress.runs.checksums), so it is also what was written.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from metacompress.errors import DamagedFileError, RunDirectoryError, first_line
from metacompress.files.atomic import replacing
from metacompress.files.ownership import remove_ours
from metacompress.runs import checksums
from metacompress.runs.checksums import Checksums
from metacompress.runs.finite import finite
from metacompress.runs.run_files import IDENTITY, REPORT, SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


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

    def read_table(self, name: str) -> pa.Table:
        """Read a Parquet table.

        Raises:
            RunDirectoryError: missing or damaged.
        """
        content = self.read_bytes(name)
        try:
            return pq.read_table(pa.BufferReader(content), page_checksum_verification=True)
        except (OSError, pa.ArrowException) as error:
            raise RunDirectoryError(
                f"{self.path / name}: cannot be read ({first_line(error)})", path=self.path / name
            ) from error

    def write_table(self, name: str, table: pa.Table) -> None:
        """Write a Parquet table."""
        sink = pa.BufferOutputStream()
        # The checksums of the pages are for other readers, which know nothing of ours.
        pq.write_table(table, sink, compression="zstd", write_page_checksum=True)
        self._write(name, sink.getvalue().to_pybytes())

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
        try:
            content = path.read_bytes()
        except OSError as error:
            reason = error.strerror or error
            raise RunDirectoryError(f"{path}: cannot be read ({reason})", path=path) from error
        if not self.checksums.holds(name, content):
            raise DamagedFileError(
                f"{path}: damaged, or of an earlier version without checksums (it is not what "
                f"{checksums.FILE} says); run the study again",
                path=path,
            )
        return content

    def _write(self, name: str, content: bytes, *, checked: bool = True) -> None:
        target = self.path / name
        try:
            # A link must not lead us out of the directory.
            with replacing(target, follow=False) as partial:
                partial.write_bytes(content)
                if checked:
                    self.checksums.record(name, content)
        except OSError as error:
            reason = error.strerror or error
            raise RunDirectoryError(
                f"{target}: cannot be written ({reason})", path=target
            ) from error
