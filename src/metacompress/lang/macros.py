"""The macros that a C or C++ program defines itself."""

from __future__ import annotations

import re

_DEFINITION = re.compile(
    rb"^[ \t]*#[ \t]*(?:define[ \t]+([A-Za-z_\x80-\xff][\w\x80-\xff]*)(\()?"
    rb"((?:\\\r?\n|[^\n])*)|undef[ \t]+([\w\x80-\xff]+))",
    re.MULTILINE,
)
_NUMBER = re.compile(r"\(*\s*(?:[-+]\s*)?((?:\d|\.\d)[\w.]*)\s*\)*")


def defined_macros(source: bytes) -> dict[str, str | None]:
    """The body of each macro by its name; None if it has parameters or more than one meaning."""
    macros: dict[str, str | None] = {}
    for name, parameters, body, undefined in _DEFINITION.findall(source):
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
