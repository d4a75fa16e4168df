"""Python expressions whose value is a number, a truth value or a string, whatever their parts.

Such a value runs no code when it goes away, so it does not matter how long it is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.expressions.effects import is_constant
from metacompress.analysis.expressions.python_reads import is_builtin_call
from metacompress.analysis.expressions.python_values import PythonValues
from metacompress.analysis.types.inference import operator_of
from metacompress.lang.syntax import descendants, operands

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_RETURNS_PLAIN = frozenset(
    "len int float str bool ord chr repr hex bin hash isinstance issubclass callable input".split()
)
_LEAVES_FUNCTION = frozenset({"yield", "await", "named_expression"})


def has_plain_value(program: AnalysedProgram, node: Node) -> bool:
    """Whether ``node`` surely gives a plain value, if any, and lies in its function as a whole.

    A new list or set of plain values is one, too.
    """
    if any(part.type in _LEAVES_FUNCTION for part in descendants(node)):
        return False
    return _is_scalar(program, node) or _is_container(program, node)


def _is_scalar(program: AnalysedProgram, node: Node) -> bool:
    if node.type in ("not_operator", "string") or is_constant(node):
        return True
    if node.type == "comparison_operator":
        return len(operands(node)) == 2 and operator_of(program, node) in (
            "in",
            "not in",
            "is",
            "is not",
        )
    return (
        is_builtin_call(program, node, _RETURNS_PLAIN)
        or program.fact(PythonValues).kind(node) is not None
        or _is_join(node)
    )


def _is_join(node: Node) -> bool:
    """Whether ``node`` calls a method of a string literal, which gives a string."""
    function = node.child_by_field_name("function") if node.type == "call" else None
    owner = None if function is None else function.child_by_field_name("object")
    member = None if function is None else function.child_by_field_name("attribute")
    return (
        owner is not None
        and member is not None
        and owner.type == "string"
        and member.text in (b"join", b"format", b"replace", b"count", b"find")
    )


def _is_container(program: AnalysedProgram, node: Node) -> bool:
    if node.type in ("list_comprehension", "set_comprehension"):
        body = node.child_by_field_name("body")
        return body is not None and _is_scalar(program, body)
    if not is_builtin_call(program, node, _CONTAINERS):
        return False
    arguments = node.child_by_field_name("arguments")
    items = [] if arguments is None else operands(arguments)
    if len(items) != 1:
        return False
    if not is_builtin_call(program, items[0], frozenset({"map"})):
        return items[0].type == "list_comprehension" and _is_container(program, items[0])
    mapped = items[0].child_by_field_name("arguments")
    function = None if mapped is None else operands(mapped)[0]
    return (
        function is not None
        and function.type == "identifier"
        and program.binding_of(function) is None
        and program.text(function) in _RETURNS_PLAIN
    )


_CONTAINERS = frozenset({"list", "set", "sorted", "tuple"})
