"""Declare two variables of one type in one declaration."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from metacompress.analysis.expressions.effects import is_constant
from metacompress.analysis.expressions.python_reads import plain_assignment
from metacompress.analysis.macros import find_macros
from metacompress.analysis.statements.blocks import are_neighbours
from metacompress.analysis.statements.declarations import (
    DECLARATIONS,
    is_in_sequence,
    read_declaration,
)
from metacompress.analysis.types.scalars import c_type
from metacompress.lang.edits import Edit, Span
from metacompress.lang.language import C_JAVA_PYTHON, JS_FAMILY, Language
from metacompress.lang.syntax import is_movable, span_of
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.analysis.statements.declarations import Declaration
    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames


class MergeDeclarations(Transformation[list[Edit]]):
    """``int a = 1; int b;`` becomes ``int a = 1, b;``.

    Precondition: the declarations are neighbours, have the same modifiers and the same type, which
    defines nothing and is no unseen macro, and the type is the same for both: not so with ``auto``
    and ``var``, nor with a class of C++ that may be a template whose arguments follow from the
    initialiser. In Python two neighbours that assign constants become ``a, b = 0, 1``, or
    ``a = b = 0`` for equal ones.
    """

    name: ClassVar[str] = "merge-declarations"
    level: ClassVar[Level] = Level.SYNTACTIC
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON | {Language.JAVASCRIPT}
    # The type is named once less.
    may_drop: ClassVar[bool] = True

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        """See Transformation."""
        if program.language is Language.PYTHON:
            yield from _python_sites(program)
            return
        for first, second in pairwise(program.nodes(*DECLARATIONS[program.language])):
            if not _are_siblings(program, first, second):
                continue
            left, right = read_declaration(program, first), read_declaration(program, second)
            if left is not None and right is not None and _may_merge(program, left, right):
                start = left.declarators[-1].node.end_byte
                end = right.declarators[0].node.start_byte
                yield Site(Span(first.start_byte, second.end_byte), [Edit(start, end, ", ")])

    def rewrite(
        self, program: AnalysedProgram, site: Site[list[Edit]], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        # Of two forms, one joins equal values.
        forms = site.target
        return forms[:1] if len(forms) > 1 and rng.random() < 0.5 else forms[-1:]


def _are_siblings(program: AnalysedProgram, first: Node, second: Node) -> bool:
    return (
        are_neighbours(program, first, second)
        and first.parent is not None
        and first.parent == second.parent
    )


def _may_merge(program: AnalysedProgram, left: Declaration, right: Declaration) -> bool:
    if not is_in_sequence(program, left.node):
        return False
    heads = [program.source[slice(*one.head)].split() for one in (left, right)]
    if heads[0] != heads[1]:
        return False
    kind = left.type
    if program.language in JS_FAMILY:
        return True
    if kind.type == "placeholder_type_specifier" or program.text(kind) == "var":
        return False
    if program.language is not Language.CPP or kind.type not in (
        "type_identifier",
        "qualified_identifier",
    ):
        return True
    text = program.text(kind)
    return (
        c_type(text) is not None
        or text in ("string", "std::string")
        or text.endswith(">")
        or text in program.fact(find_macros)
        or all(
            not one.is_initialised or "pointer_declarator" in one.shapes
            for one in (*left.declarators, *right.declarators)
        )
    )


def _python_sites(program: AnalysedProgram) -> Iterator[Site[list[Edit]]]:
    for first, second in pairwise(program.nodes("expression_statement")):
        if not _are_siblings(program, first, second):
            continue
        one, other = _constant_assignment(first), _constant_assignment(second)
        if one is not None and other is not None:
            texts = program.text(one[0]), program.text(other[0])
            # Tools read names such as __version__ from the text.
            if texts[0] != texts[1] and not any("__" in text for text in texts):
                span = Span(first.start_byte, second.end_byte)
                yield Site(span, _joined(program, span, one, other))


def _joined(
    program: AnalysedProgram, span: Span, one: tuple[Node, Node], other: tuple[Node, Node]
) -> list[Edit]:
    """``a = b = 0``, if both values are the same, and ``a, b = 0, 0``."""
    first, value, second, last = map(span_of, (*one, *other))
    pair = Edit(*span, (first, ", ", second, " = ", value, ", ", last))
    if one[1].text != other[1].text:
        return [pair]
    return [Edit(*span, (first, " = ", second, " = ", last)), pair]


def _constant_assignment(statement: Node) -> tuple[Node, Node] | None:
    found = plain_assignment(statement)
    if found is None or not is_movable(statement):
        return None
    left, right = found
    is_target = left.type in ("identifier", "attribute", "subscript")
    return found if is_target and is_constant(right) else None
