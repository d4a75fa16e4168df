"""Wrong command lines in one line, with the way out; the library would draw a box of six."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from metacompress.errors import first_line
from metacompress.registry import close_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cyclopts import CycloptsError


def described(error: CycloptsError) -> str:
    """Message about wrong arguments, with a likely correction and the place of help."""
    said = _said(error)
    see = " ".join(("see metacompress", *(error.command_chain or ()), "-h"))
    return f"{said} {see}" if said.endswith("?") else f"{said}; {see}"


def _said(error: CycloptsError) -> str:
    match error:
        case UnknownOptionError():
            name = error.token.keyword or error.token.value
            names = (name for one in error.argument_collection for name in one.names)
            return f"no such option: {name}" + _meant(name, [*names, *_named(error)])
        case UnknownCommandError():
            name = (error.unused_tokens or [""])[0]
            said = f"no such option: {name}" if name[:1] == "-" else f"no such command {name!r}"
            return said + _meant(name, _named(error))
        case UnusedCliTokensError():
            return f"unexpected argument: {' '.join(error.unused_tokens or ())}"
        case RepeatArgumentError():
            return (
                f"{error.token.keyword} is given more than once and takes one value; give it once"
            )
        case MissingArgumentError() if error.argument is not None:
            if error.keyword is None and not error.argument.tokens:
                return f"{error.argument.name.lstrip('-')} is missing"
            return f"{error.keyword or error.argument.name} requires a value"
        case CoercionError() if error.token is not None and error.argument is not None:
            return (
                f"invalid value for {error.token.keyword or error.argument.name}: "
                f"{_reason(error, error.token.value)}"
            )
    line = first_line(error).rstrip(".")
    return f"{line[:1].lower()}{line[1:]}"


def _reason(error: CoercionError, value: str) -> str:
    choices = error.argument.get_choices() if error.argument is not None else None
    if choices:
        return f"{value!r} is none of {', '.join(choices)}" + _meant(value, choices)
    return f"{value!r} is not {error.msg}" if error.msg else f"{value!r} is not valid"


def _named(error: CycloptsError) -> list[str]:
    """Commands, and options of the program itself."""
    return [] if error.app is None else [*error.app]


def _meant(name: str, known: Iterable[str]) -> str:
    close = close_names(name, list(known))
    return f"; did you mean {' or '.join(close)}?" if close else ""
