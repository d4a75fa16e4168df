"""Macros of C and C++: those that a program defines, and names that may be others'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from metacompress.lang.language import C_FAMILY
from metacompress.lang.syntax import descendants

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

STANDARD_CONSTANTS = frozenset(
    """
    NULL EOF CHAR_BIT CHAR_MAX CHAR_MIN INT_MAX INT_MIN LONG_MAX LONG_MIN LLONG_MAX
    LLONG_MIN SHRT_MAX SHRT_MIN UCHAR_MAX UINT_MAX ULONG_MAX ULLONG_MAX SIZE_MAX RAND_MAX
    true false TRUE FALSE EINVAL ENOMEM EAGAIN EINTR EIO ENOENT EBADF
    """.split()
)
"""Constants of the standard library that C programs use as object-like macros."""
_DEFINITION = re.compile(
    rb"^[ \t]*#[ \t]*(?:define[ \t]+([A-Za-z_\x80-\xff][\w\x80-\xff]*)(\()?"
    rb"((?:\\\r?\n|[^\n])*)|undef[ \t]+([\w\x80-\xff]+))",
    re.MULTILINE,
)
_NUMBER = re.compile(r"\(*\s*(?:[-+]\s*)?((?:\d|\.\d)[\w.]*)\s*\)*")


def find_macros(program: AnalysedProgram) -> dict[str, str | None]:
    """The body of each macro that a C or C++ program defines, by its name.

    None stands for one that has parameters or more than one meaning.
    """
    macros: dict[str, str | None] = {}
    if program.language not in C_FAMILY:
        return macros
    for name, parameters, body, undefined in _DEFINITION.findall(program.source):
        key = (name or undefined).decode(errors="replace")
        text = re.sub(r"//.*|/\*.*?\*/", " ", body.decode(errors="replace")).strip()
        is_clear = not (parameters or undefined) and macros.get(key, text) == text
        macros[key] = text if is_clear else None
    return macros


def number_in(body: str | None) -> str | None:
    """The number that a macro stands for, without its sign; None if it is anything else."""
    found = None if body is None else _NUMBER.fullmatch(body)
    if body is None or found is None or body.count("(") != body.count(")"):
        return None
    return found[1]


def is_macro_like(program: AnalysedProgram, identifier: Node) -> bool:
    """Whether a C or C++ name may be a macro that is more than a number.

    Either the program defines it, or it is undeclared and written in capitals.
    """
    if program.language not in C_FAMILY:
        return False
    name = program.text(identifier)
    macros = program.fact(find_macros)
    if name in macros:
        return number_in(macros[name]) is None
    return (
        name.isupper()
        and len(name) > 1
        and name not in STANDARD_CONSTANTS
        and program.binding_of(identifier) is None
    )


def has_macro(program: AnalysedProgram, node: Node) -> bool:
    """Whether a name in ``node`` looks like a macro."""
    return any(
        part.type == "identifier" and is_macro_like(program, part) for part in descendants(node)
    )


def find_macro_like(program: AnalysedProgram) -> list[int]:
    """Where the names that look like macros start, in source order."""
    return [name.start_byte for name in program.nodes("identifier") if is_macro_like(program, name)]
