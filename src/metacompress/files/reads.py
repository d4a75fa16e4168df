"""Records which files were read, and what they were then, to know later whether they still are."""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FileState = tuple[int, int, int, int, int]
"""Device, inode, size, and times of the last change of content and of the inode, in ns.

A user can set the time of content, but not that of the inode: no other content has an equal state.
"""

# No file is in it: what was read elsewhere may be another thing the next time.
_NEVER: FileState = (-1, -1, -1, -1, -1)

_reads: ContextVar[dict[str, FileState | None] | None] = ContextVar("reads", default=None)


def working_directory() -> str | None:
    """Where relative paths stand; None where it was removed, which must not end a long command."""
    try:
        return os.getcwd()  # noqa: PTH109 - a text
    except FileNotFoundError:
        return None


def state_of(path: str | Path) -> FileState | None:
    """The state of a file or directory; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - of texts, thousands of them
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


@contextmanager
def recording_reads() -> Iterator[dict[str, FileState | None]]:
    """Collect the files and directories that are read in the block, by absolute path.

    Their states are those of the first time, before anything was read. None stands for one that
    was not there.
    """
    found: dict[str, FileState | None] = {}
    token = _reads.set(found)
    try:
        yield found
    finally:
        _reads.reset(token)


def note_read(path: Path) -> None:
    """Note that a file is about to be read, or the names in a directory."""
    found = _reads.get()
    if found is not None:
        found.setdefault(str(path.absolute()), state_of(path))


def note_remote(name: str) -> None:
    """Note what is read from a hub. No file here tells its state: it counts as changed, always."""
    note_states({f"hub:{name}": _NEVER})


def note_states(states: Mapping[str, FileState | None]) -> None:
    """Note files that another process read, as it recorded them."""
    found = _reads.get()
    if found is not None:
        for path, state in states.items():
            found.setdefault(path, state)


def unchanged(states: Mapping[str, Any]) -> bool:
    """Whether all files of ``recording_reads``, or of its JSON, are what they were."""
    return all(
        (None if state is None else tuple(state)) == state_of(path)
        for path, state in states.items()
    )
