"""The programming languages that MetaCompress reads."""

from __future__ import annotations

from enum import StrEnum

from metacompress.errors import UsageError


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


_ALIASES = {"c++": "cpp", "cxx": "cpp", "py": "python", "python3": "python"}
