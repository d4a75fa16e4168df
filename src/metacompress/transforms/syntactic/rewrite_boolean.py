"""Write a condition another way: De Morgan's laws, negated comparisons and double negations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from metacompress.analysis.expressions.conditions import conditions, truth_tested, unwrapped
from metacompress.analysis.expressions.effects import is_constant, is_integer, operand
from metacompress.analysis.expressions.loose_macros import has_loose_macro
from metacompress.analysis.expressions.opaque import OpaqueText
from metacompress.analysis.expressions.python_values import PythonValues
from metacompress.analysis.types.go import is_typed_integer
from metacompress.analysis.types.inference import operator_of, type_of
from metacompress.analysis.types.scalars import BOOL, STRING
from metacompress.lang.edits import Edit, Pieces, Span
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
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_JUNCTIONS = ("binary_expression", "boolean_operator")
_NEGATIONS = ("unary_expression", "not_operator")
_COMPARISONS = ("binary_expression", "comparison_operator")
_DUAL = {"&&": "||", "||": "&&", "and": "or", "or": "and"}
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_OPPOSITE |= {"===": "!==", "!==": "==="}
_PYTHON_OPPOSITE = {"is": "is not", "is not": "is", "in": "not in", "not in": "in"}
# Where an operator of low precedence needs no parentheses.
_LOW_PARENTS = frozenset(
    """
    parenthesized_expression condition_clause argument_list arguments return_statement
    expression_statement expression_list for_clause
    init_declarator variable_declarator if_statement elif_clause while_statement for_statement
    """.split()
)
_OPENMP = re.compile(rb"#\s*pragma\s+omp|_Pragma")
_BRACKETS = ("parenthesized_expression", "argument_list", "condition_clause")


class RewriteBoolean(FixedTransformation):
    """``!(a && b)`` becomes ``!a || !b``, and back; ``if (a == b)`` becomes ``if (!(a != b))``.

    Operands keep their order. Precondition: no operand holds a loose macro, and no macro sees the
    text. ``x`` and ``!!x`` stand for each other only where nothing but the truth is asked for. In
    C++ operands are known scalars, since classes overload operators. In Python they are in a
    condition, where each is asked for its truth once, or certainly of type ``bool``; and only
    ``is`` and ``in`` have a certain opposite; in JavaScript ``&&`` and ``||`` are rewritten where
    nothing but their truth is asked for. ``<`` has an opposite between known integers, in Go
    between strings, too: floating point has values without order.
    """

    name: ClassVar[str] = "rewrite-boolean"
    level: ClassVar[Level] = Level.SYNTACTIC
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON | {Language.JAVASCRIPT, Language.GO}

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        """See Transformation."""
        facts = _Facts(
            program,
            program.fact(OpaqueText),
            truth_tested(program),
            frozenset(node.id for node in conditions(program)),
            program.fact(PythonValues) if program.language is Language.PYTHON else None,
            _OPENMP.search(program.source) is not None,
            frozenset(_inner(program)),
        )
        candidates = {node.id: node for node in program.nodes(*_JUNCTIONS, *_NEGATIONS)}
        candidates |= {node.id: node for node in conditions(program)}
        for node in sorted(candidates.values(), key=lambda node: node.byte_range):
            if not is_short(node) or facts.opaque.covers(node) or facts.is_canonical(node):
                continue
            if program.language in JS_FAMILY and begins_statement(node):
                continue
            pieces = facts.rewritten(node)
            if pieces is not None and is_movable(node):
                span = span_of(node)
                yield Site(span, [Edit(*span, padded(program.source, span, pieces))])


def _inner(program: AnalysedProgram) -> Iterator[int]:
    for node in program.nodes(*_JUNCTIONS):
        left = operands(node)[0]
        if operator_of(program, node) == operator_of(program, left):
            yield left.id
    for node in program.nodes(*_NEGATIONS):
        yield unwrapped(operands(node)[-1]).id


class _Facts(NamedTuple):
    program: AnalysedProgram
    opaque: OpaqueText
    tested: frozenset[int]
    conditions: frozenset[int]
    values: PythonValues | None
    has_openmp: bool
    # Junctions that are part of a longer one, or that a negation rewrites.
    inner: frozenset[int]

    def rewritten(self, node: Node) -> Pieces | None:
        """``node`` in another form; None if there is none that is certain."""
        operator = operator_of(self.program, node)
        if node.type in _JUNCTIONS and operator in _DUAL:
            return self._junction(node, operator)
        if node.type in _NEGATIONS and operator in ("!", ""):
            return self._negation(node)
        if node.id in self.conditions and not is_constant(node) and self._is_scalar(node):
            opposite = self._opposite(node)
            if opposite is not None:
                return (*self._not("("), *opposite, ")")
            inner = self._not("(", self._not("(", span_of(node), ")"), ")")
            return None if self._may_come_apart(node) else inner
        return None

    def is_canonical(self, node: Node) -> bool:
        """Whether OpenMP may want this condition of a loop to be a plain comparison."""
        parent = node.parent if self.has_openmp else None
        return parent is not None and parent.type == "for_statement"

    def _not(self, *pieces: str | Span | Pieces) -> Pieces:
        word = "not " if self.values is not None else "!"
        flat: list[str | Span] = [word]
        for piece in pieces:
            flat.extend([piece] if isinstance(piece, (str, Span)) else piece)
        return tuple(flat)

    def _may_come_apart(self, condition: Node) -> bool:
        """A condition in parentheses, or between semicolons, holds together whatever it holds."""
        if not has_loose_macro(self.program, condition):
            return False
        parent = condition.parent
        return parent is None or parent.type not in (*_LOW_PARENTS, "do_statement")

    def _is_scalar(self, node: Node) -> bool:
        return self.program.language is not Language.CPP or type_of(self.program, node) is not None

    @property
    def _gives_operands(self) -> bool:
        """Whether ``a && b`` has the value of an operand, and ``!`` makes it true or false."""
        return self.program.language in JS_FAMILY

    def _is_bool(self, node: Node) -> bool:
        """Whether a Python expression certainly has the type ``bool``."""
        if self.values is None:
            return False
        is_test = operator_of(self.program, node) in _PYTHON_OPPOSITE and len(operands(node)) == 2
        return is_test or self.values.kind(node) == BOOL

    def _junction(self, node: Node, operator: str) -> Pieces | None:
        """``a && b`` as ``!(!a || !b)``."""
        if node.id in self.inner or (self._gives_operands and node.id not in self.tested):
            return None
        parts = self._negated_parts(node, operator, node.id in self.tested)
        return None if parts is None else (*self._not("("), *parts, ")")

    def _negation(self, node: Node) -> Pieces | None:
        """``!(a && b)`` as ``!a || !b``, ``!(a == b)`` as ``a != b``, ``!!a`` as ``a``."""
        argument = operands(node)[-1]
        inner = unwrapped(argument)
        operator = operator_of(self.program, inner)
        is_tested = node.id in self.tested
        if inner.type in _JUNCTIONS and operator in _DUAL:
            parts = self._negated_parts(inner, operator, is_tested)
            return None if parts is None else self._low(node, parts)
        if inner.type in _COMPARISONS:
            opposite = self._opposite(inner) if self._is_scalar(inner) else None
            return None if opposite is None else self._low(node, opposite)
        if inner.type in _NEGATIONS and operator in ("!", ""):
            value = operands(inner)[-1]
            if is_tested and self._is_scalar(value) and not has_loose_macro(self.program, value):
                return self._low(node, (span_of(value),))
        return None

    def _negated_parts(self, chain: Node, operator: str, is_tested: bool) -> Pieces | None:
        """The negated operands of a chain of one operator, joined by the other."""
        parts: list[Node] = []
        while chain.type in _JUNCTIONS and operator_of(self.program, chain) == operator:
            left, right = operands(chain)
            parts.append(right)
            chain = left
        parts.append(chain)
        if any(has_loose_macro(self.program, part) or not self._is_scalar(part) for part in parts):
            return None
        if self.values is not None and not is_tested and not all(map(self._is_bool, parts)):
            return None
        pieces: list[str | Span] = []
        for part in reversed(parts):
            pieces += [f" {_DUAL[operator]} "] if pieces else []
            pieces += self._negated(part, is_tested)
        return tuple(pieces)

    def _negated(self, part: Node, is_tested: bool) -> Pieces:
        opposite = self._opposite(part)
        if opposite is not None:
            return opposite
        if part.type in _NEGATIONS and operator_of(self.program, part) in ("!", ""):
            value = operands(part)[-1]
            is_plain = self.values is None and not self._gives_operands
            if is_plain or is_tested or self._is_bool(value):
                return (span_of(value),)
        return self._not(operand(part))

    def _opposite(self, node: Node) -> Pieces | None:
        """A comparison that is true exactly where this one is false."""
        if node.type not in _COMPARISONS or has_loose_macro(self.program, node):
            return None
        sides = operands(node)
        operator = operator_of(self.program, node)
        opposite = (_OPPOSITE if self.values is None else _PYTHON_OPPOSITE).get(operator)
        if len(sides) != 2 or opposite is None:
            return None
        if operator in ("<", ">", "<=", ">=") and not self._is_ordered(sides):
            return None
        left, right = sides
        return (span_of(left), f" {opposite} ", span_of(right))

    def _is_ordered(self, sides: list[Node]) -> bool:
        """Whether one of two values is less than the other, or both are equal."""
        if self.program.language is not Language.GO:
            return all(is_integer(self.program, side) for side in sides)
        # Both sides have the type of one, which a constant may not show.
        kinds = [type_of(self.program, side) for side in sides]
        return any(
            kind is not None and (kind.kind == STRING or is_typed_integer(kind)) for kind in kinds
        )

    def _low(self, node: Node, pieces: Pieces) -> Pieces:
        """``pieces`` in the place of ``node``, in parentheses where they may be needed."""
        parent = node.parent
        kind = "" if parent is None else parent.type
        # Python ends a statement with its line, unless a bracket is open.
        spans_lines = self.values is not None and b"\n" in (node.text or b"")
        if kind in (_BRACKETS if spans_lines else _LOW_PARENTS):
            return pieces
        return ("(", *pieces, ")")
