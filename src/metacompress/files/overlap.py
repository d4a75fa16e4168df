"""Refusals of outputs that would destroy an input of the same command."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.errors import UsageError
from metacompress.files.existing import existing_path

if TYPE_CHECKING:
    from collections.abc import Iterable


def refuse_inputs_in(
    out: Path, option: str, inputs: Iterable[tuple[str, str | Path | None]]
) -> None:
    """Refuse a directory to write where an input is this directory, or lies in it.

    Args:
        out: the directory; need not exist.
        option: what names it, for the message.
        inputs: what names an input, and the input; texts that name no existing file or
            directory, as hub ids, are let pass.

    Raises:
        UsageError: see above.
    """
    for name, given in inputs:
        path = existing_path(given)
        if path is not None and existing_path(out) is not None and _is_in(path, out):
            raise UsageError(
                f"{option} {out}: {name} reads {given}, which is there and would be replaced; "
                f"choose another {option}"
            )


def refuse_output_over(
    out: Path, option: str, inputs: Iterable[tuple[str, str | Path | None]]
) -> None:
    """Refuse a file to write that is an input, under any name, or a part of one.

    Args:
        out: the file; one that does not exist replaces nothing.
        option: what names it, for the message.
        inputs: see ``refuse_inputs_in``; one may be a directory of files.

    Raises:
        UsageError: see above.
    """
    for name, given in inputs:
        path = existing_path(given)
        if (
            path is not None
            and existing_path(out) is not None
            and (_is_in(out, path) or _holds_same(path, out))
        ):
            raise UsageError(
                f"{option} {out}: {name} reads it, and it would be replaced; "
                f"choose another {option}"
            )


def _is_in(path: Path, directory: Path) -> bool:
    """Whether ``path`` is ``directory`` or lies in it, whatever links lead to either."""
    if not directory.exists():
        return False
    place = Path(os.path.realpath(path))
    if any(one.exists() and one.samefile(directory) for one in (place, *place.parents)):
        return True
    # A link in the directory goes with it, wherever it leads to.
    stated = path.absolute()
    return any(one.exists() and one.samefile(directory) for one in stated.parents)


def _holds_same(path: Path, out: Path) -> bool:
    """Whether ``out`` is, under another name, ``path`` or a file directly in it."""
    if path.samefile(out):
        return True
    return path.is_dir() and any(entry.exists() and entry.samefile(out) for entry in path.iterdir())
