"""The programming languages that MetaCompress reads."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from pathlib import PurePath


class Language(StrEnum):
    """A programming language; its value is its name in files and on the command line."""

    C = "c"
    CPP = "cpp"
    JAVA = "java"
    PYTHON = "python"

    @classmethod
    def parse(cls, name: str) -> Language:
        """Return the language called ``name`` (``c++``, ``cxx`` and ``py`` are understood).

        Raises:
            UsageError: no such language.
        """
        lowered = name.strip().lower()
        try:
            return cls(_ALIASES.get(lowered, lowered))
        except ValueError:
            known = ", ".join(cls)
            raise UsageError(f"unknown language {name!r}; known: {known}") from None

    @classmethod
    def of_file(cls, path: PurePath) -> Language | None:
        """The language that the file's suffix stands for, or None."""
        return _SUFFIXES.get(path.suffix.lower())


_ALIASES = {"c++": "cpp", "cxx": "cpp", "py": "python", "python3": "python"}
_SUFFIXES = {
    ".c": Language.C,
    ".h": Language.C,
    ".cc": Language.CPP,
    ".cpp": Language.CPP,
    ".cxx": Language.CPP,
    ".hpp": Language.CPP,
    ".java": Language.JAVA,
    ".py": Language.PYTHON,
}
