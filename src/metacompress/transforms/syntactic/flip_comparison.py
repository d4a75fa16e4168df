"""Write a comparison the other way round: ``a < b`` becomes ``b > a``."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from metacompress.analysis.expressions.effects import is_constant, may_exchange, operand
from metacompress.analysis.expressions.opaque import OpaqueText
from metacompress.analysis.macros import has_macro
from metacompress.analysis.types.inference import operator_of, type_of
from metacompress.lang.edits import Edit
from metacompress.lang.language import C_JAVA_PYTHON, JS_FAMILY, Language
from metacompress.lang.syntax import (
    begins_statement,
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

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_FLIPPED |= {operator: operator for operator in ("==", "!=", "===", "!==")}


class FlipComparison(FixedTransformation):
    """Exchange the sides of a comparison, and its direction.

    Precondition: the sides can be evaluated in either order (``effects.may_exchange``), and none
    holds a name that looks like a macro: its body may lack parentheses. In C++ both are known
    scalars, since classes overload operators. In Python one side is a literal number or string and
    the comparison is no chain: a literal's own method declines, so the other side's is asked in
    both cases; so it is in JavaScript, where an object may run code when it is compared. Where both
    methods of Python decline, the message of the TypeError names the sides and the operator in
    the new order: a program that prints that message prints another one.
    """

    name: ClassVar[str] = "flip-comparison"
    level: ClassVar[Level] = Level.SYNTACTIC
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON | {Language.JAVASCRIPT, Language.GO}

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        """See Transformation."""
        opaque = program.fact(OpaqueText)
        for node in program.nodes("binary_expression", "comparison_operator"):
            sides = operands(node)
            operator = operator_of(program, node)
            if (
                len(sides) == 2
                and operator in _FLIPPED
                and is_short(node)
                and is_movable(node)
                and not opaque.covers(node)
                and _may_flip(program, *sides)
            ):
                span = span_of(node)
                pieces = (*operand(sides[1]), f" {_FLIPPED[operator]} ", *operand(sides[0]))
                yield Site(span, [Edit(*span, padded(program.source, span, pieces))])


def _may_flip(program: AnalysedProgram, left: Node, right: Node) -> bool:
    if program.language is Language.PYTHON:
        return is_constant(left) != is_constant(right)
    if program.language in JS_FAMILY:
        # Of two objects, the one on the left is made a primitive value first.
        return is_constant(left) != is_constant(right) and not begins_statement(left)
    if program.language is Language.CPP and not (
        type_of(program, left) and type_of(program, right)
    ):
        return False
    return may_exchange(program, left, right) and not (
        has_macro(program, left) or has_macro(program, right)
    )
