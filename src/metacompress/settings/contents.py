"""Files that settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from metacompress.settings.fields import ByContent

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel


def input_files(settings: BaseModel) -> dict[str, Path]:
    """The files and directories that settings name, by setting: those marked ``ByContent``.

    A name that is nothing on this disk (a hub id) is left out.
    """
    found = {}
    for name, field in type(settings).model_fields.items():
        # Behind ``| None`` the mark stands in the annotation, else pydantic takes it out.
        marks = [*field.metadata]
        for part in get_args(field.annotation):
            marks += getattr(part, "__metadata__", ())
        value = getattr(settings, name)
        for mark in marks:
            if isinstance(mark, ByContent) and value is not None:
                path = mark.place(value)
                if path is not None:
                    found[name] = path
    return found
