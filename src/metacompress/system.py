"""The systems that MetaCompress runs on."""

from __future__ import annotations

import os

from metacompress.errors import MissingDependencyError

KIND = os.name


def require_posix() -> None:
    """Check that this is a POSIX system: file locks, resource limits and processes are its own.

    Raises:
        MissingDependencyError: it is another one, Windows for example.
    """
    if KIND != "posix":
        raise MissingDependencyError(
            "MetaCompress runs on Linux and macOS (it needs fcntl and resource); "
            "on Windows, use the Windows Subsystem for Linux"
        )
