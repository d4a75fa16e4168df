"""Atomic writes: what exists under its name is complete, whenever the process ends.

Content goes to a file beside the target, is brought to the disk, and takes the target's name at
the end; after an error or an interrupt the target is what it was before.
"""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTIAL = ".metacompress-partial"
# Names have 255 bytes at most; so many characters of the target's leave room for the rest.
_NAME_KEPT, _SUFFIX_KEPT = 36, 16


@contextmanager
def replacing(path: Path, *, follow: bool = True) -> Iterator[Path]:
    """A file to fill, which becomes ``path`` when the block ends without an error.

    Directories are made. What is not a regular file, as ``/dev/stdout``, is written to directly.

    Args:
        path: the target.
        follow: keep a symbolic link, and replace the file that it leads to.

    Raises:
        OSError: it cannot be written.
    """
    target = Path(os.path.realpath(path)) if follow else path
    if not target.is_symlink() and target.exists() and not target.is_file():
        if target.is_dir():
            raise IsADirectoryError(21, "is a directory", str(path))
        yield path
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # Another process may write the same file: each has a partial one of its own. The suffix is
    # the target's, because some writers go by it.
    partial = target.with_name(
        f"{_beginning(target)}{os.getpid()}{_PARTIAL}{target.suffix[:_SUFFIX_KEPT]}"
    )
    try:
        partial.unlink(missing_ok=True)
        yield partial
        if target.is_file() and not target.is_symlink():
            with suppress(OSError):
                shutil.copymode(target, partial)
        _to_disk(partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    _to_disk(target.parent)


def remove_orphans(path: Path) -> None:
    """Remove what ``replacing`` left beside ``path`` where its process was killed.

    What a process writes that still runs, or that runs on another machine, stays. This reads the
    whole directory: it is for outputs that a command writes once.
    """
    target = Path(os.path.realpath(path))
    beginning = _beginning(target)
    with suppress(OSError):
        for beside in list(target.parent.iterdir()):
            process, _, rest = beside.name.removeprefix(beginning).partition(_PARTIAL)
            if (
                beside.name == f"{beginning}{process}{_PARTIAL}{rest}"
                and process.isdecimal()
                and not _runs(int(process))
            ):
                beside.unlink(missing_ok=True)


def _beginning(target: Path) -> str:
    """What the names of partial files of ``target`` begin with on this machine."""
    machine = zlib.crc32(platform.node().encode("utf-8", "surrogateescape"))
    return f".{target.name[:_NAME_KEPT]}.{machine:08x}."


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def is_partial(name: str) -> bool:
    """Whether a file is one that ``replacing`` left where its process was killed."""
    return name.startswith(".") and _PARTIAL in name


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file at once.

    Raises:
        OSError: it cannot be written.
    """
    with replacing(path) as partial:
        partial.write_bytes(content)


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8 at once.

    Raises:
        OSError: it cannot be written.
    """
    write_bytes(path, text.encode("utf-8"))


@contextmanager
def new_directory(out: Path) -> Iterator[Path]:
    """A directory to fill, which becomes ``out`` when the block ends without an error.

    Args:
        out: missing, or an empty directory.

    Raises:
        OSError: it cannot be written, or holds something.
    """
    out = Path(os.path.realpath(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{out.name[:_NAME_KEPT]}-"
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=prefix) as scratch:
        # Inside, because a temporary directory itself is for its owner's eyes only.
        made = Path(scratch) / "made"
        made.mkdir()
        yield made
        for file in made.rglob("*"):
            _to_disk(file)
        # Takes the place of an empty directory, and of nothing else.
        made.rename(out)
    _to_disk(out.parent)


def _to_disk(path: Path) -> None:
    # Some file systems cannot; the rename is atomic on them all the same.
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
