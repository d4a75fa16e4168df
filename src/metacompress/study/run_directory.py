"""The run directory: where a study keeps its tables, and where it goes on after a stop.

Files are written under another name and renamed, so a file that exists is complete.
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

from metacompress.errors import RunDirectoryError

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

    @classmethod
    def existing(cls, path: Path) -> RunDirectory:
        """The directory of a finished study.

        Raises:
            RunDirectoryError: there is none, or it is not finished.
        """
        run = cls(path)
        if not path.is_dir():
            raise RunDirectoryError(f"{path}: no such run directory")
        if not run.has(SUMMARY):
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
    def open_for_writing(self, identity: dict[str, Any], *, overwrite: bool) -> Iterator[None]:
        """Take the directory for one study, and hold it against other processes.

        Args:
            identity: everything that the results depend on; a directory that holds a study of
                another identity is refused.
            overwrite: empty such a directory instead.

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
            self._claim(identity)
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
        if not self.has(_IDENTITY) and any(p.name != ".lock" for p in self.path.iterdir()):
            raise RunDirectoryError(
                f"{self.path}: holds files but no {self._holds}; not overwritten"
            )
        for entry in self.path.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry)
            elif entry.name != ".lock":
                entry.unlink()

    def _claim(self, identity: dict[str, Any]) -> None:
        if not self.has(_IDENTITY):
            self.write_json(_IDENTITY, identity)
            return
        there = self.read_json(_IDENTITY)
        if there == json.loads(json.dumps(identity)):
            return
        different = sorted(
            key for key in {*there, *identity} if there.get(key) != identity.get(key)
        )
        raise RunDirectoryError(
            f"{self.path}: holds another {self._holds} (different: {', '.join(different)}); "
            f"choose another {self._option}, or add --overwrite"
        )

    def has(self, name: str) -> bool:
        """Whether the file or directory ``name`` is there, and thus complete."""
        return (self.path / name).exists()

    def read_json(self, name: str) -> Any:
        """Read a JSON file.

        Raises:
            RunDirectoryError: missing or damaged.
        """
        try:
            return json.loads((self.path / name).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise RunDirectoryError(f"{self.path / name}: cannot be read ({error})") from error

    def write_json(self, name: str, content: Any) -> None:
        """Write a JSON file; the same content gives the same bytes. NaN becomes null."""
        text = json.dumps(_finite(content), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        self._write(name, lambda path: path.write_text(text, encoding="utf-8"))

    def write_text(self, name: str, text: str) -> None:
        """Write a text file."""
        self._write(name, lambda path: path.write_text(text, encoding="utf-8"))

    def read_table(self, name: str) -> pa.Table:
        """Read a Parquet table.

        Raises:
            RunDirectoryError: missing or damaged.
        """
        try:
            return pq.read_table(self.path / name)
        except (OSError, pa.ArrowException) as error:
            first_line = (str(error).splitlines() or [""])[0]
            raise RunDirectoryError(f"{self.path / name}: cannot be read ({first_line})") from error

    def write_table(self, name: str, table: pa.Table) -> None:
        """Write a Parquet table."""
        self._write(name, lambda path: pq.write_table(table, path, compression="zstd"))

    def remove(self, name: str) -> None:
        """Remove a directory of shards that a complete table has replaced."""
        shutil.rmtree(self.path / name, ignore_errors=True)

    def _write(self, name: str, write: Callable[[Path], object]) -> None:
        target = self.path / name
        partial = target.with_name(f".{target.name}.partial")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            write(partial)
            partial.replace(target)
        except OSError as error:
            raise RunDirectoryError(f"{target}: cannot be written ({error.strerror})") from error


def _finite(content: Any) -> Any:
    if isinstance(content, dict):
        return {str(key): _finite(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_finite(value) for value in content]
    if isinstance(content, float) and not math.isfinite(content):
        return None
    return content
