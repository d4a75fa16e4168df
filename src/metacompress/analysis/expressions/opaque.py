"""Text that may be more, or something else, than the expression that a syntax tree shows."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from metacompress.analysis.macros import find_macros
from metacompress.lang.language import C_FAMILY, Language
from metacompress.lang.scopes.c.macros import may_use_argument_names
from metacompress.lang.syntax import ancestors, called_name, operands, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.program import AnalysedProgram

# Directives, attributes, assembler and what is a type or makes one.
_C_OPAQUE = (
    "preproc_def",
    "preproc_function_def",
    "preproc_call",
    "preproc_include",
    "attribute_specifier",
    "attribute_declaration",
    "gnu_asm_expression",
    "generic_expression",
    "static_assert_declaration",
    "template_argument_list",
    "template_parameter_list",
    "decltype",
    "ms_declspec_modifier",
    "alignas_qualifier",
    "noexcept",
    "requires_clause",
    "requires_expression",
    "user_defined_literal",
    "macro_type_specifier",
)
_MISREAD = "expression_statement"
# What is printed, matched or kept as text.
_PYTHON_OPAQUE = ("interpolation", "type", "case_pattern")
_PRINTING = re.compile(r"assert|_if_fail|val_if|stringify|quote|dump", re.IGNORECASE)
# A name of a type in parentheses before one of these makes a cast.
_CAST_OPERATORS = frozenset({"+", "-", "*", "&", "&&"})


class OpaqueText:
    """Where a program's text must stay as it is.

    Macros may quote, paste or repeat their arguments, an f-string may print its expressions, and
    ``(T) * p`` is a product or a cast: there, the whole statement is left alone.
    """

    def __init__(self, program: AnalysedProgram) -> None:
        spans: list[Span] = []
        for span in sorted(_opaque(program)):
            if not spans or span.end > spans[-1].end:
                spans.append(span)
        self._starts = [span.start for span in spans]
        self._ends = [span.end for span in spans]

    def covers(self, node: Node) -> bool:
        """Whether ``node`` lies, perhaps in part, in such text."""
        number = bisect_right(self._starts, node.end_byte - 1) - 1
        return number >= 0 and self._ends[number] > node.start_byte


def _opaque(program: AnalysedProgram) -> Iterator[Span]:
    if program.language is Language.PYTHON:
        yield from map(span_of, program.nodes(*_PYTHON_OPAQUE))
    if program.language not in C_FAMILY:
        return
    yield from map(span_of, program.nodes(*_C_OPAQUE))
    # Outside of functions there are no statements: a header of a function that looks like a call.
    yield from (span_of(c) for c in program.parsed.root.children if c.type == _MISREAD)
    for directive in program.nodes("preproc_if", "preproc_elif"):
        condition = directive.child_by_field_name("condition")
        if condition is not None:
            yield span_of(condition)
    for call in program.nodes("call_expression"):
        callee = called_name(call)
        if callee is not None and _may_quote(program, callee):
            yield span_of(call)
    for node in program.nodes("binary_expression"):
        left = node.child_by_field_name("left")
        if left is not None and _may_be_type(program, left) and _operator(node) in _CAST_OPERATORS:
            yield _statement_span(node)
    for function in program.nodes("template_function"):
        # Or the two comparisons of ``a < b && c > (d)``.
        yield _statement_span(function)


def _may_quote(program: AnalysedProgram, callee: Node) -> bool:
    name = program.text(callee)
    if name in program.fact(find_macros):
        return True
    if program.binding_of(callee) is not None:
        return False
    return may_use_argument_names(name) or _PRINTING.search(name) is not None


def _may_be_type(program: AnalysedProgram, node: Node) -> bool:
    """Whether ``node`` is an undeclared name in parentheses."""
    if node.type != "parenthesized_expression":
        return False
    inner = operands(node)
    return (
        len(inner) == 1
        and inner[0].type in ("identifier", "qualified_identifier")
        and program.binding_of(inner[0]) is None
    )


def _operator(node: Node) -> str:
    operator = node.child_by_field_name("operator")
    return "" if operator is None else operator.type


def _statement_span(node: Node) -> Span:
    for outer in ancestors(node):
        if outer.type.endswith(("statement", "declaration", "function_definition")):
            return span_of(outer)
    return span_of(node)
