"""Expressions whose value is only asked for its truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.language import JS_FAMILY, Language
from metacompress.lang.syntax import descendants, operands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_WITH_CONDITION = (
    "if_statement",
    "elif_clause",
    "while_statement",
    "do_statement",
    "for_statement",
    "for_clause",
    "conditional_expression",
    "ternary_expression",
    "if_clause",
    "assert_statement",
)
_NO_CONDITION = frozenset({"for_clause", "range_clause", "block"})
_LOGICAL = frozenset({"&&", "||", "!", "and", "or", "not"})
_LOGICAL_NODES = ("binary_expression", "unary_expression", "boolean_operator", "not_operator")


def unwrapped(node: Node) -> Node:
    """What is inside of the parentheses of ``node``, if there are any."""
    while node.type == "parenthesized_expression":
        inner = operands(node)
        if len(inner) != 1:
            break
        node = inner[0]
    return node


def conditions(program: AnalysedProgram) -> Iterator[Node]:
    """The conditions of branches, loops and conditional expressions, without parentheses."""
    for owner in program.nodes(*_WITH_CONDITION):
        condition = _condition(program, owner)
        # A ``for`` of JavaScript without one has an empty statement there.
        if condition is not None and condition.type != "empty_statement":
            yield unwrapped(condition)


def truth_tested(program: AnalysedProgram) -> frozenset[int]:
    """The ids of the nodes that are a condition, or an operand of ``&&``, ``||`` or ``!`` in one.

    Python asks such an operand for its truth once in a condition, but elsewhere perhaps twice, and
    elsewhere ``&&`` of JavaScript has the value of an operand; the other languages have no way to
    notice, so all operands count there.
    """
    pending = list(conditions(program))
    if program.language in JS_FAMILY:
        negations = program.nodes("unary_expression")
        pending += [node for owner in negations for node in _parts(owner)]
    elif program.language is not Language.PYTHON:
        pending += [node for owner in program.nodes(*_LOGICAL_NODES) for node in _parts(owner)]
    found: set[int] = set()
    while pending:
        node = pending.pop()
        if node.id not in found:
            found.add(node.id)
            pending.extend(_parts(node))
    return frozenset(found)


def binds_pattern(condition: Node) -> bool:
    """Whether a condition of Java declares a variable where it holds: ``x instanceof T t``."""
    return any(
        part.type in ("type_pattern", "record_pattern")
        or (part.type == "instanceof_expression" and part.child_by_field_name("name") is not None)
        for part in descendants(condition)
    )


def is_logical(node: Node) -> bool:
    """Whether ``node`` is a conjunction, a disjunction or a negation."""
    operator = node.child_by_field_name("operator")
    if node.type in ("boolean_operator", "not_operator"):
        return True
    return node.type in _LOGICAL_NODES and operator is not None and operator.type in _LOGICAL


def _parts(node: Node) -> list[Node]:
    return [unwrapped(part) for part in operands(node)] if is_logical(node) else []


def _condition(program: AnalysedProgram, owner: Node) -> Node | None:
    if program.language is Language.PYTHON:
        if owner.type in ("if_clause", "assert_statement"):
            return operands(owner)[0]
        if owner.type == "conditional_expression":
            return operands(owner)[1]
    if program.language is Language.GO and owner.type == "for_statement":
        # A loop with nothing but a condition; in a longer one it is in the clause.
        return next((part for part in operands(owner) if part.type not in _NO_CONDITION), None)
    condition = owner.child_by_field_name("condition")
    if condition is None or condition.type != "condition_clause":
        return condition
    # C++ may declare a variable there.
    parts = operands(condition)
    return parts[0] if len(parts) == 1 and parts[0].type != "declaration" else None
