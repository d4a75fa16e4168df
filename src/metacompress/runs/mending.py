"""Removal of the files of a run that are half written or damaged, so that they are made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.errors import DamagedFileError
from metacompress.files.atomic import is_partial
from metacompress.files.ownership import is_one_of, remove_ours
from metacompress.runs import checksums

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from metacompress.runs.run_directory import RunDirectory


def drop_partial(path: Path) -> None:
    """Remove what a process left that was killed while it wrote; the caller holds the lock.

    Raises:
        OSError: something cannot be removed.
    """
    inner = (one for one in path.iterdir() if one.is_dir() and not one.is_symlink())
    for directory in (path, *inner):
        for entry in list(directory.iterdir()):
            if is_partial(entry.name) and not entry.is_dir():
                entry.unlink()


def drop_damaged(run: RunDirectory, patterns: Sequence[str], note: Callable[[str], None]) -> None:
    """Remove the files that are not what was written.

    Args:
        run: the directory.
        patterns: of the files that are ours.
        note: called with a line for the user per file.

    Raises:
        OSError: something cannot be removed.
    """
    for name in run.checksums.names():
        path = run.path / name
        # The list may be damaged, too: a name in it does not prove that a file is ours.
        if not is_one_of(name, patterns) or not path.is_file():
            continue
        try:
            run.read_bytes(name)
        except DamagedFileError:
            note(f"{path}: damaged; it is made again")
            remove_ours(run.path, [name])
    text = run.checksums.text()
    if text is not None:
        run.write_text(checksums.FILE, text)
