"""The end of a block: what may move across it, from behind the block to its last part or back.

Inside, the names that the block declares hide others, and what it declares is not yet destroyed.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from metacompress.analysis.statements.loops import BLOCKS, is_macro_statement
from metacompress.analysis.types.scalars import c_type
from metacompress.lang.edits import Edit, Pieces, Span
from metacompress.lang.language import C_FAMILY, Language
from metacompress.lang.syntax import (
    COMMENTS,
    FUNCTIONS,
    descendants,
    indentation,
    indentation_unit,
    line_break,
    operands,
    span_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding

_NAMES = frozenset({"identifier", "type_identifier", "namespace_identifier"})
# Statements that hold others in the scope around them.
_TRANSPARENT = frozenset({"labeled_statement", "case_statement", "attributed_statement"})
_C_SPECIFIERS = frozenset(
    """
    primitive_type sized_type_specifier type_identifier struct_specifier union_specifier
    enum_specifier storage_class_specifier type_qualifier
    """.split()
)


def names_of(program: AnalysedProgram, nodes: Iterable[Node]) -> frozenset[str]:
    """Every name in ``nodes`` that a declaration near it could hide."""
    return frozenset(
        program.text(part) for node in nodes for part in descendants(node) if part.type in _NAMES
    )


def is_hidden(program: AnalysedProgram, names: frozenset[str], within: Span, offset: int) -> bool:
    """Whether one of ``names`` means at ``offset`` what is declared inside of ``within``."""
    for name in names:
        bindings = program.bindings_named(name)
        first = bisect_left(bindings, within.start, key=_first_offset)
        for binding in bindings[first : bisect_left(bindings, within.end, key=_first_offset)]:
            scope = binding.scope
            if within.start <= scope.start <= offset < scope.end <= within.end:
                return True
    return False


def _first_offset(binding: Binding) -> int:
    return binding.occurrences[0].start


def may_release(program: AnalysedProgram, block: Node, *, deep: bool = False) -> bool:
    """Whether leaving ``block`` may run code: a destructor, or what C attributes and macros do.

    Args:
        program: the program.
        block: a block, or any other statement.
        deep: whether blocks inside count too.
    """
    if program.language not in C_FAMILY:
        return False
    pending = [block]
    while pending:
        node = pending.pop()
        if node.type in FUNCTIONS:
            continue
        if node.type == "declaration":
            if not is_plain_declaration(program, node):
                return True
        elif node.type == "expression_statement":
            if is_macro_statement(program, node):
                return True
        elif node is block or deep or node.type in _TRANSPARENT or node.type.startswith("preproc"):
            pending.extend(node.named_children)
    return False


def is_plain_declaration(program: AnalysedProgram, declaration: Node) -> bool:
    """Whether what a declaration of C or C++ declares goes away without a trace."""
    declarators = declaration.children_by_field_name("declarator")
    specifier = declaration.child_by_field_name("type")
    if any("attribute" in part.type or "macro" in part.type for part in descendants(declaration)):
        return False
    if program.language is Language.C:
        return all(
            child.type in _C_SPECIFIERS or child in declarators or child.type in COMMENTS
            for child in declaration.named_children
        )
    if specifier is None:
        return False
    is_scalar = c_type(program.text(specifier)) is not None
    return all(_is_plain_declarator(declarator, is_scalar) for declarator in declarators)


def _is_plain_declarator(declarator: Node, is_scalar: bool) -> bool:
    """Whether a scalar, a pointer, or an array of these is declared."""
    node: Node | None = declarator
    while node is not None:
        if node.type == "pointer_declarator":
            return True
        if node.type == "identifier":
            return is_scalar
        if node.type not in ("init_declarator", "array_declarator"):
            return False
        node = node.child_by_field_name("declarator")
    return False


def hides_or_releases(program: AnalysedProgram, body: Node, names: frozenset[str]) -> bool:
    """Return whether code that uses ``names`` must not be moved to the end of the block."""
    return body.type in BLOCKS and (
        is_hidden(program, names, span_of(body), body.end_byte - 1) or may_release(program, body)
    )


def last_statement(block: Node) -> Node | None:
    """What a block ends with."""
    statements = operands(block) if block.type in BLOCKS else []
    return statements[-1] if statements else None


def appended(
    program: AnalysedProgram,
    body: Node,
    text: Pieces,
    *,
    start: int,
    in_block: bool,
) -> Iterator[Edit]:
    """Edits that put a statement behind ``body``, both in one block.

    Args:
        program: the program.
        body: the body of a loop.
        text: the new statement.
        start: where a new block around ``body`` opens.
        in_block: whether the statement may join the block that ``body`` is.
    """
    source = program.source
    end = line_break(source)
    base = indentation(source, start)
    is_long = b"\n" in source[start : body.end_byte]
    gap = end + base if is_long else " "
    inner = gap + _unit(source, base, body) if is_long else gap
    if program.text(body) == ";":
        yield Edit(*span_of(body), ("{", inner, *text, gap, "}"))
    elif body.type not in BLOCKS or not in_block:
        yield Edit(start, start, " {")
        yield Edit(body.end_byte, body.end_byte, (inner, *text, gap, "}"))
    else:
        brace = body.end_byte - 1
        line = source.rfind(b"\n", body.start_byte, brace) + 1
        if line and not source[line:brace].strip():
            yield Edit(line, line, (inner.lstrip("\r\n"), *text, end))
        else:
            space = "" if source[brace - 1 : brace].isspace() else " "
            yield Edit(brace, brace, (space, *text, " "))


def _unit(source: bytes, base: str, body: Node) -> str:
    """One step of indentation, as ``body`` has it."""
    first = next(iter(operands(body)), body)
    inner = indentation(source, first.start_byte)
    if inner.startswith(base) and inner != base:
        return inner[len(base) :]
    return indentation_unit(base)
