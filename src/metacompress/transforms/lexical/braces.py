"""Put braces around the single statement of a branch or loop, or take them away."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, ClassVar

from metacompress.analysis.macros import find_macro_like
from metacompress.lang.edits import Edit, Span
from metacompress.lang.language import C_AND_JAVA, C_FAMILY, JS_FAMILY, Language
from metacompress.lang.scopes.c.library import is_library_function
from metacompress.lang.syntax import COMMENTS, OWNERS, descendants, operands, span_of
from metacompress.transforms.base import FixedTransformation, Site
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_BLOCKS = ("compound_statement", "block", "statement_block")
_SIMPLE = (
    "expression_statement",
    "return_statement",
    "break_statement",
    "continue_statement",
    "throw_statement",
    "goto_statement",
)
# An ``else if`` keeps its form, and a label its statement.
_WRAPPED = (*_SIMPLE, *(owner for owner in OWNERS if owner != "else_clause"))


class Braces(FixedTransformation):
    """``if (c) s;`` becomes ``if (c) { s; }``, and back.

    Precondition: no name in the statement looks like a macro, which may hide several statements;
    where braces go, it calls nothing undeclared but the standard library's functions, since a
    macro may have a name like any other. A declaration keeps its braces, and so does an inner
    ``if``, which would take a following ``else``.
    """

    name: ClassVar[str] = "braces"
    level: ClassVar[Level] = Level.LEXICAL
    languages: ClassVar[frozenset[Language]] = C_AND_JAVA | {Language.JAVASCRIPT}

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        """See Transformation."""
        macros = program.fact(find_macro_like)
        for owner in program.nodes(*OWNERS):
            for body in _bodies(owner):
                if body.type in _BLOCKS:
                    inner = operands(body)
                    if (
                        len(inner) == 1
                        and inner[0].type in _SIMPLE
                        and not _holds_any(body, macros)
                        and _may_bare(program, body)
                    ):
                        start, end = span_of(body)
                        # ``else{return;}`` must not become one word.
                        yield Site(
                            Span(start, end), [Edit(start, start + 1, " "), Edit(end - 1, end, "")]
                        )
                elif body.type in _WRAPPED and not _holds_any(body, macros):
                    start, end = span_of(body)
                    yield Site(Span(start, end), [Edit(start, start, "{ "), Edit(end, end, " }")])


def _bodies(owner: Node) -> list[Node]:
    """The statements that stand directly under a branch or loop."""
    if owner.type == "else_clause":
        inner = operands(owner)
        return [] if inner[-1].type == "if_statement" else [inner[-1]]
    found = [owner.child_by_field_name("body"), owner.child_by_field_name("consequence")]
    alternative = owner.child_by_field_name("alternative")
    if alternative is not None and alternative.type not in ("else_clause", "if_statement"):
        found.append(alternative)
    return [body for body in found if body is not None]


def _holds_any(statement: Node, places: Sequence[int]) -> bool:
    """Whether one of these offsets, in order, lies in a statement: statements may be nested."""
    first = bisect_left(places, statement.start_byte)
    return first < len(places) and places[first] < statement.end_byte


def _may_bare(program: AnalysedProgram, block: Node) -> bool:
    if program.language in JS_FAMILY:
        # A closing brace ends a statement, other tokens may not; and the grammar loses an ``else``
        # behind a statement and comments.
        after = block.next_sibling
        return program.source.startswith(b";", operands(block)[0].end_byte - 1) and (
            after is None or after.type not in COMMENTS
        )
    if program.language not in C_FAMILY:
        return True
    for part in descendants(block):
        if part.type.startswith("preproc"):
            return False
        if part.type == "call_expression":
            function = part.child_by_field_name("function")
            if function is None or (
                function.type == "identifier"
                and program.binding_of(function) is None
                and not is_library_function(
                    program.text(function), cpp=program.language is Language.CPP
                )
            ):
                return False
    return True
