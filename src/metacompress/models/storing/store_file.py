"""The SQLite file of a prediction store: every row has a checksum, and damage is never an answer.

SQLite notices a damaged page only where its structure breaks, so each row carries a digest of its
key and its values. The file names its program and its format in SQLite's own header fields; a file
that is another program's, or an earlier version's without checksums, is refused and left as it is.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from metacompress.errors import RunDirectoryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

T = TypeVar("T")

_APPLICATION = 0x4D43_7072  # "MCpr"
_FORMAT = 3
# So long another process may keep the file locked: its transactions take milliseconds.
LOCK_SECONDS = 60
_TABLES = {
    # Fingerprints are long: an answer names its model by a number.
    "model": "CREATE TABLE model (number INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE)",
    "answer": (
        "CREATE TABLE answer (model INTEGER NOT NULL, input BLOB NOT NULL, answer BLOB NOT NULL, "
        "digest BLOB NOT NULL, PRIMARY KEY (model, input)) WITHOUT ROWID"
    ),
    "graph": (
        "CREATE TABLE graph (program TEXT PRIMARY KEY, graph BLOB NOT NULL, digest BLOB NOT NULL)"
    ),
}
_EARLIER = ({"prediction", "graph"}, {"answer", "graph"})
# Errors that say nothing about the content of the file, and what is told of them.
_CIRCUMSTANCES = {
    sqlite3.SQLITE_BUSY: "another process has locked it for {seconds} s; wait for it",
    sqlite3.SQLITE_LOCKED: "another process has locked it for {seconds} s; wait for it",
    sqlite3.SQLITE_READONLY: "it is read-only; make it writable",
    sqlite3.SQLITE_FULL: "the disk is full; make room",
    sqlite3.SQLITE_IOERR: "reading or writing failed, for instance on a full disk; make room",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened or created as a file",
    sqlite3.SQLITE_PERM: "access is denied",
    sqlite3.SQLITE_AUTH: "access is denied",
    sqlite3.SQLITE_NOMEM: "there is no memory left",
    sqlite3.SQLITE_NOLFS: "the file system cannot hold it",
}


class _DamagedStoreError(Exception):
    """The file is ours, and its structure is broken."""


def has_answers(path: Path, model: str) -> bool:
    """Whether a store has been asked about a model; False where no store can be read."""
    try:
        place = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(place, uri=True)) as connection:
            query = "SELECT 1 FROM model WHERE fingerprint = ?"
            return connection.execute(query, [model]).fetchone() is not None
    except (sqlite3.Error, OSError, ValueError):
        return False


class StoreFile:
    """Rows of answers and graphs on disk.

    Args:
        path: the file, created if missing.
        own: the file belongs to one run: if its structure is damaged it is begun anew. A file
            that several runs share is refused instead.
        note: called with a line about what was damaged.

    Raises:
        RunDirectoryError: the file cannot be used.
    """

    def __init__(self, path: Path, *, own: bool, note: Callable[[str], None]) -> None:
        self._path = path
        self._own = own
        self._note = note
        self._failed = 0
        self._connection: sqlite3.Connection | None = None
        self._attempt(lambda: None)

    def close(self) -> None:
        """Close the file, and tell what was damaged."""
        if self._failed:
            rows = "1 stored row" if self._failed == 1 else f"{self._failed} stored rows"
            self._note(f"{self._path}: {rows} failed the checksum; computed again")
        self._failed = 0
        self._disconnect()

    def read_answers(self, model: str, keys: Sequence[bytes], size: int) -> dict[bytes, bytes]:
        """Answers of ``size`` bytes by input, of those of ``keys`` that are known.

        Nothing is returned if one of the rows is damaged: rows that were asked together are asked
        again together, so that the answers are the same to the last bit.
        """
        marks = ",".join("?" * len(keys))
        rows = self._rows(
            f"SELECT input, answer, digest FROM answer WHERE input IN ({marks}) AND model = "
            "(SELECT number FROM model WHERE fingerprint = ?)",
            [*keys, model],
        )
        whole = {
            key: answer
            for key, answer, digest in rows
            if digest == _digest(model, key, answer) and len(answer) == size
        }
        return whole if self._count_failed(rows, whole) == 0 else {}

    def write_answers(self, model: str, answers: Mapping[bytes, bytes]) -> None:
        """Keep answers, in one transaction."""
        rows = [(key, answer, _digest(model, key, answer)) for key, answer in answers.items()]

        def insert() -> None:
            with self._open() as connection:
                connection.execute("INSERT OR IGNORE INTO model (fingerprint) VALUES (?)", [model])
                (number,) = connection.execute(
                    "SELECT number FROM model WHERE fingerprint = ?", [model]
                ).fetchone()
                connection.executemany(
                    f"INSERT OR REPLACE INTO answer VALUES ({number}, ?, ?, ?)", rows
                )

        self._attempt(insert)

    def read_graphs(self, keys: list[str]) -> dict[str, bytes]:
        """Those of ``keys`` that are known and whole."""
        marks = ",".join("?" * len(keys))
        rows = self._rows(
            f"SELECT program, graph, digest FROM graph WHERE program IN ({marks})", keys
        )
        whole = {key: blob for key, blob, digest in rows if digest == _digest(key, blob)}
        self._count_failed(rows, whole)
        return whole

    def write_graphs(self, graphs: Mapping[str, bytes]) -> None:
        """Keep graphs, in one transaction."""
        rows = [(key, blob, _digest(key, blob)) for key, blob in graphs.items()]

        def insert() -> None:
            with self._open() as connection:
                connection.executemany("INSERT OR REPLACE INTO graph VALUES (?, ?, ?)", rows)

        self._attempt(insert)

    def _count_failed(self, rows: list[Any], whole: Mapping[str, object]) -> int:
        failed = len(rows) - len(whole)
        self._failed += failed
        return failed

    def _rows(self, query: str, values: Sequence[str | bytes]) -> list[Any]:
        return self._attempt(lambda: self._open().execute(query, values).fetchall())

    def _attempt(self, act: Callable[[], T]) -> T:
        """Do something with the file; once more where it was damaged and is begun anew."""
        try:
            with self._reporting():
                self._open()
                return act()
        except _DamagedStoreError as error:
            if not self._own:
                raise RunDirectoryError(
                    f"{self._path}: the prediction store is damaged ({error}); move it away, and "
                    f"its answers are computed again",
                    path=self._path,
                ) from error
            self._note(f"{self._path}: damaged ({error}); its answers are computed again")
        with self._reporting():
            self._disconnect()
            for suffix in ("", "-wal", "-shm", "-journal"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
            self._open()
            return act()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.is_dir():
                raise RunDirectoryError(
                    f"{self._path}: is a directory and no prediction store; name a file",
                    path=self._path,
                )
            connection = sqlite3.connect(self._path, timeout=LOCK_SECONDS)
            # A damaged text need not be UTF-8, and then fails its checksum.
            connection.text_factory = lambda text: text.decode("utf-8", "replace")
            try:
                self._claim(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _claim(self, connection: sqlite3.Connection) -> None:
        def pragma(name: str) -> int:
            (value,) = connection.execute(f"PRAGMA {name}").fetchone()
            return int(value)

        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        tables: dict[str, str] = dict(made.fetchall())
        application, version = pragma("application_id"), pragma("user_version")
        if application == 0 and version == 0 and not tables:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("BEGIN IMMEDIATE")
            # Another process may have been quicker.
            if pragma("application_id") == 0:
                for statement in _TABLES.values():
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id={_APPLICATION}")
                connection.execute(f"PRAGMA user_version={_FORMAT}")
            connection.execute("COMMIT")
        elif application != _APPLICATION:
            earlier = application == 0 and tables.keys() in _EARLIER
            raise RunDirectoryError(
                f"{self._path}: a prediction store of an earlier version, without checksums; "
                f"move it away, or name another file"
                if earlier
                else f"{self._path}: an SQLite file of another program, and no prediction store; "
                f"name another file",
                path=self._path,
            )
        elif version < _FORMAT and self._own:
            raise _DamagedStoreError(f"of format {version}, where this version has {_FORMAT}")
        elif version != _FORMAT:
            raise RunDirectoryError(
                f"{self._path}: a prediction store of format {version}, and this version reads "
                f"{_FORMAT}; move it away, or name another file",
                path=self._path,
            )
        elif tables != _TABLES:
            raise _DamagedStoreError("its tables are not as they were made")
        else:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with self._reporting(damaged_is_error=False):
                connection.close()

    @contextmanager
    def _reporting(self, *, damaged_is_error: bool = True) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code not in _CIRCUMSTANCES:
                if damaged_is_error:
                    raise _DamagedStoreError(str(error)) from error
                return
            reason = _CIRCUMSTANCES[code].format(seconds=LOCK_SECONDS)
            raise RunDirectoryError(
                f"{self._path}: cannot be used as prediction store ({error}): {reason}, or name "
                f"another file",
                path=self._path,
            ) from error
        except (OSError, ValueError) as error:
            stated = getattr(error, "strerror", None) or error
            raise RunDirectoryError(
                f"{str(self._path)!r}: cannot be used as prediction store ({stated}); name another "
                f"file",
                path=self._path,
            ) from error


def _digest(*values: Any) -> bytes:
    parts = [
        value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        for value in values
    ]
    # Types and lengths stand in front, so that no two rows collide.
    head = " ".join(
        f"{type(value).__name__}{len(part)}" for value, part in zip(values, parts, strict=True)
    )
    return hashlib.blake2b(b"".join([head.encode(), b":", *parts]), digest_size=8).digest()
