"""Which bytes of a program are identifiers, keywords, literals, operators or comments."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from metacompress.lang.edits import Span
from metacompress.lang.syntax import COMMENTS, descendants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram


class TokenClass(StrEnum):
    """Class of a token by the grammar of its language."""

    IDENTIFIER = "identifier"
    KEYWORD = "keyword"
    LITERAL = "literal"
    OPERATOR = "operator"
    COMMENT = "comment"
    LAYOUT = "layout"


TOKEN_CLASSES = tuple(TokenClass)
"""In the order of their codes."""
_CODES = {one: code for code, one in enumerate(TOKEN_CLASSES)}
_QUOTED = frozenset(
    """
    string string_literal string_content char_literal raw_string_literal template_string
    template_literal_type regex interpreted_string_literal
    """.split()
)
_LITERALS = frozenset(
    """
    integer float number true false none null undefined nil iota system_lib_string jsx_text
    """.split()
)
_NAMES = ("identifier", "shorthand_property_identifier_pattern", "label_name")
# Texts that the grammar leaves as they are: what a macro stands for, and what it cannot read.
_RAW = frozenset({"preproc_arg", "ERROR"})
_RAW_TOKENS = re.compile(
    rb"(?P<literal>\"(?:[^\"\\]|\\.)*\"?|'(?:[^'\\]|\\.)*'?|\.?[0-9][\w.]*)"
    rb"|(?P<identifier>[A-Za-z_\x80-\xff][\w\x80-\xff]*)|(?P<operator>[^\s\w])",
    re.DOTALL,
)
_WORD = re.compile(rb"#?\s*[A-Za-z_]")
_BLANK = np.isin(np.arange(256), list(b" \t\r\n\f\v\\"))
"""A backslash at a line's end is layout; those in literals are parts of leaves."""


def token_classes(
    program: ParsedProgram, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """The classes of n tokens, as their places in TOKEN_CLASSES.

    The class of a token is that of the leaf of the syntax tree that holds its first character that
    is not blank; a token of blanks alone is layout. Punctuation counts as operators. A token
    without a byte of its own (the rest of a character) is what the one before it is.

    Args:
        program: parsed.
        starts: first byte of each, (n,).
        ends: the byte behind each, (n,).
    """
    source = np.frombuffer(program.source, dtype=np.uint8)
    classes = np.full(len(source) + 1, _CODES[TokenClass.LAYOUT], dtype=np.uint8)
    for start, end, one in _stretches(program):
        classes[start:end] = _CODES[one]
    # Where the next byte is that is not blank.
    places = np.where(_BLANK[source], len(source), np.arange(len(source)))
    following = np.append(np.minimum.accumulate(places[::-1])[::-1], len(source))
    first = following[np.where(starts < ends, starts, np.maximum(ends - 1, 0))]
    found: NDArray[np.uint8] = classes[np.where(first < ends, first, len(source))]
    return found


def identifiers(program: ParsedProgram) -> Iterator[Span]:
    """The identifiers of a program in source order, also where it cannot be read as a whole."""
    for start, end, one in _stretches(program):
        if one is TokenClass.IDENTIFIER:
            yield Span(start, end)


def _stretches(program: ParsedProgram) -> Iterator[tuple[int, int, TokenClass]]:
    for node in descendants(program.root):
        if node.child_count:
            continue
        if node.type not in _RAW:
            yield node.start_byte, node.end_byte, _class_of(node, program.source)
            continue
        for found in _RAW_TOKENS.finditer(program.source, node.start_byte, node.end_byte):
            yield found.start(), found.end(), TokenClass(found.lastgroup or "")


def _class_of(leaf: Node, source: bytes) -> TokenClass:
    kind = leaf.type
    if kind in COMMENTS or kind == "hash_bang_line":
        return TokenClass.COMMENT
    if kind == "line_continuation":
        return TokenClass.LAYOUT
    is_quoted = leaf.parent is not None and leaf.parent.type in _QUOTED
    if is_quoted or kind in _LITERALS or kind.endswith("_literal"):
        return TokenClass.LITERAL
    if kind.endswith(_NAMES):
        return TokenClass.IDENTIFIER
    is_word = _WORD.match(source, leaf.start_byte, leaf.end_byte)
    return TokenClass.KEYWORD if is_word else TokenClass.OPERATOR
