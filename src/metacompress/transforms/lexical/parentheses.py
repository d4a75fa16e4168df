"""Put an expression in parentheses, or take redundant parentheses away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from tree_sitter import Node

from metacompress.analysis.expressions.opaque import OpaqueText
from metacompress.analysis.macros import has_macro
from metacompress.analysis.types.inference import type_of
from metacompress.lang.edits import Edit
from metacompress.lang.language import C_FAMILY, C_JAVA_PYTHON, JS_FAMILY, Language
from metacompress.lang.scopes import BindingKind
from metacompress.lang.syntax import (
    begins_statement,
    descendants,
    is_movable,
    is_short,
    operands,
    padded,
    span_of,
)
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.random import Generator

    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames


# Where operands stand: next to an operator, which decides what may stand there without
# parentheses.
_OPERANDS: Mapping[str, tuple[str, ...]] = {
    "binary_expression": ("left", "right"),
    "binary_operator": ("left", "right"),
    "boolean_operator": ("left", "right"),
    "conditional_expression": ("condition", "alternative"),
    "ternary_expression": ("condition", "alternative"),
}
# Where any single expression may stand.
_WHOLES: Mapping[str, tuple[str, ...]] = {
    "assignment_expression": ("right",),
    "assignment": ("right",),
    "augmented_assignment": ("right",),
    "init_declarator": ("value",),
    "variable_declarator": ("value",),
    "keyword_argument": ("value",),
    "subscript_expression": ("index",),
    "array_access": ("index",),
    "subscript": ("subscript",),
    "index_expression": ("index",),
}
# Of these, all named children are whole expressions.
_LISTS = frozenset("return_statement argument_list arguments subscript_argument_list".split())
_ARGUMENTS = ("argument_list", "arguments")
# In Go values stand in lists; a pair of them, as in ``v, ok := m[k]``, is no pair in parentheses.
_GO_LISTS = frozenset(
    "return_statement assignment_statement short_var_declaration var_spec".split()
)
_PYTHON_CONDITIONS = frozenset("if_statement elif_clause while_statement".split())
_CALLS = frozenset("call_expression call method_invocation object_creation_expression".split())
_ASSIGNED = frozenset(
    "assignment_expression assignment init_declarator variable_declarator".split()
)

_LITERALS = frozenset(
    """
    number_literal char_literal true false null decimal_integer_literal hex_integer_literal
    decimal_floating_point_literal character_literal null_literal integer float none number
    undefined int_literal float_literal rune_literal nil
    """.split()
)
_PLACES = frozenset(
    """
    field_expression field_access attribute subscript_expression array_access subscript
    member_expression selector_expression index_expression
    """.split()
)
_CALLED = frozenset("call_expression method_invocation call".split())
# What would make the name of a type of what is in parentheses before it, to a parser that does not
# know its names.
_AS_CAST = re.compile(rb"\s*[-+*&~]")
# A text in parentheses is no initial value of an array of C.
_TEXTS = {Language.JAVA: ("string_literal",), Language.PYTHON: ("string",)} | dict.fromkeys(
    JS_FAMILY, ("string",)
)
_COMPOSED = frozenset(
    """
    binary_expression unary_expression update_expression pointer_expression cast_expression
    conditional_expression ternary_expression sizeof_expression assignment_expression
    instanceof_expression object_creation_expression binary_operator unary_operator
    comparison_operator boolean_operator not_operator
    """.split()
)


class _Place(NamedTuple):
    """An expression and where it stands.

    Attributes:
        node: the expression.
        is_whole: whether it stands alone there, and not next to an operator.
    """

    node: Node
    is_whole: bool


class Parentheses(Transformation[Node | None]):
    """``return a + b`` becomes ``return (a + b)``; ``(a[i]) * (b + c)`` becomes ``a[i] * (b + c)``.

    Parentheses are added around operands, arguments and values that are assigned or returned; they
    are taken away from around what needs none next to an operator, and from around a value as a
    whole. Precondition: no macro is involved, which may quote an argument or lack parentheses
    itself, and the program reads no declared type off an expression (``decltype``). A comma keeps
    its parentheses, and so does what spans lines in Python.
    """

    name: ClassVar[str] = "parentheses"
    level: ClassVar[Level] = Level.LEXICAL
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON | {Language.JAVASCRIPT, Language.GO}

    def sites(self, program: AnalysedProgram) -> Iterable[Site[Node | None]]:
        """See Transformation."""
        if program.language is Language.CPP and (
            b"decltype" in program.source or b"requires" in program.source
        ):
            return
        opaque = program.fact(OpaqueText)
        places = sorted(_places(program), key=lambda place: place.node.byte_range)
        for place in places:
            node = place.node
            if not is_short(node) or opaque.covers(node) or has_macro(program, node):
                continue
            if program.language in JS_FAMILY and _is_tied(node):
                continue
            if node.type == "parenthesized_expression":
                inner = operands(node)
                if len(inner) == 1 and _may_remove(program, place, inner[0]) and is_movable(node):
                    yield Site(span_of(node), inner[0])
            elif _may_add(program, place):
                yield Site(span_of(node), None)

    def rewrite(
        self, program: AnalysedProgram, site: Site[Node | None], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        start, end = site.span
        if site.target is None:
            return [Edit(start, start, "("), Edit(end, end, ")")]
        return [Edit(start, end, padded(program.source, site.span, (span_of(site.target),)))]


def _places(program: AnalysedProgram) -> Iterator[_Place]:
    for parent in program.nodes(*_OPERANDS):
        if program.language is Language.PYTHON and parent.type == "conditional_expression":
            yield from (_Place(child, False) for child in operands(parent))
        if parent.parent is not None and parent.parent.type == "expression_statement":
            continue  # without parentheses, ``(a) * b;`` looks like a declaration
        for field in _OPERANDS[parent.type]:
            child = parent.child_by_field_name(field)
            if child is not None:
                yield _Place(child, False)
    for parent in program.nodes("comparison_operator"):
        yield from (_Place(child, False) for child in operands(parent))
    for parent in program.nodes(*_WHOLES):
        for field in _WHOLES[parent.type]:
            yield from (_Place(child, True) for child in parent.children_by_field_name(field))
    for parent in program.nodes(*_LISTS):
        if parent.type != "argument_list" or (
            parent.parent is not None and parent.parent.type in _CALLS
        ):
            yield from (_Place(child, True) for child in operands(parent))
    for parent in program.nodes("parenthesized_expression", "condition_clause"):
        for child in operands(parent):
            if child.type == "parenthesized_expression":
                yield _Place(child, True)
    if program.language is Language.GO:
        yield from _go_values(program)
    if program.language is Language.PYTHON:
        for parent in program.nodes(*_PYTHON_CONDITIONS):
            child = parent.child_by_field_name("condition")
            if child is not None:
                yield _Place(child, True)


def _is_tied(node: Node) -> bool:
    """Whether parentheses of JavaScript may matter here.

    At the start of a statement they may go on with the line before, and around ``in`` they keep it
    out of the header of a ``for``.
    """
    return begins_statement(node) or any(part.type == "in" for part in descendants(node))


def _go_values(program: AnalysedProgram) -> Iterator[_Place]:
    """The values that stand alone in a list of Go, beside no more than one variable."""
    for values in program.nodes("expression_list"):
        parent = values.parent
        if parent is None or parent.type not in _GO_LISTS or len(operands(values)) != 1:
            continue
        left = parent.child_by_field_name("left")
        names = operands(left) if left is not None else parent.children_by_field_name("name")
        if values != left and len(names) <= 1:
            yield _Place(operands(values)[0], True)


def _looks_like_type(program: AnalysedProgram, node: Node) -> bool:
    """Whether the grammar takes a product in parentheses for a type: ``a * (b)`` declares ``b``."""
    return (
        program.language in C_FAMILY
        and node.type == "binary_expression"
        and node.children[0].type in ("identifier", "call_expression")
        and node.children[1].type in ("*", "&", "&&")
    )


def _may_add(program: AnalysedProgram, place: _Place) -> bool:
    node, parent = place.node, place.node.parent
    if parent is None:
        return False
    if node.type in _COMPOSED:
        return not (
            _AS_CAST.match(program.source, node.end_byte) and _looks_like_type(program, node)
        )
    if program.language is not Language.PYTHON and _AS_CAST.match(program.source, node.end_byte):
        return False
    if node.type in _CALLED:
        return True
    if node.type in _PLACES:
        return parent.type not in _ARGUMENTS or _is_value(program, node)
    is_plain = node.type == "identifier" or node.type in _LITERALS
    is_plain |= node.type in _TEXTS.get(program.language, ())
    # Anywhere else, nobody puts them around a single word.
    is_usual = parent.type == "return_statement" or parent.type in _ASSIGNED
    return is_plain and is_usual and _may_change_name(program, parent, node)


def _may_remove(program: AnalysedProgram, place: _Place, inner: Node) -> bool:
    node, parent = place.node, place.node.parent
    if program.language is Language.GO and any(
        part.type == "composite_literal" for part in descendants(inner)
    ):
        return False  # in front of a block, its braces would be those of the block
    if parent is None or (program.language is Language.PYTHON and b"\n" in (node.text or b"")):
        return False
    is_argument = program.language in C_FAMILY and parent.type == "argument_list"
    if inner.type == "identifier":
        return _may_change_name(program, parent, inner)
    if inner.type in _LITERALS or inner.type in _TEXTS.get(program.language, ()):
        return True
    if inner.type in _PLACES:
        return program.language not in C_FAMILY or _is_value(program, inner)
    # Double parentheses are for macros, and for what C++ would take for a declaration.
    if is_argument:
        return False
    if inner.type in _CALLED:
        return True
    return place.is_whole and inner.type in _COMPOSED


def _may_change_name(program: AnalysedProgram, parent: Node, node: Node) -> bool:
    """Whether a name is certainly a variable, and its parentheses make no difference.

    In C++ they decide whether what is returned is copied.
    """
    if node.type != "identifier" or program.language not in C_FAMILY:
        return True
    if program.language is Language.CPP and parent.type == "return_statement":
        return type_of(program, node) is not None
    return _is_value(program, node)


def _is_value(program: AnalysedProgram, node: Node) -> bool:
    """Whether a name, a field or an element starts with a variable, and is no name of a member."""
    while node.type in _PLACES:
        node = node.children[0]
    binding = program.binding_of(node) if node.type == "identifier" else None
    if program.language not in C_FAMILY:
        return True
    return binding is not None and binding.kind in (
        BindingKind.LOCAL,
        BindingKind.PARAMETER,
        BindingKind.MODULE_VARIABLE,
    )
