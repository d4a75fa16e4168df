"""Targets of assignments in C, C++, Java and Go, and which of them may be written twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.expressions.effects import has_effects, is_quiet, may_exchange
from metacompress.analysis.macros import is_macro_like
from metacompress.analysis.types.declared import is_volatile
from metacompress.lang.language import Language
from metacompress.lang.syntax import operands

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_INDEXED = ("subscript_expression", "array_access")


def may_repeat(program: AnalysedProgram, target: Node) -> bool:
    """Whether finding out what ``target`` names changes nothing and gives the same each time.

    So it is with a declared variable that is not volatile, with what one points to, and with an
    element of one at a quiet index.
    """
    if program.language is Language.GO:
        return _may_repeat_in_go(program, target)
    if target.type == "pointer_expression" and target.children[0].type == "*":
        pointer = target.child_by_field_name("argument")
        return pointer is not None and pointer.type == "identifier" and may_repeat(program, pointer)
    while target.type in _INDEXED:
        base, index = _base_and_index(target)
        if base is None or index is None or not is_quiet(program, index):
            return False
        target = base
    if target.type != "identifier":
        return False
    binding = program.binding_of(target)
    if binding is None or is_volatile(program, binding):
        return False
    return not is_macro_like(program, target)


def _may_repeat_in_go(program: AnalysedProgram, target: Node) -> bool:
    """So it is with a variable, and with its elements at quiet indices and its fields."""
    while target.type in ("index_expression", "selector_expression"):
        index = target.child_by_field_name("index")
        if index is not None and not is_quiet(program, index):
            return False
        base = target.child_by_field_name("operand")
        if base is None:
            return False
        target = base
    return target.type == "identifier" and program.text(target) != "_"


def is_unmoved_by(program: AnalysedProgram, target: Node, value: Node) -> bool:
    """Whether evaluating ``value`` cannot change what ``target`` names, nor what it holds in C.

    In Java the old value is read before ``value`` is evaluated, in either form.
    """
    if program.language is Language.GO:
        # Which of two failures comes first shows.
        return is_quiet(program, value) or (
            target.type == "identifier" and not has_effects(program, value)
        )
    if program.language is not Language.JAVA:
        return may_exchange(program, target, value)
    while target.type in _INDEXED:
        base, index = _base_and_index(target)
        if base is None or index is None or not may_exchange(program, index, value):
            return False
        if base.type == "identifier" and not may_exchange(program, base, value):
            return False
        target = base
    return True


def _base_and_index(access: Node) -> tuple[Node | None, Node | None]:
    base = access.child_by_field_name("argument") or access.child_by_field_name("array")
    index = access.child_by_field_name("index") or access.child_by_field_name("indices")
    if index is not None and index.type == "subscript_argument_list":
        inner = operands(index)
        index = inner[0] if len(inner) == 1 else None
    return base, index
