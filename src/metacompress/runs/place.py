"""How a user names a run, or one student of it."""

from __future__ import annotations

from pathlib import Path

from metacompress.files.existing import existing_path


def run_and_student(place: str) -> tuple[Path, str | None]:
    """The run directory and the student that ``RUN`` or ``RUN#NAME`` names; None for the only one.

    Nothing needs to be there. A directory whose name has a # itself goes before.
    """
    path, mark, name = place.rpartition("#")
    if not mark or not path or not name or existing_path(place) is not None:
        return Path(place).expanduser(), None
    return Path(path).expanduser(), name
