"""The values of plain integer and character literals of C, C++ and Java."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_NUMBER = re.compile(r"-?(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)")
_ESCAPES = {"n": 10, "t": 9, "r": 13, "b": 8, "f": 12, "0": 0, "\\": 92, "'": 39, '"': 34}
_LIMIT = 2**31
_MOST_DIGITS = 40


def literal_value(program: AnalysedProgram, node: Node) -> int | None:
    """The value of a literal, perhaps with a minus, that an ``int`` can hold with either sign.

    None of any other, and of one with a suffix, a prefix or a rare escape.
    """
    text = program.text(node)
    if text.startswith("-"):
        text = "-" + text[1:].lstrip()
    if _NUMBER.fullmatch(text):
        digits = text.lstrip("-")
        # Python refuses to read thousands of digits.
        if len(digits) > _MOST_DIGITS:
            return None
        value = int(digits, 8 if digits.startswith("0") and digits.isdigit() else 0)
        return None if value >= _LIMIT else -value if text.startswith("-") else value
    if not (text.isascii() and text.startswith("'") and text.endswith("'")):
        return None
    character = text[1:-1]
    if len(character) == 1 and character != "\\":
        return ord(character)
    return _ESCAPES.get(character[1]) if len(character) == 2 and character[0] == "\\" else None
