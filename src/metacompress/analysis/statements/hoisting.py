"""Moving an expression between its place in a statement and the front of that statement."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, NamedTuple

from metacompress.analysis.expressions.effects import (
    EFFECTFUL,
    WRITES,
    has_effects,
    is_constant,
    is_quiet,
    variables_in,
    written_or_exposed,
)
from metacompress.analysis.expressions.evaluation import evaluated_parts
from metacompress.analysis.expressions.plain_values import has_plain_value
from metacompress.analysis.expressions.python_reads import is_read
from metacompress.analysis.macros import has_macro
from metacompress.analysis.statements.declarations import declaring_node, read_declaration
from metacompress.analysis.types.declared import VARIABLES
from metacompress.analysis.types.inference import operator_of, type_of
from metacompress.lang.language import C_FAMILY, Language
from metacompress.lang.scopes import BindingKind
from metacompress.lang.syntax import descendants, is_movable, is_short, operands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.program import AnalysedProgram

_BUILTINS = frozenset(dir(builtins))
_CLOSED_CONDITIONS = ("if_statement", "switch_statement", "switch_expression")


class Place(NamedTuple):
    """A part of a statement that is evaluated, once, whenever the statement is run.

    Attributes:
        node: the part.
        earlier: what is evaluated before it; in C and C++ this order is not fixed.
        effects: the parts of the statement that change something themselves.
        written: first occurrences of the variables that may change before the part is evaluated.
        is_certain: whether it is evaluated once; not so where a macro may take it.
    """

    node: Node
    earlier: tuple[Node, ...]
    effects: tuple[Node, ...]
    written: frozenset[Span]
    is_certain: bool


def places(program: AnalysedProgram, statement: Node) -> Iterator[Place]:
    """The parts of ``statement`` that an expression in front of it could stand for."""
    for root in _roots(program, statement):
        if not is_short(root) or not is_movable(root) or has_macro(program, root):
            continue
        effects = tuple(part for part in descendants(root) if _has_own_effect(program, part))
        written = frozenset(_written_before(program, root, effects, _last_write(statement)))
        for part in evaluated_parts(program, root):
            if part.is_value:
                yield Place(part.node, part.earlier, effects, written, part.is_certain)


def _roots(program: AnalysedProgram, statement: Node) -> list[Node]:
    """The expressions that running ``statement`` evaluates first, and once."""
    kind = statement.type
    if kind in ("expression_statement", "return_statement"):
        inner = operands(statement)
        if program.language is not Language.PYTHON or kind == "return_statement":
            return inner[:1]
        whole = inner[0] if len(inner) == 1 else None
        while whole is not None and whole.type == "assignment":
            if whole.child_by_field_name("type") is not None:
                return []
            whole = whole.child_by_field_name("right")
        return [] if whole is None or whole.type == "augmented_assignment" else [whole]
    if kind in _CLOSED_CONDITIONS:
        condition = statement.child_by_field_name("condition")
        return [] if condition is None else [condition]
    if kind == "for_statement" and program.language is Language.PYTHON:
        right = statement.child_by_field_name("right")
        is_async = statement.children[0].type == "async"
        return [] if right is None or is_async else [right]
    if kind in ("declaration", "local_variable_declaration"):
        declaration = read_declaration(program, statement)
        if declaration is None or not declaration.words <= {"const", "register", "final"}:
            return []
        first = declaration.declarators[0].value
        braces = ("initializer_list", "array_initializer")
        return [] if first is None or first.type in braces else [first]
    return []


def _last_write(statement: Node) -> Node | None:
    """The assignment that a statement is: it writes when all else is done."""
    inner = operands(statement)
    is_assignment = bool(inner) and inner[0].type == "assignment_expression"
    return inner[0] if statement.type == "expression_statement" and is_assignment else None


def _has_own_effect(program: AnalysedProgram, node: Node) -> bool:
    if node.type in ("binary_expression", "unary_expression"):
        return program.language is Language.CPP and type_of(program, node) is None
    return node.type in WRITES or node.type in EFFECTFUL


def _written_before(
    program: AnalysedProgram, root: Node, effects: tuple[Node, ...], last_write: Node | None
) -> set[Span]:
    """What the expression may write before all of its parts are evaluated."""
    if all(node == last_write for node in effects):
        return set()
    if last_write is None:
        return written_or_exposed(program, root)
    written: set[Span] = set()
    for side in operands(last_write):
        written |= written_or_exposed(program, side)
    return written


def may_move(program: AnalysedProgram, place: Place, value: Node) -> bool:
    """Whether ``value`` does the same at ``place`` and in front of the statement.

    Either it is quiet and reads nothing that is written in between, or nothing that has an effect
    or may fail is evaluated before it.
    """
    if program.language is not Language.PYTHON and is_quiet(program, value):
        return not variables_in(program, value) & place.written
    if not place.is_certain:
        return False
    spot = place.node
    if program.language in C_FAMILY:
        return all(_contains(effect, spot) for effect in place.effects) and (
            not has_effects(program, value) or _is_alone(program, spot, value)
        )
    if program.language is Language.PYTHON:
        if not has_plain_value(program, value):
            return False
    elif any(part.type in WRITES for part in descendants(value)) or not all(
        # Java may know that a variable is assigned only where it sees the condition.
        _contains(effect, spot) or _contains(spot, effect)
        for effect in place.effects
    ):
        return False
    written = written_or_exposed(program, value)
    return all(
        _is_earlier_function(program, earlier)
        or (_is_settled(program, earlier) and not variables_in(program, earlier) & written)
        for earlier in place.earlier
    )


def _is_alone(program: AnalysedProgram, spot: Node, value: Node) -> bool:
    """Whether nothing beside ``spot`` in its statement depends on what ``value`` does.

    In C and C++ the order of evaluation is not fixed.
    """
    written = written_or_exposed(program, value)
    node, parent = spot, spot.parent
    while parent is not None and not parent.type.endswith(("statement", "declaration")):
        beside = [part for part in operands(parent) if part != node]
        if parent.type == "call_expression":
            beside = beside[1:]
        elif parent.type == "assignment_expression" and operator_of(program, parent) == "=":
            left = parent.child_by_field_name("left")
            beside = [] if left is None or left.type == "identifier" else operands(left)
        elif parent.type == "init_declarator":
            beside = []
        if any(
            not is_quiet(program, part) or variables_in(program, part) & written for part in beside
        ):
            return False
        node, parent = parent, parent.parent
    return parent is not None


def _contains(outer: Node, inner: Node) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def _is_settled(program: AnalysedProgram, node: Node) -> bool:
    """Whether it does not matter when ``node`` is evaluated: it has no effect and cannot fail."""
    if is_quiet(program, node) or node.type == "this":
        return True
    text = program.text(node)
    if program.language is Language.JAVA:
        is_class = node.type == "identifier" and text[:1].isupper() and not text.isupper()
        return text in ("System.out", "System.err") or (
            is_class and program.binding_of(node) is None
        )
    if node.type == "attribute":
        owner = node.child_by_field_name("object")
        member = node.child_by_field_name("attribute")
        return (
            owner is not None
            and member is not None
            and owner.type == "string"
            and is_constant(owner)
            and program.text(member) in ("join", "format", "split", "replace", "count", "find")
        )
    return (
        node.type == "identifier"
        and text in _BUILTINS
        and program.binding_of(node) is None
        and not program.nodes("wildcard_import")
    )


def _is_earlier_function(program: AnalysedProgram, name: Node) -> bool:
    """Whether a name of Python surely means a function that the module defines further up."""
    binding = program.binding_of(name) if name.type == "identifier" else None
    if binding is None or binding.kind is not BindingKind.FUNCTION:
        return False
    root = program.parsed.root
    first, *others = (root.descendant_for_byte_range(*span) for span in binding.occurrences)
    definition = None if first is None else first.parent
    return (
        definition is not None
        and definition.type == "function_definition"
        and definition.parent == root
        and definition.start_byte < name.start_byte
        and all(other is not None and (is_callee(other) or is_read(other)) for other in others)
    )


def is_callee(name: Node) -> bool:
    """Whether a name of Python is called."""
    parent = name.parent
    return (
        parent is not None
        and parent.type == "call"
        and parent.child_by_field_name("function") == name
    )


def may_be_constant(program: AnalysedProgram, node: Node) -> bool:
    """Whether ``node`` may be a constant expression, which may stand where a variable cannot."""
    if program.language is Language.PYTHON:
        return False
    for part in descendants(node):
        if program.language is Language.JAVA and part.type in _NEVER_CONSTANT:
            return False
        binding = program.binding_of(part) if part.type == "identifier" else None
        if binding is None or binding.kind not in VARIABLES:
            continue
        declaration = declaring_node(program, binding)
        if program.language is Language.C:
            return False
        if declaration is not None and not any(
            child.type in ("modifiers", "type_qualifier") for child in declaration.children
        ):
            return False
    return True


_NEVER_CONSTANT = frozenset(
    "method_invocation array_access object_creation_expression instanceof_expression".split()
)
