"""Reads and writes by type of syntax node, in C and C++."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.expressions.effects import is_constant
from metacompress.analysis.expressions.unseen_calls import UnseenCalls
from metacompress.analysis.macros import find_macros, is_macro_like, number_in
from metacompress.analysis.statements.footprints.model import note_name, note_write
from metacompress.analysis.types.inference import operator_of, type_of
from metacompress.lang.language import Language
from metacompress.lang.scopes.c.macros import may_use_argument_names
from metacompress.lang.syntax import called_name

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.analysis.statements.footprints.model import Footprint, Rules
    from metacompress.lang.program import AnalysedProgram

RESUMING = frozenset("setjmp _setjmp sigsetjmp __builtin_setjmp vfork getcontext".split())
"""Functions that may return a second time."""
_UNUSUAL = RESUMING | frozenset(
    "assert va_start va_arg va_end va_copy longjmp siglongjmp alloca __builtin_alloca".split()
)


def _may_overload(program: AnalysedProgram, node: Node | None) -> bool:
    """Whether a class of C++ may say what an operator does with ``node``."""
    return program.language is Language.CPP and node is not None and type_of(program, node) is None


def _name(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    if is_macro_like(program, node):
        return False
    note_name(program, node, found)
    return True


def _operation(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    found.is_open |= _may_overload(program, node)
    found.computes |= node.type in ("binary_expression", "unary_expression")
    if operator_of(program, node) in ("/", "%"):
        right = node.child_by_field_name("right")
        found.may_fail |= right is None or not is_constant(right)
    return True


def _assignment(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    target = node.child_by_field_name("left") or node.child_by_field_name("argument")
    if target is None:
        return False
    note_write(program, target, found)
    found.is_open |= _may_overload(program, target)
    found.is_open |= _may_overload(program, node.child_by_field_name("right"))
    operator = operator_of(program, node)
    if operator != "=":
        found.computes = True
        found.may_fail |= operator in ("/=", "%=")
    return True


def _access(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    found.reads_memory = found.may_fail = True
    found.is_open |= _may_overload(program, node)
    return True


def _field(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    found.reads_memory = found.may_fail = True
    found.is_open |= program.language is Language.CPP and operator_of(program, node) != "."
    return True


def _array(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    size = node.child_by_field_name("size")
    return size is None or is_constant(size) or _is_number_macro(program, size)


def _is_number_macro(program: AnalysedProgram, node: Node) -> bool:
    return (
        node.type == "identifier"
        and number_in(program.fact(find_macros).get(program.text(node))) is not None
    )


def _call(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    callee = called_name(node)
    if callee is None or node.child_by_field_name("arguments") is None:
        return False
    name = program.text(callee)
    if name in program.fact(find_macros) or name in _UNUSUAL or may_use_argument_names(name):
        return False
    found.is_open = True
    found.writes |= program.fact(UnseenCalls).written(node)
    return True


RULES: Rules = {
    "identifier": _name,
    "binary_expression": _operation,
    "unary_expression": _operation,
    "conditional_expression": _operation,
    "cast_expression": _operation,
    "assignment_expression": _assignment,
    "update_expression": _assignment,
    "subscript_expression": _access,
    "pointer_expression": _access,
    "field_expression": _field,
    "array_declarator": _array,
    "call_expression": _call,
}
