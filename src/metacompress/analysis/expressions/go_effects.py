"""Effects that evaluating an expression of Go may have.

Calls are made in the order in which they are written; when a variable is read beside a call is not
specified. An index, a nil pointer, a division or a type assertion may fail, and a program can print
how.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metacompress.analysis.types.declared import VARIABLES
from metacompress.analysis.types.go import is_builtin, predeclared
from metacompress.lang.syntax import descendants, operands

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_CONSTANTS = frozenset(
    """
    int_literal float_literal imaginary_literal rune_literal interpreted_string_literal
    interpreted_string_literal_content raw_string_literal raw_string_literal_content
    escape_sequence true false nil iota
    """.split()
)
_FAILING = frozenset(
    """
    selector_expression index_expression slice_expression type_assertion_expression
    """.split()
)
_PLAIN = frozenset(
    "parenthesized_expression argument_list field_identifier type_identifier".split()
)
_READING_SIGNS = frozenset({"-", "+", "^", "!", "*"})


class Evaluation(NamedTuple):
    """The effects that an expression may have.

    Attributes:
        calls: whether code elsewhere may run, or a channel be read: it may change anything.
        fails: whether it may panic by itself.
    """

    calls: bool
    fails: bool


def evaluation(program: AnalysedProgram, node: Node) -> Evaluation:
    """The effects that ``node`` may have; where that is not known, all of them."""
    fails = False
    for part in descendants(node):
        kind = part.type
        if not part.is_named or kind in _CONSTANTS or kind in _PLAIN or kind == "identifier":
            continue
        if kind == "call_expression":
            if not _is_harmless(program, part):
                return Evaluation(calls=True, fails=True)
        elif kind == "unary_expression":
            if part.children[0].type not in _READING_SIGNS:
                return Evaluation(calls=True, fails=True)
            fails |= part.children[0].type == "*"
        elif kind == "binary_expression":
            fails |= _may_fail(part)
        elif kind in _FAILING:
            fails = True
        else:
            return Evaluation(calls=True, fails=True)
    return Evaluation(calls=False, fails=fails)


def is_quiet_in_go(program: AnalysedProgram, node: Node) -> bool:
    """Whether evaluating ``node`` reads nothing but constants and locals, and cannot fail."""
    found = evaluation(program, node)
    return not found.calls and not found.fails and all(_is_local(program, n) for n in _names(node))


def may_exchange_in_go(program: AnalysedProgram, first: Node, second: Node) -> bool:
    """Whether two expressions can be evaluated in the other order, with the same outcome."""
    if is_constant_in_go(first) or is_constant_in_go(second):
        return True
    one, other = evaluation(program, first), evaluation(program, second)
    return not (one.calls or other.calls or (one.fails and other.fails))


def is_constant_in_go(node: Node) -> bool:
    """Whether ``node`` is a literal, perhaps with a sign or in parentheses."""
    while node.type in ("parenthesized_expression", "unary_expression"):
        inner = operands(node)
        if len(inner) != 1 or node.children[0].type not in ("(", "-", "+", "^", "!"):
            return False
        node = inner[0]
    return node.type in _CONSTANTS


def _names(node: Node) -> list[Node]:
    return [part for part in descendants(node) if part.type == "identifier"]


def _is_local(program: AnalysedProgram, name: Node) -> bool:
    binding = program.binding_of(name)
    if binding is None:
        # The name of a conversion, or of len.
        parent = name.parent
        return parent is not None and parent.type == "call_expression"
    return binding.kind in VARIABLES


def _is_harmless(program: AnalysedProgram, call: Node) -> bool:
    """Whether a call is ``len``, ``cap``, or a conversion to a type of the language."""
    callee = call.child_by_field_name("function")
    if callee is None or callee.type != "identifier":
        return False
    if predeclared(program, callee) is not None:
        return True
    return program.text(callee) in ("len", "cap") and is_builtin(program, callee)


def _may_fail(node: Node) -> bool:
    """Whether a division, a shift or a comparison may fail, given values for both sides."""
    operator = node.child_by_field_name("operator")
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if operator is None or left is None or right is None:
        return True
    if operator.type in ("/", "%", "<<", ">>"):
        # A constant that is zero or negative is an error of the program.
        return not is_constant_in_go(right)
    if operator.type in ("==", "!="):
        # Two interfaces may hold what cannot be compared.
        return not (is_constant_in_go(left) or is_constant_in_go(right))
    return False
