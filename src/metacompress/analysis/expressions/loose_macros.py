"""Macros of C and C++ whose bodies may come apart: ``X && b`` with an ``X`` of ``a || c``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.macros import is_macro_like

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_BRACKETS = frozenset(
    """
    parenthesized_expression argument_list subscript_argument_list compound_statement
    initializer_list
    """.split()
)


def has_loose_macro(program: AnalysedProgram, node: Node) -> bool:
    """Whether a name outside of brackets in ``node`` looks like a macro.

    Its body may lack parentheses, and then ``node`` is no operand at all.
    """
    pending = [node]
    while pending:
        part = pending.pop()
        if part.type == "identifier":
            if is_macro_like(program, part):
                return True
        elif part.type == "subscript_expression":
            argument = part.child_by_field_name("argument")
            pending.extend([] if argument is None else [argument])
        elif part.type not in _BRACKETS:
            pending.extend(part.named_children)
    return False
