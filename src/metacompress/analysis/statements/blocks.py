"""Blocks of statements: where one may be added, left out or moved, and how a new one is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.statements.enclosing import find_functions
from metacompress.lang.language import C_FAMILY, JS_FAMILY, Language
from metacompress.lang.syntax import indentation, line_break

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.program import AnalysedProgram


_BLOCKS = {
    Language.C: ("compound_statement",),
    Language.CPP: ("compound_statement",),
    Language.JAVA: ("block", "constructor_body"),
    Language.PYTHON: ("block",),
    Language.JAVASCRIPT: ("statement_block",),
    Language.GO: ("statement_list",),
}
# Not a switch, whose labels a jump may reach, and not a block that is part of an expression:
# there it may be the argument of a macro.
_C_PARENTS = frozenset(
    """
    function_definition compound_statement if_statement else_clause for_statement while_statement
    do_statement for_range_loop case_statement labeled_statement try_statement catch_clause
    """.split()
)


def blocks(program: AnalysedProgram) -> Iterator[list[Node]]:
    """The statements and comments of each block in a function.

    Left out are blocks that are no plain sequence: the bodies of ``switch`` and ``match``, and
    what lies in the arguments of a call of C or C++.
    """
    sound = {block.id for block in program.nodes(*_BLOCKS[program.language])}
    is_python = program.language is Language.PYTHON
    # With each node its parent's type, and whether blocks in it are left out.
    pending = [(program.parsed.root, "", is_python)]
    while pending:
        node, owner, is_left_out = pending.pop()
        if node.id in sound and not is_left_out and _is_sequence(program, node, owner):
            yield node.named_children
        if is_python and node.type in ("function_definition", "class_definition"):
            is_left_out = node.type == "class_definition"
        elif program.language in C_FAMILY:
            is_left_out |= node.type in ("argument_list", "lambda_expression")
            is_left_out |= node.type == "function_definition" and _is_constant(program, node)
        pending.extend((child, node.type, is_left_out) for child in reversed(node.children))


def _is_constant(program: AnalysedProgram, function: Node) -> bool:
    """Whether a function of C++ may be evaluated by the compiler, which forbids some statements."""
    return any(program.text(child) in ("constexpr", "consteval") for child in function.children[:3])


def _is_sequence(program: AnalysedProgram, block: Node, owner: str) -> bool:
    statements = block.named_children
    if program.language is Language.GO:
        return True
    if not statements or program.language is Language.JAVA or program.language in JS_FAMILY:
        return bool(statements)
    if program.language is Language.PYTHON:
        return statements[0].type != "case_clause"
    return owner in _C_PARENTS and all(one.type != "case_statement" for one in statements)


def open_blocks(program: AnalysedProgram) -> Iterator[list[Node]]:
    """The ``blocks`` that may declare more: in C++ and Go no jump may pass a declaration."""
    jumped_into = {
        program.fact(find_functions).innermost(label.start_byte)
        for label in program.nodes("labeled_statement")
        if program.language in (Language.CPP, Language.GO)
    }
    for statements in blocks(program):
        if program.fact(find_functions).innermost(statements[0].start_byte) not in jumped_into:
            yield statements


def starts_its_line(source: bytes, node: Node) -> bool:
    """Whether nothing but white space stands before ``node`` on its line, which is a new one."""
    line = source.rfind(b"\n", 0, node.start_byte) + 1
    is_continued = source[:line].rstrip(b"\r\n").endswith(b"\\") if line else False
    return not is_continued and not source[line : node.start_byte].strip(b" \t")


def separator(program: AnalysedProgram, statement: Node) -> str:
    """What stands between a new simple statement and ``statement``, on either side."""
    if starts_its_line(program.source, statement):
        return line_break(program.source) + indentation(program.source, statement.start_byte)
    return "; " if program.language is Language.PYTHON else " "


def are_neighbours(program: AnalysedProgram, first: Node, second: Node) -> bool:
    """Whether nothing but white space, or Python's semicolon, parts two statements in a row."""
    between = program.source[first.end_byte : second.start_byte]
    allowed = b" \t\r\n\f;" if program.language is Language.PYTHON else b" \t\r\n\f"
    return not between.strip(allowed)


def line_of(source: bytes, span: Span) -> Span:
    """``span`` with its whole line, if nothing else is on it; else with the white space after."""
    start = source.rfind(b"\n", 0, span.start) + 1
    end = span.end
    while source[end : end + 1] in (b" ", b"\t"):
        end += 1
    if not source[start : span.start].strip(b" \t"):
        if source[end : end + 2] == b"\r\n":
            return type(span)(start, end + 2)
        if source[end : end + 1] == b"\n":
            return type(span)(start, end + 1)
    return type(span)(span.start, end)
