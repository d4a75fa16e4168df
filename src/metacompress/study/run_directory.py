"""The run directory: where a study keeps its tables, and where it goes on after a stop.

Files are written under another name and renamed, so a file that exists is complete; each has a
checksum (metacompress.study.checksums), so it is also what was written.
"""

from __future__ import annotations

import fcntl
import json
import math
import shutil
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from metacompress.errors import DamagedFileError, RunDirectoryError
from metacompress.study import checksums
from metacompress.study.checksums import Checksums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

SUMMARY = "summary.json"
_IDENTITY = "study.json"


class RunDirectory:
    """One study's files.

    Args:
        path: the directory; ``open_for_writing`` creates it.
        holds: what it holds, for messages.
        option: the command line's option that names it, for messages.
    """

    def __init__(self, path: Path, *, holds: str = "study", option: str = "--run") -> None:
        self.path = path
        self._holds = holds
        self._option = option
        self._checksums = Checksums(path)

    @classmethod
    def existing(cls, path: Path) -> RunDirectory:
        """The directory of a finished study.

        Raises:
            RunDirectoryError: there is none, or it is not finished.
        """
        run = cls(path)
        if not path.is_dir():
            raise RunDirectoryError(f"{path}: no such run directory")
        if (path / SUMMARY).is_file():
            run.read_json(SUMMARY)
        elif not run.has(SUMMARY):
            started = run.has(_IDENTITY)
            hint = "the study is not finished: run it again" if started else "no study in it"
            raise RunDirectoryError(f"{path}: {hint}")
        return run

    @property
    def begun(self) -> bool:
        """Whether a study was begun in it."""
        return self.has(_IDENTITY)

    def refuse_going_on(self, names: Iterable[str]) -> None:
        """Refuse results of an earlier call, for models that may have changed since.

        Args:
            names: of the models that are known by their identity alone; none, no refusal.

        Raises:
            RunDirectoryError: there are some.
        """
        if listed := " and ".join(names):
            raise RunDirectoryError(
                f"{self.path}: the {self._holds} in it was made with a {listed} that has no "
                f"fingerprint, so it may be another model now; choose another {self._option}, "
                f"or add --overwrite"
            )

    @contextmanager
    def open_for_writing(
        self,
        identity: dict[str, Any],
        *,
        overwrite: bool,
        note: Callable[[str], None] = lambda line: None,
    ) -> Iterator[None]:
        """Take the directory for one study, and hold it against other processes.

        Args:
            identity: everything that the results depend on; a directory that holds a study of
                another identity is refused.
            overwrite: empty such a directory instead.
            note: called with a line about files that are damaged and are written again.

        Raises:
            RunDirectoryError: see above, or the directory cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = (self.path / ".lock").open("w")
        except OSError as error:
            raise RunDirectoryError(
                f"{self.path}: cannot be written ({error.strerror}); choose another {self._option}"
            ) from error
        with lock:
            self._take(lock)
            if overwrite:
                self._empty()
            try:
                self._claim(identity)
                self._drop_damaged(note)
            except OSError as error:
                raise RunDirectoryError(
                    f"{self.path}: cannot be written ({error}); choose another {self._option}"
                ) from error
            yield

    def _take(self, lock: IO[str]) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunDirectoryError(
                f"{self.path}: another process works in it; wait for it, or choose another "
                f"{self._option}"
            ) from None

    def _empty(self) -> None:
        if not (self.path / _IDENTITY).exists() and any(
            p.name != ".lock" for p in self.path.iterdir()
        ):
            raise RunDirectoryError(
                f"{self.path}: holds files but no {self._holds}; not overwritten"
            )
        for entry in self.path.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry)
            elif entry.name != ".lock":
                entry.unlink()

    def _claim(self, identity: dict[str, Any]) -> None:
        if not (self.path / _IDENTITY).exists():
            # Tables of nobody knows which study count for nothing.
            (self.path / checksums.FILE).unlink(missing_ok=True)
            self.write_json(_IDENTITY, identity)
            return
        try:
            there = self.read_json(_IDENTITY)
        except DamagedFileError as error:
            raise DamagedFileError(
                f"{self.path / _IDENTITY}: damaged, or of an earlier version without checksums; "
                f"choose another {self._option}, or add --overwrite"
            ) from error
        if there == json.loads(json.dumps(identity)):
            return
        different = sorted(
            key for key in {*there, *identity} if there.get(key) != identity.get(key)
        )
        raise RunDirectoryError(
            f"{self.path}: holds another {self._holds} (different: {', '.join(different)}); "
            f"choose another {self._option}, or add --overwrite"
        )

    def _drop_damaged(self, note: Callable[[str], None]) -> None:
        """Remove the files that are not what was written, so that they are made again."""
        for name in self._checksums.names():
            path = self.path / name
            if not path.is_file():
                continue
            try:
                self._content(name)
            except DamagedFileError:
                note(f"{path}: damaged; it is made again")
                path.unlink()
        text = self._checksums.text()
        if text is not None:
            self.write_text(checksums.FILE, text)

    def has(self, name: str) -> bool:
        """Whether the file ``name`` is there, and thus complete."""
        return (self.path / name).exists() and self._checksums.has(name)

    def read_json(self, name: str) -> Any:
        """Read a JSON file.

        Raises:
            RunDirectoryError: missing or damaged.
        """
        content = self._content(name)
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise RunDirectoryError(f"{self.path / name}: cannot be read ({error})") from error

    def write_json(self, name: str, content: Any) -> None:
        """Write a JSON file; the same content gives the same bytes. NaN becomes null."""
        text = json.dumps(_finite(content), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        self._write(name, text.encode())

    def write_text(self, name: str, text: str) -> None:
        """Write a text file for people; it has no checksum, for no one reads it back."""
        self._write(name, text.encode(), checked=False)

    def read_table(self, name: str) -> pa.Table:
        """Read a Parquet table.

        Raises:
            RunDirectoryError: missing or damaged.
        """
        content = self._content(name)
        try:
            return pq.read_table(pa.BufferReader(content), page_checksum_verification=True)
        except (OSError, pa.ArrowException) as error:
            first_line = (str(error).splitlines() or [""])[0]
            raise RunDirectoryError(f"{self.path / name}: cannot be read ({first_line})") from error

    def write_table(self, name: str, table: pa.Table) -> None:
        """Write a Parquet table."""
        sink = pa.BufferOutputStream()
        # The checksums of the pages are for other readers, which know nothing of ours.
        pq.write_table(table, sink, compression="zstd", write_page_checksum=True)
        self._write(name, sink.getvalue().to_pybytes())

    def remove(self, name: str) -> None:
        """Remove a directory of shards that a complete table has replaced."""
        shutil.rmtree(self.path / name, ignore_errors=True)

    def _content(self, name: str) -> bytes:
        path = self.path / name
        try:
            content = path.read_bytes()
        except OSError as error:
            reason = error.strerror or error
            raise RunDirectoryError(f"{path}: cannot be read ({reason})") from error
        if not self._checksums.holds(name, content):
            raise DamagedFileError(
                f"{path}: damaged, or of an earlier version without checksums (it is not what "
                f"{checksums.FILE} says); run the study again"
            )
        return content

    def _write(self, name: str, content: bytes, *, checked: bool = True) -> None:
        target = self.path / name
        partial = target.with_name(f".{target.name}.partial")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                partial.write_bytes(content)
                if checked:
                    self._checksums.record(name, content)
                partial.replace(target)
            finally:
                partial.unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or error
            raise RunDirectoryError(f"{target}: cannot be written ({reason})") from error


def _finite(content: Any) -> Any:
    if isinstance(content, dict):
        return {str(key): _finite(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_finite(value) for value in content]
    if isinstance(content, float) and not math.isfinite(content):
        return None
    return content
