"""Checksums of the files of a directory, to tell whether they are what was written."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path


def sums_of(directory: Path, *, but: Collection[str] = ()) -> dict[str, str]:
    """SHA-256 of each file in a directory, by its name; directories in it are passed over.

    Args:
        directory: must exist.
        but: names of files to leave out.

    Raises:
        OSError: a file cannot be read.
    """
    files = sorted(path for path in directory.iterdir() if path.is_file())
    return {path.name: sum_of(path) for path in files if path.name not in but}


def differing(directory: Path, sums: Mapping[str, str]) -> list[str]:
    """Names of the files that are missing in a directory, or are not what they were.

    Args:
        directory: need not exist.
        sums: as ``sums_of`` gave them.
    """
    return sorted(name for name, known in sums.items() if not _holds(directory / name, known))


def _holds(path: Path, known: str) -> bool:
    try:
        return sum_of(path) == known
    except OSError:
        return False


def sum_of(path: Path) -> str:
    """SHA-256 of a file, which is read piece by piece.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
