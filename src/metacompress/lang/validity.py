"""Checks that a variant must pass before any model sees it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metacompress.lang.module import Module


class ValidityLevel(StrEnum):
    """How much is checked; each level includes those before it."""

    PARSE = "parse"
    BINDINGS = "bindings"


class Refusal(StrEnum):
    """Why a variant, or the transformation of a program, is refused."""

    NO_SITE = "no-site"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    UNSUPPORTED_LANGUAGE = "unsupported-language"
    UNANALYSABLE = "unanalysable"
    NEW_PARSE_ERROR = "new-parse-error"
    BINDINGS_CHANGED = "bindings-changed"


def check_parse(source: Module, variant: Module) -> Refusal | None:
    """Refuse a variant that has more syntax errors than its source."""
    if variant.program.error_count > source.program.error_count:
        return Refusal.NEW_PARSE_ERROR
    return None


def check_renaming(source: Module, variant: Module) -> Refusal | None:
    """Refuse a variant that differs from its source in more than a capture-free renaming."""
    return None if source.masked == variant.masked else Refusal.BINDINGS_CHANGED
