"""Characters that a terminal obeys or that hide others, and those that no file can hold."""

from __future__ import annotations

import re

from metacompress.errors import UsageError

# Controls of C0 (but tab and line feed), delete and C1; marks, overrides and isolates of the
# direction; other separators of lines; lone surrogates, which no encoding can write.
_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)

_CARRIAGE_RETURN = re.compile(r"\r(?=\n|\Z)")


def visible(text: str) -> str:
    """``text`` with every character that a terminal obeys as its escape, ``\\x1b`` for example."""
    return _OBEYED.sub(lambda found: ascii(found.group())[1:-1], text)


def visible_lines(text: str) -> str:
    """As ``visible``, of a program or another text of lines, without the \\r of their ends."""
    return visible(_CARRIAGE_RETURN.sub("", text))


def visible_json(text: str) -> str:
    """JSON ``text`` with such characters as JSON escapes: the same value, safe on a terminal."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def require_plain(value: object, where: str) -> None:
    """Check every text in ``value``, keys included, for what no path, table or file can hold.

    Raises:
        UsageError: a NUL character or a lone surrogate (bytes of a file name that are not valid
            UTF-8 become such); the message names ``where``.
    """
    if isinstance(value, str):
        if "\0" in value:
            raise UsageError(f"{where}: {visible(value)} holds a NUL character; remove it")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise UsageError(
                f"{where}: {visible(value)} is not valid UTF-8; rename the file, or give UTF-8 text"
            ) from None
    elif isinstance(value, dict):
        for key, inner in value.items():
            require_plain(key, where)
            require_plain(inner, f"{where}.{key}" if where else str(key))
    elif isinstance(value, (list, tuple)):
        for inner in value:
            require_plain(inner, where)
