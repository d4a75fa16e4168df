"""In which order the parts of an expression are evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metacompress.analysis.expressions.unseen_calls import UnseenCalls
from metacompress.analysis.macros import is_macro_like
from metacompress.analysis.types.inference import operator_of
from metacompress.lang.language import Language
from metacompress.lang.scopes.c.macros import may_use_argument_names
from metacompress.lang.syntax import called_name, operands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram


class Part(NamedTuple):
    """A part of an expression that is evaluated, once, whenever the whole is.

    Attributes:
        node: the part.
        earlier: what is evaluated before it; in C and C++ this order is not fixed.
        is_value: whether its value is taken; else it is a place that is written.
        is_certain: whether it is; what is passed to a macro may be evaluated twice, or never.
    """

    node: Node
    earlier: tuple[Node, ...]
    is_value: bool
    is_certain: bool


def evaluated_parts(program: AnalysedProgram, whole: Node) -> Iterator[Part]:
    """The parts of ``whole``, itself included; what is conditional or unclear is left out."""
    pending = [Part(whole, (), is_value=True, is_certain=True)]
    while pending:
        part = pending.pop()
        yield part
        earlier, steps = part.earlier, []
        is_place = not part.is_value and part.node.type == "parenthesized_expression"
        is_certain = part.is_certain and not program.fact(UnseenCalls).is_unseen(part.node)
        for node, is_read in _steps(program, part.node):
            # What is in the parentheses of a place is that place.
            is_value = is_read and not is_place
            steps.append(Part(node, earlier, is_value, is_certain))
            # A place is found first, and looked into last.
            earlier += (node,) if is_value else tuple(operands(node))
        pending.extend(reversed(steps))


def _steps(program: AnalysedProgram, node: Node) -> list[tuple[Node, bool]]:
    kind = node.type
    if kind == "assignment_expression":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        is_read = operator_of(program, node) != "="
        if left is None or right is None:
            return []
        # The value of ``a += b`` is a value of ``a``, but the place stays where it is.
        if is_read and program.language is Language.JAVA and left.type != "identifier":
            return []
        return [(left, False), (right, True)]
    if kind in _IN_ORDER:
        return [(inner, True) for inner in operands(node)]
    if kind in _FIRST_FIELD:
        first = node.child_by_field_name(_FIRST_FIELD[kind])
        return [] if first is None else [(first, True)]
    if kind in ("binary_expression", "boolean_operator", "comparison_operator"):
        sides = operands(node)
        is_lazy = kind == "boolean_operator" or operator_of(program, node) in ("&&", "||")
        return [(side, True) for side in (sides[:1] if is_lazy or len(sides) > 2 else sides)]
    if kind == "pointer_expression" and node.children[0].type == "*":
        return [(inner, True) for inner in operands(node)]
    if kind == "conditional_expression" and program.language is Language.PYTHON:
        return [(operands(node)[1], True)]
    if kind == "subscript" and not any(part.type == "slice" for part in operands(node)):
        return [(inner, True) for inner in operands(node)]
    if kind in ("call_expression", "method_invocation", "object_creation_expression", "call"):
        return _call_steps(program, node)
    return []


_IN_ORDER = frozenset(
    """
    parenthesized_expression condition_clause unary_expression subscript_expression
    subscript_argument_list array_access binary_operator not_operator unary_operator list tuple set
    expression_list pair dictionary
    """.split()
)
_FIRST_FIELD = {
    "field_expression": "argument",
    "field_access": "object",
    "attribute": "object",
    "cast_expression": "value",
    "conditional_expression": "condition",
    "ternary_expression": "condition",
    "instanceof_expression": "left",
    "keyword_argument": "value",
}
_UNUSUAL = frozenset({"assert", "va_start", "va_arg", "va_end", "va_copy", "offsetof", "typeof"})


def _call_steps(program: AnalysedProgram, call: Node) -> list[tuple[Node, bool]]:
    arguments = call.child_by_field_name("arguments")
    if arguments is None or arguments.type != "argument_list":
        return []
    steps: list[tuple[Node, bool]] = []
    callee = call.child_by_field_name("function")
    if call.type == "call_expression":
        callee = called_name(call)
        if callee is None or is_macro_like(program, callee):
            return []
        name = program.text(callee)
        if name in _UNUSUAL or name.startswith("__builtin") or may_use_argument_names(name):
            return []
    elif call.type == "call" and callee is not None:
        steps.append((callee, True))
    elif call.type == "method_invocation":
        owner = call.child_by_field_name("object")
        steps += [] if owner is None else [(owner, True)]
    elif any(child.type == "class_body" for child in call.children):
        return []
    for argument in operands(arguments):
        if argument.type in ("list_splat", "dictionary_splat"):
            break
        steps.append((argument, not program.fact(UnseenCalls).may_assign(argument)))
    return steps
