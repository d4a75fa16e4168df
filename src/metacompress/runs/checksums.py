"""Checksums of the files of a run directory, in the format of ``sha256sum``.

A line is added before the file that it speaks of takes its name. So where a process is killed in
between, or a bit flips in either, the two differ, and the file counts for nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

FILE = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def checksum(content: bytes) -> str:
    """The checksum of a file of this content."""
    return hashlib.sha256(content).hexdigest()


class HashedFile:
    """A file that is written, with the checksum of what went into it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    @property
    def checksum(self) -> str:
        """Of all that was written so far."""
        return self._digest.hexdigest()

    @property
    def closed(self) -> bool:
        """Whether nothing more can be written."""
        return self._file.closed

    def write(self, content: bytes) -> int:
        """Append to the file."""
        self._digest.update(content)
        return self._file.write(content)

    def flush(self) -> None:
        """Hand what was written to the system."""
        self._file.flush()


class Checksums:
    """What the files of a directory were when they were written, by their names.

    Args:
        directory: of the files, and of the file of their checksums; need not exist.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE
        self._known: dict[str, str] = {}
        self._lines = 0
        # Of the file as it was last read or written.
        self._state: tuple[int, ...] = ()

    def names(self) -> list[str]:
        """The files that have a checksum; they need not exist."""
        self._load()
        return sorted(self._known)

    def has(self, name: str) -> bool:
        """Whether a file has a checksum."""
        self._load()
        return name in self._known

    def holds(self, name: str, found: str) -> bool:
        """Whether a file with the checksum ``found`` is what was written as ``name``."""
        self._load()
        return self._known.get(name) == found

    def record(self, name: str, found: str) -> None:
        """Note that ``name`` is about to be written, with the checksum ``found``.

        Raises:
            OSError: that cannot be written.
        """
        if self.has(name) and self._known[name] == found:
            return
        with self._path.open("a+b") as file:
            # A line that was cut off must not take the next one with it.
            file.seek(0, 2)
            if file.tell():
                file.seek(-1, 2)
                if file.read(1) != b"\n":
                    file.write(b"\n")
            file.write(f"{found}  {name}\n".encode())
            file.flush()
            self._state = _state(os.fstat(file.fileno()))
        self._known[name] = found
        self._lines += 1

    def text(self) -> str | None:
        """The file's content with one line a name; None where it is that already."""
        self._load()
        if self._lines == len(self._known):
            return None
        return "".join(f"{found}  {name}\n" for name, found in sorted(self._known.items()))

    def _load(self) -> None:
        # Another process may have written it: it is read again when it has changed.
        try:
            state = _state(self._path.stat())
            if state == self._state:
                return
            lines = self._path.read_bytes().decode("utf-8", "replace").splitlines()
        except OSError:
            state, lines = (), []  # without it no file counts
        matches = [match for line in lines if (match := _LINE.fullmatch(line))]
        self._state = state
        self._lines = len(lines)
        self._known = {match[2]: match[1] for match in matches}


def _state(found: os.stat_result) -> tuple[int, ...]:
    return found.st_ino, found.st_size, found.st_mtime_ns
