"""Functions of a program: where their bodies begin, and where one that was written on ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.lang.language import Language
from metacompress.lang.syntax import COMMENTS, FUNCTIONS, descendants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram

_NAMELESS = frozenset({"lambda", "lambda_expression", "arrow_function", "func_literal"})
_NAMES = frozenset({"identifier", "field_identifier", "property_identifier"})
_OPENING = frozenset({"{", "${"})
_BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


@dataclass(frozen=True, slots=True)
class Function:
    """A function with a body; offsets are bytes of its program.

    Attributes:
        name: as it is declared; None where it has no plain name.
        start: of its first byte.
        body: behind its signature: behind the opening brace or the colon and, of Python, the
            docstring.
        end: behind its last byte.
    """

    name: str | None
    start: int
    body: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


def functions(program: ParsedProgram) -> list[Function]:
    """The functions and methods of a program that have a body, in source order."""
    found = []
    for node in descendants(program.root):
        if node.type in FUNCTIONS and node.type not in _NAMELESS:
            body = node.child_by_field_name("body")
            if body is not None and not body.is_missing:
                name = _name(program, node)
                start = _behind_signature(body)
                found.append(Function(name, node.start_byte, start, node.end_byte))
    return found


def _name(program: ParsedProgram, node: Node) -> str | None:
    """The name of a function; that of C stands below its declarators."""
    place = node.child_by_field_name("name") or node.child_by_field_name("declarator")
    while place is not None and place.type not in _NAMES:
        place = place.child_by_field_name("declarator") or place.child_by_field_name("name")
    if place is None:
        return None
    return program.source[place.start_byte : place.end_byte].decode(errors="replace")


def _behind_signature(body: Node) -> int:
    opening = body.children[:1]
    if opening and opening[0].type == "{":
        return opening[0].end_byte
    if opening and opening[0].type == "expression_statement":
        (text,) = opening[0].children[:1]
        if text.type == "string":
            return text.end_byte
    colon = body.prev_sibling
    while colon is not None and colon.type in COMMENTS:
        colon = colon.prev_sibling
    return body.start_byte if colon is None else colon.end_byte


def end_of_function(program: ParsedProgram, start: int) -> int | None:
    """Where a function ends, though what stands in and behind it may be no program.

    Of languages with braces that is behind the brace which closes its first one; of Python, before
    the first line that is indented no more than the function is.

    Args:
        program: whose text was perhaps cut, or goes on with anything.
        start: of the function.

    Returns:
        the byte behind it; None where it goes on to the end of the text.
    """
    if program.language is Language.PYTHON:
        return _end_of_indented(program, start)
    depth = 0
    for leaf in _leaves(program, start):
        if leaf.type in _OPENING:
            depth += 1
        elif leaf.type == "}":
            depth -= 1
            if depth <= 0:
                return leaf.end_byte
    return None


def _end_of_indented(program: ParsedProgram, start: int) -> int | None:
    indentation = None
    row, end, depth = -1, start, 0
    for leaf in _leaves(program, start):
        begins, column = leaf.start_point
        if indentation is None:
            indentation = column
        elif begins > row and column <= indentation and depth <= 0 and leaf.type not in COMMENTS:
            return end
        row = leaf.end_point.row
        depth = max(depth + _BRACKETS.get(leaf.type, 0), 0)
        if leaf.type not in COMMENTS:
            end = leaf.end_byte
    return None


def _leaves(program: ParsedProgram, start: int) -> Iterator[Node]:
    for node in descendants(program.root):
        if not node.child_count and node.start_byte >= start and node.end_byte > node.start_byte:
            yield node
