"""Types of settings that several commands share."""

from __future__ import annotations

import os
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from metacompress.lang.language import Language


def _as_text(value: object) -> object:
    return os.fspath(value) if isinstance(value, os.PathLike) else value


PathText = Annotated[str, BeforeValidator(_as_text)]
"""A path as text; it may be given as a Path."""

BY_CONTENT = "counts by its content"
InputPath = Annotated[str, BeforeValidator(_as_text), BY_CONTENT]
"""The same, of a file or a model's directory that is read: see ``file_digests``."""

MAX_SEED = 2**32 - 1
"""Largest seed: what every library that is seeded takes."""

Seed = Annotated[int, Field(ge=0, le=MAX_SEED)]
"""Random seed."""

OneOrSeveral = BeforeValidator(lambda names: (names,) if isinstance(names, str) else names)
"""Lets a user give one name as a text where several may stand."""

LanguageName = Annotated[str, AfterValidator(Language.parse)]
"""A language in any spelling that is understood."""
