"""Types of settings that several commands share."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from metacompress.files.existing import existing_path
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _as_text(value: object) -> object:
    return os.fspath(value) if isinstance(value, os.PathLike) else value


PathText = Annotated[str, BeforeValidator(_as_text)]
"""A path as text; it may be given as a Path."""


@dataclass(frozen=True, slots=True)
class ByContent:
    """Mark of a setting that names an input, which counts by its content and not by its name.

    Attributes:
        place: maps the setting to the file or directory that it names; None where it names
            nothing on this disk, for instance a hub id.
    """

    place: Callable[[str], Path | None]


InputPath = Annotated[str, BeforeValidator(_as_text), ByContent(existing_path)]
"""The same, of a file or a model's directory that is read: see ``input_files``."""

MAX_SEED = 2**32 - 1
"""Largest seed: what every library that is seeded takes."""

Seed = Annotated[int, Field(ge=0, le=MAX_SEED)]
"""Random seed."""

OneOrSeveral = BeforeValidator(lambda names: (names,) if isinstance(names, str) else names)
"""Lets a user give one name as a text where several may stand."""

LanguageName = Annotated[str, AfterValidator(Language.parse)]
"""A language in any spelling that is understood."""
