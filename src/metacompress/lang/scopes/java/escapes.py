"""Unicode escapes of Java, which a compiler reads before it looks for tokens and the parser after.

Anything may be written so: a letter of a name, a keyword, the quote that ends a text, the line end
that ends a comment and lets the code in it run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from metacompress.errors import ProgramError

if TYPE_CHECKING:
    from metacompress.lang.parsing import ParsedProgram

# After an even number of backslashes: those are pairs.
_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*(\\u+[0-9a-fA-F]{4})")
# Quotes, backslash, comment delimiters and line ends.
_READING = re.compile(rb"\\u+00(?:22|27|5c|2a|2f|0a|0d)", re.IGNORECASE)
_TEXTS = frozenset(
    {
        "string_literal",
        "string_fragment",
        "multiline_string_fragment",
        "character_literal",
        "line_comment",
        "block_comment",
    }
)


def refuse_escapes(program: ParsedProgram) -> None:
    """Raise where an escape is more than a character of a text or comment.

    Raises:
        ProgramError: the parser has read the program otherwise than a compiler would.
    """
    if b"\\u" not in program.source:
        return
    for match in _ESCAPE.finditer(program.source):
        start, end = match.span(1)
        node = program.root.descendant_for_byte_range(start, end)
        if node is not None and node.type == "escape_sequence":
            node = node.parent
        if node is None or node.type not in _TEXTS or _READING.fullmatch(match[1]):
            raise ProgramError(
                f"byte {start} has the Unicode escape {match[1].decode()}, which may be part of "
                "a name or end a text: write the character itself",
                position=start,
            )
