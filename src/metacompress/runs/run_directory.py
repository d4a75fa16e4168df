"""The run directory: where a study keeps its tables, and where it goes on after a stop.

Files are written under another name and renamed, so a file that exists is complete; each has a
checksum (metacompress.runs.checksums), so it is also what was written. The directory is marked as
ours before anything else is written, and only files of ours are ever removed.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from metacompress.errors import DamagedFileError, Interrupted, RunDirectoryError, first_line
from metacompress.files.atomic import is_partial, replacing
from metacompress.files.ownership import (
    LOCK,
    is_one_of,
    mark,
    read_marker,
    refuse_foreign,
    remove_ours,
)
from metacompress.runs import checksums
from metacompress.runs.checksums import Checksums
from metacompress.runs.run_files import IDENTITY_FILES, STUDY_FILES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

SUMMARY = "summary.json"
_IDENTITY = "study.json"


def _nothing(different: Collection[str]) -> Sequence[str]:
    return ()


class RunDirectory:
    """One study's files.

    Args:
        path: the directory; ``open_for_writing`` creates it.
        holds: what it holds, for its marker and for messages.
        option: the command line's option that names it, for messages.
        files: what is written into it, as patterns (see ``files.ownership.remove_ours``).
    """

    def __init__(
        self,
        path: Path,
        *,
        holds: str = "study",
        option: str = "--run",
        files: Sequence[str] = STUDY_FILES,
    ) -> None:
        self.path = path
        self._holds = holds
        self._option = option
        self._files = files
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
        anew: bool = False,
        still_valid: Callable[[Collection[str]], Sequence[str]] = _nothing,
        note: Callable[[str], None] = lambda text: None,
    ) -> Iterator[None]:
        """Take the directory for one study, and hold it against other processes.

        Args:
            identity: everything that the results depend on; a directory that holds a study of
                another identity is refused.
            overwrite: replace such a study instead. The files of another user stay, and so does
                everything where the identity is the same.
            anew: with ``overwrite``, replace a study of the same identity, too.
            still_valid: maps the keys that differ between both identities to the patterns of
                files that do not depend on them; these stay.
            note: called with a line for the user.

        Raises:
            RunDirectoryError: see above, the directory is not ours, or cannot be written.
        """
        self.refuse_foreign()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            # A link in place of the lock would have us write elsewhere.
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            lock = os.open(self.path / LOCK, flags, 0o666)
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            self._take(lock)
            self.refuse_foreign()
            try:
                mark(self.path, self._holds)
                self._claim(identity, overwrite, anew, still_valid, note)
                self._drop_partial()
                self._drop_damaged(note)
            except OSError as error:
                raise self._unwritable(error) from error
            yield
        except Interrupted as interrupt:
            interrupt.kept = interrupt.kept or self.path
            raise
        finally:
            os.close(lock)

    def is_ours(self) -> bool:
        """Whether the directory exists and was made by us, for what it is to hold."""
        return read_marker(self.path) == self._holds or _holds_an_earlier_study(self.path)

    def refuse_foreign(self) -> None:
        """Refuse a directory that holds something and is not ours; writes nothing.

        Raises:
            RunDirectoryError: see above.
        """
        refuse_foreign(self.path, self._holds, self._option, earlier=_holds_an_earlier_study)

    def _take(self, lock: int) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunDirectoryError(
                f"{self.path}: another process works in it; wait for it, or choose another "
                f"{self._option}"
            ) from None

    def _claim(
        self,
        identity: dict[str, Any],
        overwrite: bool,
        anew: bool,
        still_valid: Callable[[Collection[str]], Sequence[str]],
        note: Callable[[str], None],
    ) -> None:
        identity = json.loads(json.dumps(_finite(identity)))
        there = self._there(overwrite)
        if there == identity and not (overwrite and anew):
            return
        different = sorted(
            key
            for key in {*there, *identity}
            if (overwrite and anew) or there.get(key) != identity.get(key)
        )
        if there and not overwrite:
            raise RunDirectoryError(
                f"{self.path}: holds another {self._holds} (different: {', '.join(different)}); "
                f"choose another {self._option}, or add --overwrite"
            )
        # The identity comes last: killed in between, this is still the study that was there, and
        # what is gone of it is made again.
        stay = (*IDENTITY_FILES, *still_valid(different)) if there else ()
        foreign = remove_ours(self.path, self._files, stay=stay)
        if foreign:
            note(f"{self.path}: left as they are, not of this {self._holds}: {', '.join(foreign)}")
        self.write_json(_IDENTITY, identity)

    def _there(self, overwrite: bool) -> dict[str, Any]:
        """The identity of the study that is there; empty where there is none."""
        if not (self.path / _IDENTITY).exists():
            return {}
        try:
            there: dict[str, Any] = self.read_json(_IDENTITY)
        except RunDirectoryError as error:
            if overwrite:
                return {}
            raise DamagedFileError(
                f"{self.path / _IDENTITY}: damaged, or of an earlier version without checksums; "
                f"choose another {self._option}, or add --overwrite"
            ) from error
        return there

    def _unwritable(self, error: OSError) -> RunDirectoryError:
        return RunDirectoryError(
            f"{self.path}: cannot be written ({error.strerror or error}); choose another "
            f"{self._option}"
        )

    def _drop_partial(self) -> None:
        """Remove what a process left that was killed while it wrote; the lock is held here."""
        inner = (one for one in self.path.iterdir() if one.is_dir() and not one.is_symlink())
        for directory in (self.path, *inner):
            for path in list(directory.iterdir()):
                if is_partial(path.name) and not path.is_dir():
                    path.unlink()

    def _drop_damaged(self, note: Callable[[str], None]) -> None:
        """Remove the files that are not what was written, so that they are made again."""
        for name in self._checksums.names():
            path = self.path / name
            # The list may be damaged, too: a name in it does not prove that a file is ours.
            if not is_one_of(name, self._files) or not path.is_file():
                continue
            try:
                self._content(name)
            except DamagedFileError:
                note(f"{path}: damaged; it is made again")
                remove_ours(self.path, [name])
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
            raise RunDirectoryError(
                f"{self.path / name}: cannot be read ({first_line(error)})"
            ) from error

    def write_table(self, name: str, table: pa.Table) -> None:
        """Write a Parquet table."""
        sink = pa.BufferOutputStream()
        # The checksums of the pages are for other readers, which know nothing of ours.
        pq.write_table(table, sink, compression="zstd", write_page_checksum=True)
        self._write(name, sink.getvalue().to_pybytes())

    def remove(self, name: str) -> None:
        """Remove a directory of files that nothing needs any longer; what is not ours stays."""
        if (self.path / name).is_dir():
            try:
                remove_ours(self.path, self._files, below=name)
            except OSError as error:
                raise self._unwritable(error) from error

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
        try:
            # A link must not lead us out of the directory.
            with replacing(target, follow=False) as partial:
                partial.write_bytes(content)
                if checked:
                    self._checksums.record(name, content)
        except OSError as error:
            reason = error.strerror or error
            raise RunDirectoryError(f"{target}: cannot be written ({reason})") from error


def _holds_an_earlier_study(path: Path) -> bool:
    """Whether a version that set no markers wrote the directory."""
    try:
        identity = json.loads((path / _IDENTITY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return (
        isinstance(identity, dict)
        and isinstance(identity.get("task"), str)
        and isinstance(identity.get("data"), dict)
    )


def _finite(content: Any) -> Any:
    if isinstance(content, dict):
        return {str(key): _finite(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_finite(value) for value in content]
    if isinstance(content, float) and not math.isfinite(content):
        return None
    return content
