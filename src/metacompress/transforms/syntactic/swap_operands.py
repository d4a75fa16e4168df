"""Exchange the operands of an operator that does not care: ``a + b`` becomes ``b + a``."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from metacompress.analysis.expressions.effects import is_quiet, may_exchange, operand
from metacompress.analysis.expressions.opaque import OpaqueText
from metacompress.analysis.expressions.python_values import PythonValues
from metacompress.analysis.macros import has_macro
from metacompress.analysis.types.inference import operator_of, type_of
from metacompress.analysis.types.scalars import BOOL, FLOAT, INTEGER, NUMBERS, POINTER
from metacompress.lang.edits import Edit
from metacompress.lang.language import C_JAVA_PYTHON, Language
from metacompress.lang.syntax import (
    descendants,
    is_movable,
    is_short,
    operands,
    padded,
    span_of,
)
from metacompress.transforms.base import FixedTransformation, Site
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_COMMUTATIVE = frozenset({"+", "*", "&", "|", "^"})
# What Python computes of integers without any way to fail.
_PYTHON_TOTAL = frozenset({"+", "-", "*", "&", "|", "^"})


class SwapOperands(FixedTransformation):
    """Exchange the operands of ``+``, ``*``, ``&``, ``|`` or ``^``.

    The operands stay whole, so no sum is regrouped: ``a + b + c`` becomes ``c + (a + b)``.
    Precondition: they can be evaluated in either order (``effects.may_exchange``), and none holds
    a name that looks like a macro. The operator is the built-in one: by the language in C, by the
    known types of both operands elsewhere; no text is joined. Two products of floats are not
    exchanged in C and C++, where a compiler may fuse one of them with the sum. In Python both are
    integers, or both floats. In Go, one operand of ``+`` is known to be a number.
    """

    name: ClassVar[str] = "swap-operands"
    level: ClassVar[Level] = Level.SYNTACTIC
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON | {Language.GO}

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        """See Transformation."""
        opaque = program.fact(OpaqueText)
        values = program.fact(PythonValues) if program.language is Language.PYTHON else None
        for node in program.nodes("binary_expression", "binary_operator"):
            operator = operator_of(program, node)
            sides = operands(node)
            if (
                operator in _COMMUTATIVE
                and len(sides) == 2
                and program.text(sides[0]) != program.text(sides[1])
                and is_short(node)
                and is_movable(node)
                and not opaque.covers(node)
                and not _is_statement(node)
                and (
                    _may_swap(program, operator, *sides)
                    if values is None
                    else _may_swap_in_python(program, values, *sides)
                )
            ):
                span = span_of(node)
                pieces = (*operand(sides[1]), f" {operator} ", *operand(sides[0]))
                yield Site(span, [Edit(*span, padded(program.source, span, pieces))])


def _is_statement(node: Node) -> bool:
    """Whether nothing uses the value: ``b * a;`` would declare ``a``."""
    return node.parent is not None and node.parent.type == "expression_statement"


def _may_swap(program: AnalysedProgram, operator: str, left: Node, right: Node) -> bool:
    if has_macro(program, left) or has_macro(program, right):
        return False
    return _is_built_in(program, operator, left, right) and may_exchange(program, left, right)


def _is_built_in(program: AnalysedProgram, operator: str, left: Node, right: Node) -> bool:
    types = type_of(program, left), type_of(program, right)
    kinds = {None if kind is None else kind.kind for kind in types}
    if program.language is Language.JAVA:
        # Strings and unknown types are out.
        return kinds <= NUMBERS
    if program.language is Language.GO and operator != "+":
        return True  # there is no other meaning
    may_fuse = operator == "+" and not kinds <= {BOOL, INTEGER, POINTER}
    if may_fuse and _has_product(program, left) and _has_product(program, right):
        return False
    if program.language is Language.GO:
        # Both operands have one type: what is known of one holds for the other.
        return not kinds.isdisjoint(NUMBERS)
    return program.language is Language.C or None not in kinds


def _has_product(program: AnalysedProgram, node: Node) -> bool:
    return any(
        part.type == "binary_expression" and operator_of(program, part) == "*"
        for part in descendants(node)
    )


def _may_swap_in_python(
    program: AnalysedProgram, values: PythonValues, left: Node, right: Node
) -> bool:
    kind = values.kind(left)
    if kind not in (INTEGER, FLOAT) or values.kind(right) != kind:
        return False
    return may_exchange(program, left, right) or all(
        _cannot_fail(program, side) for side in (left, right)
    )


def _cannot_fail(program: AnalysedProgram, node: Node) -> bool:
    """Whether evaluating ``node``, which is a number, neither fails nor has an effect."""
    for part in descendants(node):
        if part.type == "identifier":
            if not is_quiet(program, part):
                return False
        elif part.type == "binary_operator":
            if operator_of(program, part) not in _PYTHON_TOTAL:
                return False
        elif part.is_named and part.type not in (
            "integer",
            "float",
            "parenthesized_expression",
            "unary_operator",
        ):
            return False
    return True
