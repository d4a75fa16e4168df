"""Give a part of an expression a name: a new local in front of the statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from metacompress.analysis.expressions.effects import is_constant, variables_in
from metacompress.analysis.statements.blocks import open_blocks, separator
from metacompress.analysis.statements.declarations import declaring_node
from metacompress.analysis.statements.hoisting import may_be_constant, may_move, places
from metacompress.analysis.types.inference import type_of
from metacompress.analysis.types.scalars import BOOL, FLOAT, INTEGER, STRING, c_type
from metacompress.analysis.variables.dialects import has_old_statements, sees_variables
from metacompress.analysis.variables.exposure import takes_value
from metacompress.lang.edits import Edit, Span
from metacompress.lang.language import C_JAVA_PYTHON, Language
from metacompress.lang.misread_casts import without_misread_parentheses
from metacompress.lang.syntax import descendants, out_of_brackets, padded, span_of
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.analysis.statements.hoisting import Place
    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames


class _Part(NamedTuple):
    """A part of a statement, and how a declaration writes its type; empty in Python."""

    statement: Node
    node: Node
    spelling: str | Span


class ExtractLocal(Transformation[_Part]):
    """``x = a * (b + c);`` becomes ``int t = b + c; x = a * t;``.

    Precondition: the statement stands in a block, and the part is evaluated once whenever the
    statement is run: not behind ``&&``, ``||`` or ``?:``, not in a loop's condition. Either it is
    quiet and the rest of the statement writes nothing that it reads before it is evaluated, or it
    is evaluated before anything that has an effect or may fail. Its type is certain (in C and C++
    no floating type, which may be computed with more precision inside of an expression), and it is
    no constant expression, which may stand where a variable cannot. In C++ the place takes it by
    value. In Python it is of a type whose objects run no code at the end of their lives.
    """

    name: ClassVar[str] = "extract-local"
    level: ClassVar[Level] = Level.DATA_FLOW
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Part]]:
        """See Transformation."""
        if sees_variables(program) or has_old_statements(program):
            return
        found = []
        for statements in open_blocks(program):
            for statement in statements:
                for node, spelling in _extractable(program, statement):
                    # The statement is found again by its start; its end may be far.
                    span = Span(statement.start_byte, node.end_byte)
                    found.append(Site(span, _Part(statement, node, spelling)))
        yield from sorted(found, key=lambda site: site.span)

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Part], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        statement, node, spelling = site.target
        name = names.take(rng)
        if name is None:
            return ()
        start, span = statement.start_byte, span_of(node)
        place = span_of(without_misread_parentheses(program.parsed, node))
        is_python = program.language is Language.PYTHON
        typed = () if is_python else (spelling, " ")
        value = out_of_brackets(node) if is_python else (span,)
        end = "" if is_python else ";"
        parted = separator(program, statement)
        ended = parted if is_python and parted.startswith(";") else end + parted
        return [
            Edit(start, start, (*typed, name, " = ", *value, ended)),
            Edit(*place, padded(program.source, place, (name,))),
        ]


def _extractable(program: AnalysedProgram, statement: Node) -> Iterator[tuple[Node, str | Span]]:
    for place in places(program, statement):
        node = place.node
        if node.type not in _TRIVIAL and _is_worth_a_name(node):
            spelling = _may_extract(program, statement, place)
            if spelling is not None:
                yield node, spelling


_TRIVIAL = frozenset(
    "parenthesized_expression condition_clause identifier this assignment_expression".split()
)


def _is_worth_a_name(node: Node) -> bool:
    parent = node.parent
    # A call for its effects is a statement already.
    return not is_constant(node) and (parent is None or parent.type != "expression_statement")


def _may_extract(program: AnalysedProgram, statement: Node, place: Place) -> str | Span | None:
    node = place.node
    if program.language is Language.CPP and not takes_value(program, node):
        return None
    spelling = "" if program.language is Language.PYTHON else _spelling(program, node)
    inside = node.end_byte if program.language is Language.PYTHON else statement.start_byte
    if spelling is None or any(
        # A comprehension has variables of its own; a pattern's are for others.
        statement.start_byte <= variable.start and not node.start_byte <= variable.start < inside
        for variable in variables_in(program, node)
    ):
        return None
    is_certain = may_move(program, place, node) and not may_be_constant(program, node)
    return spelling if is_certain else None


def _spelling(program: AnalysedProgram, node: Node) -> str | Span | None:
    """How a declaration writes the type of ``node``; None where that is not certain."""
    kind = type_of(program, node)
    if kind is None:
        return None
    if program.language is Language.JAVA:
        return kind.name if kind.kind in (BOOL, INTEGER, FLOAT, STRING) else None
    if kind.kind not in (BOOL, INTEGER):
        return None
    for part in descendants(node):
        binding = program.binding_of(part) if part.type == "identifier" else None
        declaration = None if binding is None else declaring_node(program, binding)
        specifier = None if declaration is None else declaration.child_by_field_name("type")
        if specifier is not None and c_type(program.text(specifier)) == kind:
            return span_of(specifier)
    # The program may mean a type of fixed size.
    return None if "long" in kind.name else kind.name
