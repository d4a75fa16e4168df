"""Negate a condition and exchange the branches of ``if`` and ``else``."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from metacompress.analysis.expressions.conditions import binds_pattern
from metacompress.analysis.types.inference import type_of
from metacompress.lang.edits import Edit, exchanged
from metacompress.lang.language import C_JAVA_PYTHON, Language
from metacompress.lang.syntax import descendants, indentation, is_movable, operands, span_of
from metacompress.transforms.base import FixedTransformation, Site
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram


class SwapIfBranches(FixedTransformation):
    """``if (c) A else B`` becomes ``if (!(c)) B else A``.

    Precondition: there is an ``else`` that is no ``else if`` (``elif``), both branches are blocks,
    and neither holds a directive. In C++ the condition is a known scalar: ``!`` may be overloaded.
    A pattern of Java (``x instanceof T t``) in the condition would bind in the other branch.
    """

    name: ClassVar[str] = "swap-if-branches"
    level: ClassVar[Level] = Level.CONTROL_FLOW
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON | {Language.JAVASCRIPT, Language.GO}

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        """See Transformation."""
        for node in program.nodes("if_statement"):
            condition = node.child_by_field_name("condition")
            first = node.child_by_field_name("consequence")
            second = _else_block(node)
            if (
                condition is not None
                and first is not None
                and second is not None
                and first.type == second.type in ("compound_statement", "block", "statement_block")
                and is_movable(condition)
                and _may_negate(program, condition)
                and not _has_directive(first)
                and not _has_directive(second)
                and (
                    program.language is not Language.PYTHON
                    or indentation(program.source, first.start_byte)
                    == indentation(program.source, second.start_byte)
                )
            ):
                edits = [*_negated(program, condition), *exchanged(span_of(first), span_of(second))]
                yield Site(span_of(node), edits)


def _negated(program: AnalysedProgram, condition: Node) -> list[Edit]:
    start, end = span_of(condition)
    if program.language is Language.PYTHON:
        # As in ``if(c):``.
        is_apart = program.source[start - 1 : start].isspace()
        opening, closing = "not (" if is_apart else " not (", ")"
    elif condition.type in ("parenthesized_expression", "condition_clause"):
        opening, closing = "(!", ")"
    else:
        opening, closing = "!(", ")"
    return [Edit(start, start, opening), Edit(end, end, closing)]


def _else_block(node: Node) -> Node | None:
    alternatives = node.children_by_field_name("alternative")
    if len(alternatives) != 1:
        return None  # elif
    alternative = alternatives[0]
    if alternative.type == "else_clause":
        inner = operands(alternative)
        return inner[-1] if inner else None
    return alternative


def _may_negate(program: AnalysedProgram, condition: Node) -> bool:
    if condition.type == "condition_clause":
        value = operands(condition)
        return len(value) == 1 and type_of(program, value[0]) is not None
    return not binds_pattern(condition) and not any(
        part.type == "named_expression" for part in descendants(condition)
    )


def _has_directive(node: Node) -> bool:
    return any(part.type.startswith("preproc") for part in descendants(node))
