"""How much of a variant is checked before any model sees it.

Apart from the checks themselves, which need the front ends of all languages: settings name levels.
"""

from __future__ import annotations

from enum import StrEnum


class ValidityLevel(StrEnum):
    """How much is checked; each level includes those before it."""

    PARSE = "parse"
    BINDINGS = "bindings"
    COMPILE = "compile"
    EXECUTE = "execute"
