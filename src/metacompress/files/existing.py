"""Texts that may name a file of this disk."""

from __future__ import annotations

from pathlib import Path


def existing_path(given: str | Path | None) -> Path | None:
    """The file or directory that ``given`` names; None where there is none.

    Names of other things (a hub id, a text longer than any file name) are no error.
    """
    if given is None or "\0" in str(given) or not str(given):
        return None
    path = Path(given).expanduser()
    try:
        return path if path.exists() else None
    except OSError:  # a name too long is not one of a file
        return None
