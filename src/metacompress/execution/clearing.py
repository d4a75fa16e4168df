"""Empty a directory that a hostile program has filled, and weigh it."""

from __future__ import annotations

import contextlib
import itertools
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Each level takes a descriptor.
_DEEPEST = 50


def clear(directory: int) -> bool:
    """Remove all below an open directory; False where something stays.

    Nothing here depends on the length of a path or on the depth of the tree: what is too deep is
    moved to the top, to be removed in the next round.

    Args:
        directory: descriptor of a directory.
    """
    left: set[str] = set()
    moved = itertools.count()
    # What has stayed through a round will stay for good.
    while names := set(_names(directory)) - left:
        _clear(directory, directory, 0, moved)
        left |= names
    return not _names(directory)


def _clear(directory: int, top: int, depth: int, moved: Iterator[int]) -> None:
    for name in _names(directory):
        if _unlink(name, directory):
            continue
        if depth == _DEEPEST:
            _move_up(name, directory, top, f".cleared-{os.getpid()}-{next(moved)}")
            continue
        inner = _opened(name, directory)
        if inner is not None:
            try:
                _clear(inner, top, depth + 1, moved)
            finally:
                os.close(inner)
            with contextlib.suppress(OSError):
                os.rmdir(name, dir_fd=directory)


def _move_up(name: str, directory: int, top: int, moved: str) -> None:
    with contextlib.suppress(OSError):
        # A directory that may not be written cannot be moved: its own ``..`` changes.
        os.chmod(name, 0o700, dir_fd=directory)
    with contextlib.suppress(OSError):
        os.rename(name, moved, src_dir_fd=directory, dst_dir_fd=top)


def _names(directory: int) -> list[str]:
    try:
        return os.listdir(directory)
    except OSError:
        return []


def _unlink(name: str, directory: int) -> bool:
    try:
        os.unlink(name, dir_fd=directory)
    except OSError:
        return False
    return True


def _opened(name: str, directory: int) -> int | None:
    for _ in range(2):
        try:
            found = os.open(name, _OPENING, dir_fd=directory)
        except PermissionError:
            with contextlib.suppress(OSError):
                os.chmod(name, 0o700, dir_fd=directory)
        except OSError:
            return None
        else:
            with contextlib.suppress(OSError):
                os.fchmod(found, 0o700)
            return found
    return None


def is_heavier(directory: int, most_bytes: int, most_entries: int) -> bool:
    """Whether a tree takes more room on its disk, or has more entries, than it may.

    The walk ends where either limit is reached, so its cost is bounded whatever is there.
    """
    size = 0
    for count, status in enumerate(_walk(directory), 1):
        size += status.st_blocks * 512
        if size > most_bytes or count > most_entries:
            return True
    return False


def _walk(top: int) -> Iterator[os.stat_result]:
    pending = [os.dup(top)]
    try:
        while pending:
            directory = pending.pop()
            try:
                for name in _names(directory):
                    try:
                        status = os.stat(name, dir_fd=directory, follow_symlinks=False)
                    except OSError:
                        continue
                    yield status
                    # Descriptors run out before a tree does: what is deeper weighs by its count.
                    if stat.S_ISDIR(status.st_mode) and len(pending) < 256:
                        inner = _opened_as_it_is(name, directory)
                        if inner is not None:
                            pending.append(inner)
            finally:
                os.close(directory)
    finally:
        for directory in pending:
            os.close(directory)


def _opened_as_it_is(name: str, directory: int) -> int | None:
    try:
        return os.open(name, _OPENING, dir_fd=directory)
    except OSError:
        return None
