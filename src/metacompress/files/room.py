"""Full disks, as the libraries that write for us report them.

The writers of PyTorch, safetensors and ONNX raise exceptions of their own, some without a word of
the reason. So the disk itself is asked, too.
"""

from __future__ import annotations

import errno
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from metacompress.errors import MetaCompressError, RunDirectoryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT)
_SAID = "No space left"
# A failed write leaves what it could write, so that a full disk has less than this.
_LEAST_FREE = 1 << 20


@contextmanager
def reporting_full_disk(path: Path) -> Iterator[None]:
    """Report any failure of the block on a full disk as a file that cannot be written.

    Args:
        path: directory that the block writes into; need not exist.

    Raises:
        RunDirectoryError: the disk is full.
    """
    try:
        yield
    except MetaCompressError:
        raise
    except Exception as error:
        if not is_full(path, error):
            raise
        raise no_room(path) from error


def no_room(path: Path) -> RunDirectoryError:
    """The error to raise where there is no room for ``path``."""
    return RunDirectoryError(
        f"{path}: cannot be written (No space left on device); make room and run the same command "
        f"again",
        path=path,
    )


def is_full(path: Path, reason: BaseException | str) -> bool:
    """Whether a failure, or its message, is that of a full disk.

    Args:
        path: what could not be written; need not exist.
        reason: an exception, or the message of one.
    """
    if isinstance(reason, OSError) and reason.errno in _FULL:
        return True
    return _SAID in str(reason) or _free(path) < _LEAST_FREE


def _free(path: Path) -> float:
    for place in (path, *path.absolute().parents):
        try:
            return shutil.disk_usage(place).free
        except OSError:
            continue
    return float("inf")
