"""Reads and writes by type of syntax node, in Java."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.expressions.effects import is_constant
from metacompress.analysis.statements.footprints.model import note_name, note_write
from metacompress.analysis.types.inference import operator_of, type_of
from metacompress.lang.syntax import operands

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.analysis.statements.footprints.model import Footprint, Rules
    from metacompress.lang.program import AnalysedProgram


def _name(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    parent = node.parent
    is_member = parent is not None and node in (
        parent.child_by_field_name("field"),
        parent.child_by_field_name("name") if parent.type == "method_invocation" else None,
    )
    if not is_member:
        note_name(program, node, found)
    return True


def _operation(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    # Joining strings calls toString, unboxing may fail.
    found.is_open |= type_of(program, node) is None
    operator = operator_of(program, node)
    if operator in ("/", "%"):
        found.may_fail = True
    if operator in ("==", "!=", "&&", "||", "!"):
        found.may_fail |= any(type_of(program, side) is None for side in operands(node))
    return True


def _assignment(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    target = node.child_by_field_name("left") or operands(node)[0]
    note_write(program, target, found)
    value = node.child_by_field_name("right")
    is_known = value is None or type_of(program, value) is not None
    operator = operator_of(program, node)
    if operator != "=" or value is None:
        found.is_open |= type_of(program, target) is None or not is_known
        found.may_fail |= operator in ("/=", "%=")
    # Unboxing a null fails, and so may a store to an array.
    found.may_fail |= not is_known
    return True


def _element(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    found.reads_memory = found.may_fail = True
    return True


def _field(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    owner = node.child_by_field_name("object")
    found.reads_memory = True
    if owner is None or owner.type != "this":
        found.may_fail = True
        # Reading a static field may initialise its class.
        found.is_open |= owner is None or program.binding_of(owner) is None
    return True


def _cast(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    found.may_fail |= type_of(program, operands(node)[-1]) is None
    return True


def _call(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    found.is_open = True
    return all(child.type != "class_body" for child in node.children)


def _dimension(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    found.may_fail |= not is_constant(operands(node)[0])
    return True


RULES: Rules = {
    "identifier": _name,
    "binary_expression": _operation,
    "unary_expression": _operation,
    "ternary_expression": _operation,
    "assignment_expression": _assignment,
    "update_expression": _assignment,
    "array_access": _element,
    "field_access": _field,
    "cast_expression": _cast,
    "method_invocation": _call,
    "object_creation_expression": _call,
    "dimensions_expr": _dimension,
    "array_creation_expression": lambda program, node, found: True,
}
