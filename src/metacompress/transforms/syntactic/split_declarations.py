"""Declare each variable on its own, or give it its first value in a statement of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias

from metacompress.analysis.expressions.effects import is_constant, is_quiet
from metacompress.analysis.macros import is_macro_like
from metacompress.analysis.statements.blocks import blocks, separator
from metacompress.analysis.statements.declarations import (
    DECLARATIONS,
    Declaration,
    is_in_sequence,
    read_declaration,
)
from metacompress.analysis.statements.enclosing import find_functions
from metacompress.analysis.types.inference import type_of
from metacompress.analysis.types.scalars import c_type
from metacompress.lang.edits import Edit
from metacompress.lang.language import C_JAVA_PYTHON, JS_FAMILY, Language
from metacompress.lang.scopes.c.library import is_library_function
from metacompress.lang.scopes.c.macros import may_use_argument_names
from metacompress.lang.syntax import (
    called_name,
    descendants,
    is_movable,
    operands,
    out_of_brackets,
    span_of,
)
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames

_TARGETS = ("identifier", "attribute", "subscript")


# A declaration of several variables, or how another statement is split.
_Target: TypeAlias = Declaration | list[Edit]


class SplitDeclarations(Transformation[_Target]):
    """``int a = 1, b;`` becomes ``int a = 1; int b;``, and ``int a = 1;`` ``int a; a = 1;``.

    Precondition: the type defines nothing and is no unseen macro, and no variable hides its name.
    A first value moves only where assigning does what initialising did: in C and C++ for scalars
    and pointers without ``const`` or ``static`` (in C++ of a value whose type is known, since a
    class may convert to several), in Java without modifiers, array initialisers, ``var``, and where
    no lambda or class captures the variable, in JavaScript of a ``var``. In Python ``a = b = 0``
    and ``a, b = 0, 1`` are split, where the values are constants, or variables that no earlier
    target changes.
    """

    name: ClassVar[str] = "split-declarations"
    level: ClassVar[Level] = Level.SYNTACTIC
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON | {Language.JAVASCRIPT}

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Target]]:
        """See Transformation."""
        if program.language is Language.PYTHON:
            yield from _python_sites(program)
            return
        in_blocks = {node.start_byte for statements in blocks(program) for node in statements}
        for node in program.nodes(*DECLARATIONS[program.language]):
            if not is_in_sequence(program, node):
                continue
            declaration = read_declaration(program, node)
            if declaration is None:
                continue
            if len(declaration.declarators) > 1:
                if not _hides_its_type(program, declaration):
                    yield Site(span_of(node), declaration)
            elif node.start_byte in in_blocks:
                value = declaration.declarators[0].value
                if value is not None and _may_assign(program, declaration, value):
                    yield Site(span_of(node), _assigned_later(program, declaration, value))

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Target], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        declaration = site.target
        if isinstance(declaration, list):
            return declaration
        parted = ";" + separator(program, declaration.node)
        declarators = declaration.declarators
        # At least one comma becomes a new declaration.
        chosen = rng.random(len(declarators) - 1) < 0.5
        chosen[rng.integers(len(chosen))] = True
        return [
            Edit(left.node.end_byte, right.node.start_byte, (parted, declaration.head, " "))
            for left, right, is_parted in zip(
                declarators[:-1], declarators[1:], chosen, strict=True
            )
            if is_parted
        ]


def _hides_its_type(program: AnalysedProgram, declaration: Declaration) -> bool:
    declared = {program.text(one.name) for one in declaration.declarators}
    return any(
        program.text(part) in declared
        for part in descendants(declaration.type)
        if part.type in ("type_identifier", "identifier", "namespace_identifier")
    )


def _assigned_later(program: AnalysedProgram, declaration: Declaration, value: Node) -> list[Edit]:
    (only,) = declaration.declarators
    declared = only.node.child_by_field_name("declarator") or only.name
    parted = ";" + separator(program, declaration.node)
    return [Edit(declared.end_byte, value.start_byte, (parted, span_of(only.name), " = "))]


def _may_assign(program: AnalysedProgram, declaration: Declaration, value: Node) -> bool:
    (declarator,) = declaration.declarators
    if value.type in ("initializer_list", "array_initializer"):
        return False
    if program.language in JS_FAMILY:
        is_name = declarator.name.type == "identifier"
        return is_name and program.text(declaration.type) == "var"
    if program.language is Language.JAVA:
        return (
            not declaration.words
            and not declarator.shapes
            and program.text(declaration.type) != "var"
            and not _is_captured(program, declarator.name)
        )
    if declarator.shapes:
        allowed = {"const", "volatile", "register"}
        if set(declarator.shapes) != {"pointer_declarator"}:
            return False
    else:
        allowed = {"register"}
        is_enum = declaration.type.type == "enum_specifier"
        if c_type(program.text(declaration.type)) is None and not is_enum:
            return False
    return (
        declaration.words <= allowed
        and declaration.type.type != "placeholder_type_specifier"
        and not _has_qualified_shape(declarator.node, value)
        and not _may_be_a_list(program, value)
        and (program.language is Language.C or _is_certain_value(program, value))
    )


def _is_captured(program: AnalysedProgram, name: Node) -> bool:
    binding = program.binding_of(name)
    if binding is None:
        return True
    home = program.fact(find_functions).innermost(name.start_byte)
    return any(
        program.fact(find_functions).innermost(use.start) != home for use in binding.occurrences
    )


def _has_qualified_shape(declarator: Node, value: Node) -> bool:
    """Whether the variable itself is ``const``, as in ``char *const p``."""
    return any(
        part.type != "pointer_declarator" and part.is_named and part.type != "identifier"
        for part in descendants(declarator)
        if part.end_byte <= value.start_byte
    )


def _may_be_a_list(program: AnalysedProgram, value: Node) -> bool:
    """Whether a macro stands for the whole value: it may be ``{0}``."""
    if value.type == "call_expression":
        callee = value.child_by_field_name("function")
        return (
            callee is not None
            and is_macro_like(program, callee)
            and may_use_argument_names(program.text(callee))
        )
    return value.type == "identifier" and is_macro_like(program, value)


def _is_certain_value(program: AnalysedProgram, value: Node) -> bool:
    if value.type == "call_expression":
        callee = called_name(value)
        return (
            callee is not None
            and program.binding_of(callee) is None
            and is_library_function(program.text(callee), cpp=False)
        )
    return type_of(program, value) is not None or value.type == "new_expression"


def _python_sites(program: AnalysedProgram) -> Iterator[Site[_Target]]:
    for statement in program.nodes("expression_statement"):
        parts = operands(statement)
        if len(parts) != 1 or parts[0].type != "assignment" or not is_movable(statement):
            continue
        pairs = _chained(parts[0]) or _unpacked(program, parts[0])
        if len(pairs) > 1:
            parted = separator(program, statement)
            pieces: list[str | Span] = []
            for target, value in pairs:
                pieces += (span_of(target), " = ", *out_of_brackets(value), parted)
            span = span_of(statement)
            yield Site(span, [Edit(*span, tuple(pieces[:-1]))])


def _chained(assignment: Node) -> list[tuple[Node, Node]]:
    targets: list[Node] = []
    value: Node | None = assignment
    while value is not None and value.type == "assignment":
        left = value.child_by_field_name("left")
        if left is None or left.type not in _TARGETS or value.child_by_field_name("type"):
            return []
        targets.append(left)
        value = value.child_by_field_name("right")
    if value is None or len(targets) < 2 or not is_constant(value):
        return []
    return [(target, value) for target in targets]


def _unpacked(program: AnalysedProgram, assignment: Node) -> list[tuple[Node, Node]]:
    left = assignment.child_by_field_name("left")
    right = assignment.child_by_field_name("right")
    if (
        left is None
        or right is None
        or left.type not in ("pattern_list", "tuple_pattern")
        or right.type not in ("expression_list", "tuple")
    ):
        return []
    targets, values = operands(left), operands(right)
    if len(targets) != len(values) or any(target.type not in _TARGETS for target in targets):
        return []
    if not all(is_constant(value) for value in values):
        written: set[str] = set()
        for target, value in zip(targets, values, strict=True):
            reads = {program.text(p) for p in descendants(value) if p.type == "identifier"}
            if target.type != "identifier" or not is_quiet(program, value) or reads & written:
                return []
            written.add(program.text(target))
    return list(zip(targets, values, strict=True))
