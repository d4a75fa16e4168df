"""Write ``x += e`` as ``x = x + (e)``, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from metacompress.analysis.expressions.effects import operand
from metacompress.analysis.expressions.lvalues import is_unmoved_by, may_repeat
from metacompress.analysis.expressions.opaque import OpaqueText
from metacompress.analysis.expressions.python_values import PythonValues
from metacompress.analysis.macros import has_macro
from metacompress.analysis.types.inference import operator_of, type_of
from metacompress.analysis.types.scalars import (
    BOOL,
    FLOAT,
    INTEGER,
    STRING,
    arithmetic_type,
    promoted,
)
from metacompress.lang.edits import Edit, Pieces
from metacompress.lang.language import C_JAVA_PYTHON, JS_FAMILY, Language
from metacompress.lang.scopes import FixedReason
from metacompress.lang.syntax import is_movable, is_short, operands, padded, span_of
from metacompress.transforms.base import FixedTransformation, Site
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from metacompress.analysis.types.scalars import Type
    from metacompress.lang.program import AnalysedProgram

_OPERATORS = frozenset({"+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"})
_OF_LANGUAGE = {
    Language.C: _OPERATORS,
    Language.CPP: _OPERATORS,
    Language.JAVA: _OPERATORS | {">>>"},
    Language.PYTHON: _OPERATORS | {"//", "**"},
    Language.GO: _OPERATORS | {"&^"},
} | dict.fromkeys(JS_FAMILY, _OPERATORS | {">>>", "**"})
_TYPES = (
    "assignment_expression",
    "assignment",
    "augmented_assignment",
    "augmented_assignment_expression",
    "assignment_statement",
)
_SHIFTS = frozenset({"<<", ">>", ">>>"})
_JAVA_NUMBERS = frozenset({"byte", "short", "char", "int", "long", "float", "double"})


class RewriteAssignment(FixedTransformation):
    """``x += e`` becomes ``x = x + (e)``, and the other way round.

    Precondition: what is assigned to can be named twice (``lvalues.may_repeat``), and evaluating
    ``e`` does not change it. In C++ both sides are known scalars: classes overload operators. In
    Java the type of ``x`` is known where ``+=`` is taken apart, since it hides a cast, which is
    written where ``e`` may be of a wider type. In Python ``x`` is a variable that certainly holds
    a built-in scalar: a list would be changed in place. In JavaScript ``x`` is a variable.
    In Go evaluating ``e`` runs no code elsewhere.
    """

    name: ClassVar[str] = "rewrite-assignment"
    level: ClassVar[Level] = Level.SYNTACTIC
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON | {Language.JAVASCRIPT, Language.GO}
    # Put together, ``x = x + e`` names its variable once.
    may_drop: ClassVar[bool] = True

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        """See Transformation."""
        opaque = program.fact(OpaqueText)
        values = program.fact(PythonValues) if program.language is Language.PYTHON else None
        for node in program.nodes(*_TYPES):
            if not is_short(node) or not is_movable(node) or opaque.covers(node):
                continue
            target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
            if target is None or value is None or node.child_by_field_name("type") is not None:
                continue
            if values is not None:
                replacement = _in_python(program, values, node, target, value)
            elif program.language is Language.GO:
                replacement = _in_go(program, node, target, value)
            elif program.language in JS_FAMILY:
                replacement = _in_javascript(program, node, target, value)
            else:
                replacement = _in_c_or_java(program, node, target, value)
            if replacement:
                span = span_of(node)
                yield Site(span, [Edit(*span, padded(program.source, span, replacement))])


def _in_python(
    program: AnalysedProgram, values: PythonValues, node: Node, target: Node, value: Node
) -> Pieces:
    parent = node.parent
    if (
        target.type != "identifier"
        or parent is None
        or parent.type != "expression_statement"
        or values.kind(target) not in (BOOL, INTEGER, FLOAT, STRING)
    ):
        return ()
    if node.type == "augmented_assignment":
        operator = _compound(program, node)
        # Not what a pair of parentheses would not make one value of.
        if not operator or value.type in ("expression_list", "yield"):
            return ()
        return (span_of(target), " = ", span_of(target), f" {operator} ", *operand(value))
    return _together(program, target, value)


def _in_go(program: AnalysedProgram, node: Node, left: Node, right: Node) -> Pieces:
    """Both sides are lists; one with several variables stays as it is."""
    targets, values = operands(left), operands(right)
    if len(targets) != 1 or len(values) != 1:
        return ()
    (target,), (value,) = targets, values
    operator = _compound(program, node)
    if not may_repeat(program, target):
        return ()
    if operator and is_unmoved_by(program, target, value):
        return (span_of(target), " = ", span_of(target), f" {operator} ", *operand(value))
    inner = operands(value)
    if operator_of(program, node) != "=" or value.type != "binary_expression" or len(inner) != 2:
        return ()
    return _together(program, target, value) if is_unmoved_by(program, target, inner[1]) else ()


def _in_javascript(program: AnalysedProgram, node: Node, target: Node, value: Node) -> Pieces:
    """Both forms read the variable first, then compute the value, then write."""
    binding = program.binding_of(target) if target.type == "identifier" else None
    # In a ``with`` the name may be a property, which has code of its own.
    if binding is None or binding.fixed is FixedReason.REFLECTION:
        return ()
    if node.type == "augmented_assignment_expression":
        operator = _compound(program, node)
        computed = (" = ", span_of(target), f" {operator} ", *operand(value))
        return (span_of(target), *computed) if operator else ()
    return _together(program, target, value)


def _in_c_or_java(program: AnalysedProgram, node: Node, target: Node, value: Node) -> Pieces:
    operator = _compound(program, node)
    if operator:
        if not may_repeat(program, target) or not is_unmoved_by(program, target, value):
            return ()
        return _apart(program, target, operator, value)
    if operator_of(program, node) != "=" or has_macro(program, node):
        return ()
    inner = operands(value)
    if (
        value.type != "binary_expression"
        or len(inner) != 2
        or not (may_repeat(program, target) or _is_field(program, target))
        or not is_unmoved_by(program, target, inner[1])
    ):
        return ()
    if program.language is not Language.C and type_of(program, target) is None:
        return ()
    if program.language is Language.CPP and type_of(program, inner[1]) is None:
        return ()
    return _together(program, target, value)


def _is_field(program: AnalysedProgram, target: Node) -> bool:
    """Whether ``target`` is a field of C that is reached without reading another one.

    It is not named twice where it was named once: its type is unseen, and may be atomic.
    """
    argument = target.child_by_field_name("argument")
    return (
        program.language is Language.C
        and target.type == "field_expression"
        and argument is not None
        and argument.type == "identifier"
        and may_repeat(program, argument)
    )


def _compound(program: AnalysedProgram, node: Node) -> str:
    """The operator that a compound assignment computes with; empty for a simple one."""
    operator = operator_of(program, node)
    if not operator.endswith("=") or operator[:-1] not in _OF_LANGUAGE[program.language]:
        return ""
    return operator[:-1]


def _together(program: AnalysedProgram, target: Node, value: Node) -> Pieces:
    if value.type not in ("binary_expression", "binary_operator"):
        return ()
    left, right = value.child_by_field_name("left"), value.child_by_field_name("right")
    operator = operator_of(program, value)
    if (
        left is None
        or right is None
        or operator not in _OF_LANGUAGE[program.language]
        or left.type != target.type
        or program.text(left) != program.text(target)
    ):
        return ()
    return (span_of(target), f" {operator}= ", span_of(right))


def _apart(program: AnalysedProgram, target: Node, operator: str, value: Node) -> Pieces:
    computed = (span_of(target), f" {operator} ", *_grouped(program, value))
    assigned = (span_of(target), " = ")
    if program.language is Language.C:
        return (*assigned, *computed)
    kind, other = type_of(program, target), type_of(program, value)
    if kind is None:
        return ()
    if program.language is Language.CPP:
        return (*assigned, *computed) if other is not None else ()
    if kind.kind in (BOOL, STRING):
        return (*assigned, *computed)
    if kind.name not in _JAVA_NUMBERS:
        return ()
    outcome: Type | None
    if operator in _SHIFTS:
        outcome = promoted(kind, program.language)
    elif kind.name == "double":
        outcome = kind
    else:
        outcome = None if other is None else arithmetic_type(kind, other, program.language)
    if outcome == kind:
        return (*assigned, *computed)
    return (*assigned, f"({kind.name}) (", *computed, ")")


def _grouped(program: AnalysedProgram, value: Node) -> Pieces:
    """``value`` as an operand, in parentheses also where it may be a macro."""
    if value.type != "parenthesized_expression" and has_macro(program, value):
        return ("(", span_of(value), ")")
    return operand(value)
