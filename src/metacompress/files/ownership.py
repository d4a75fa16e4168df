"""Directories of ours: known by a marker, and emptied of what we wrote alone.

The marker is the first file that is written into a directory, which must be new or empty then.
Whatever else a user puts there later stays: only names that we write are ever removed, and no
link is followed.
"""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from metacompress.errors import RunDirectoryError
from metacompress.files.atomic import is_partial, write_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

MARKER = ".metacompress"
LOCK = ".lock"
_FORMAT = 1
_SHOWN = 3


def refuse_foreign(
    path: Path, kind: str, option: str, known: Callable[[Path], bool] = lambda path: False
) -> None:
    """Refuse a directory that holds something and is not ours; writes nothing.

    Args:
        path: the directory; need not exist.
        kind: what we keep in it: check, attack, training, compression or export.
        option: what names it, for messages.
        known: whether a directory without a marker is known as ours by something else.

    Raises:
        RunDirectoryError: see above, or it holds something of another kind.
    """
    try:
        _refuse_foreign(path, kind, option, known)
    except OSError as error:
        raise RunDirectoryError(
            f"{path}: cannot be read ({error.strerror or error}); choose another {option}"
        ) from error


def _refuse_foreign(path: Path, kind: str, option: str, known: Callable[[Path], bool]) -> None:
    if not path.exists() and not path.is_symlink():
        return
    if not path.is_dir():
        raise RunDirectoryError(f"{path}: is not a directory; choose another {option}")
    there = read_marker(path)
    if there is not None:
        if there != kind:
            raise RunDirectoryError(
                f"{path}: is the directory of another command, or of an earlier version ({there}, "
                f"not {kind}); choose another {option}"
            )
        return
    foreign = sorted(entry.name for entry in path.iterdir() if not _is_trace(entry.name))
    if foreign and not known(path):
        shown = ", ".join(map(repr, foreign[:_SHOWN])) + ", ..." * (len(foreign) > _SHOWN)
        raise RunDirectoryError(
            f"{path}: is in use, by files that no {kind} of ours wrote ({shown}); choose another "
            f"{option}, new or empty"
        )


def mark(path: Path, kind: str) -> None:
    """Mark a directory as ours.

    Raises:
        OSError: it cannot be written.
    """
    if read_marker(path) != kind:
        write_text(path / MARKER, json.dumps({"kind": kind, "format": _FORMAT}) + "\n")


def read_marker(path: Path) -> str | None:
    """The kind that a directory was marked with; None where it is not ours.

    Raises:
        RunDirectoryError: a later version wrote it.
    """
    marker = path / MARKER
    try:
        content: Any = json.loads(marker.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(content, dict) or not isinstance(content.get("kind"), str):
        return None
    if content.get("format") != _FORMAT:
        raise RunDirectoryError(
            f"{marker}: format {content.get('format')!r} is not {_FORMAT}; use the version that "
            f"wrote it"
        )
    kind: str = content["kind"]
    return kind


def remove_ours(
    root: Path, patterns: Iterable[str], *, stay: Iterable[str] = (), below: str = ""
) -> list[str]:
    """Remove the files of ours, and directories of ours that are empty then.

    Args:
        root: a directory of ours.
        patterns: what we write, as ``fnmatch`` patterns of each part of a path below ``root``.
        stay: those of them that stay, likewise.
        below: remove only what lies in this directory.

    Returns:
        the files and directories that are not ours, relative to ``root``.

    Raises:
        OSError: something cannot be removed.
    """
    foreign: list[str] = []
    _remove(root, below, tuple(patterns), tuple(stay), foreign)
    if below and not any((root / below).iterdir()):
        (root / below).rmdir()
    return foreign


def _remove(
    root: Path, place: str, patterns: tuple[str, ...], stay: tuple[str, ...], foreign: list[str]
) -> None:
    for entry in sorted((root / place).iterdir()):
        name = f"{place}/{entry.name}" if place else entry.name
        if entry.is_dir() and not entry.is_symlink():
            if not any(_leads_to(name, pattern) for pattern in patterns):
                foreign.append(name)
                continue
            _remove(root, name, patterns, stay, foreign)
            if not any(entry.iterdir()):
                entry.rmdir()
        elif _is_trace(entry.name) or entry.name == MARKER:
            # Leftovers go; the lock and the marker go with their directory below the root.
            if place or is_partial(entry.name):
                entry.unlink()
        elif not is_one_of(name, patterns):
            foreign.append(name)
        elif not is_one_of(name, stay):
            entry.unlink()  # of a link this takes the link, and not where it leads


def is_one_of(name: str, patterns: Iterable[str]) -> bool:
    """Whether a path below a directory of ours is one that ``patterns`` speak of."""
    return any(_matches(name, pattern) for pattern in patterns)


def _matches(name: str, pattern: str) -> bool:
    parts, wanted = name.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))


def _leads_to(directory: str, pattern: str) -> bool:
    """Whether something below ``directory`` may match."""
    parts, wanted = directory.split("/"), pattern.split("/")
    return len(parts) < len(wanted) and all(map(fnmatchcase, parts, wanted))


def _is_trace(name: str) -> bool:
    """Whether a file is what we leave where we are killed before the marker stands."""
    return name == LOCK or is_partial(name)
