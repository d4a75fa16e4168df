"""Contents of the files that settings name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

from metacompress.data.content import content_digest
from metacompress.settings.fields import BY_CONTENT

if TYPE_CHECKING:
    from pydantic import BaseModel


def file_digests(settings: BaseModel) -> dict[str, str]:
    """Digests of the files that settings name, by setting: those of the type InputPath.

    A name that is nothing on this disk (a hub id) has no digest.

    Raises:
        DataError: a file cannot be read.
    """
    found = {}
    for name, field in type(settings).model_fields.items():
        # Behind ``| None`` the mark stands in the annotation, else pydantic takes it out.
        marks = [*field.metadata]
        for part in get_args(field.annotation):
            marks += getattr(part, "__metadata__", ())
        if BY_CONTENT in marks:
            value = getattr(settings, name)
            path = None if value is None else Path(value).expanduser()
            if path is not None and path.exists():
                found[name] = content_digest(path)
    return found
