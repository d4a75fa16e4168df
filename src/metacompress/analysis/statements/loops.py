"""Loops: the parts of a ``for``, and what goes on with a loop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from metacompress.analysis.macros import is_macro_like
from metacompress.lang.language import C_FAMILY, Language
from metacompress.lang.syntax import COMMENTS, FUNCTIONS, LOOPS, operands

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

BLOCKS = frozenset({"compound_statement", "block"})
DECLARATIONS = frozenset({"declaration", "local_variable_declaration"})


# Directives that want a loop of a certain kind right behind them.
_LOOP_DIRECTIVE = re.compile(
    rb"_Pragma|#[ \t]*pragma[ \t]+(?i:omp|acc|unroll|nounroll|simd|ivdep|loop|GCC|clang|HLS)\b"
)


# A copy of one of these is another class or function, and one may hold jumps of its own.
CODE = frozenset("compound_statement lambda_expression class_body switch_expression".split())


class ForParts(NamedTuple):
    """The parts of a ``for`` statement of C, C++ or Java.

    Attributes:
        init: a declaration, or expressions; a comma expression of C is one.
        condition: None where it is empty.
        update: expressions, as in ``init``.
        closing: the parenthesis that ends the header.
        body: the statement that is repeated.
    """

    init: tuple[Node, ...]
    condition: Node | None
    update: tuple[Node, ...]
    closing: Node
    body: Node

    @property
    def declaration(self) -> Node | None:
        """The declaration that the loop starts with, if any."""
        return self.init[0] if self.init and self.init[0].type in DECLARATIONS else None


def for_parts(loop: Node) -> ForParts | None:
    """The parts of a ``for`` statement; None where comments or directives are among them."""
    body = loop.child_by_field_name("body")
    closing = None
    for child in loop.children:
        if child == body:
            break
        if child.type == ")":
            closing = child
        elif closing is None and (child.type in COMMENTS or child.type.startswith("preproc")):
            return None
    if body is None or closing is None:
        return None
    init = loop.children_by_field_name("initializer") + loop.children_by_field_name("init")
    return ForParts(
        tuple(node for node in init if node.is_named),
        loop.child_by_field_name("condition"),
        tuple(node for node in loop.children_by_field_name("update") if node.is_named),
        closing,
        body,
    )


def outermost_label(statement: Node) -> Node:
    """The labeled statement that ``statement`` is, with all its labels, or itself."""
    while statement.parent is not None and statement.parent.type == "labeled_statement":
        statement = statement.parent
    return statement


def has_loop_directive(program: AnalysedProgram) -> bool:
    """Whether a directive of the program may be about one of its loops."""
    return _LOOP_DIRECTIVE.search(program.source) is not None


def true_condition(program: AnalysedProgram) -> str:
    """The condition of a loop that does not end by it, in C, C++ or Java."""
    return "1" if program.language is Language.C else "true"


def may_hide_jump(program: AnalysedProgram, loop: Node) -> bool:
    """Whether a statement of ``loop`` may be a macro that goes on with the loop."""
    if program.language not in C_FAMILY:
        return False
    pending = [loop]
    while pending:
        node = pending.pop()
        if node is not loop and (node.type in LOOPS or node.type in FUNCTIONS):
            continue
        if node.type == "expression_statement" and is_macro_statement(program, node):
            return True
        pending.extend(node.children)
    return False


def is_macro_statement(program: AnalysedProgram, statement: Node) -> bool:
    """Whether an expression statement may be a macro that stands for any statement."""
    parts = operands(statement)
    if not parts:
        return False
    name = parts[0].child_by_field_name("function") if parts[0].type == "call_expression" else None
    name = name or parts[0]
    return name.type == "identifier" and is_macro_like(program, name)
