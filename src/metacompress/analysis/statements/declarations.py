"""Declarations of variables, taken apart; what is unusual in one is not read at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metacompress.analysis.macros import find_macros, is_macro_like
from metacompress.analysis.types.scalars import c_type
from metacompress.lang.edits import Span
from metacompress.lang.language import JS_FAMILY, Language
from metacompress.lang.syntax import descendants, is_movable

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding


DECLARATIONS = {
    Language.C: ("declaration",),
    Language.CPP: ("declaration",),
    Language.JAVA: ("local_variable_declaration", "field_declaration"),
    Language.JAVASCRIPT: ("lexical_declaration", "variable_declaration"),
}
# Where one declaration may become two, or two one; and where only in JavaScript.
_PLACES = frozenset(
    "compound_statement translation_unit declaration_list block constructor_body class_body".split()
)
_JS_PLACES = frozenset({"statement_block", "program"})
_TYPES = frozenset(
    """
    primitive_type sized_type_specifier type_identifier struct_specifier union_specifier
    enum_specifier class_specifier template_type qualified_identifier placeholder_type_specifier
    """.split()
)
_SHAPES = frozenset({"pointer_declarator", "array_declarator", "reference_declarator"})
# Types of libraries that are written in capitals.
_LIBRARY_TYPES = frozenset({"FILE", "DIR", "BOOL", "BYTE", "WORD", "DWORD", "HANDLE", "UINT"})


class Declarator(NamedTuple):
    """One of the variables that a declaration declares.

    Attributes:
        node: all of it, with its stars, brackets and initialiser.
        name: the identifier.
        value: what stands after ``=``; None where there is no ``=``.
        is_initialised: whether there is an initialiser of any form.
        shapes: the node types of the stars and brackets around the name, the outermost first.
    """

    node: Node
    name: Node
    value: Node | None
    is_initialised: bool
    shapes: tuple[str, ...]


class Declaration(NamedTuple):
    """A declaration without comments, whose type defines nothing.

    Attributes:
        node: all of it.
        head: modifiers and type.
        type: the type.
        words: the words of the head that are no part of the type.
        declarators: at least one.
    """

    node: Node
    head: Span
    type: Node
    words: frozenset[str]
    declarators: tuple[Declarator, ...]


def is_in_sequence(program: AnalysedProgram, declaration: Node) -> bool:
    """Whether it stands where one declaration may become two, or two one."""
    place = "" if declaration.parent is None else declaration.parent.type
    return place in (_JS_PLACES if program.language in JS_FAMILY else _PLACES)


def read_declaration(program: AnalysedProgram, node: Node) -> Declaration | None:
    """Take a declaration apart; None where a part of it is not understood."""
    if program.language in JS_FAMILY:
        return _read_javascript(node)
    found = node.children_by_field_name("declarator")
    kind = node.child_by_field_name("type")
    if not found or kind is None or not is_movable(node):
        return None
    is_java = program.language is Language.JAVA
    first = found[0].start_byte
    declaring = {declarator.id for declarator in found}
    for child in node.children:
        if child.start_byte < first:
            if child != kind and child.type not in (
                "modifiers",
                "storage_class_specifier",
                "type_qualifier",
            ):
                return None
        elif child.id not in declaring and child.type not in (",", ";"):
            return None
    if not is_java and not _is_certain_type(program, kind):
        return None
    declarators = tuple(
        (_java_declarator if is_java else _c_declarator)(program, one) for one in found
    )
    complete = tuple(one for one in declarators if one is not None)
    if len(complete) < len(declarators):
        return None
    end = max(child.end_byte for child in node.children if child.start_byte < first)
    words = {
        word
        for child in node.children
        if child.start_byte < first and child != kind
        for word in program.text(child).split()
    }
    return Declaration(node, Span(node.start_byte, end), kind, frozenset(words), complete)


def _read_javascript(node: Node) -> Declaration | None:
    """Its type is ``var``, ``let`` or ``const``."""
    head, *rest = node.children
    if not is_movable(node) or any(
        child.type not in ("variable_declarator", ",", ";") for child in rest
    ):
        return None
    declarators = []
    for child in rest:
        name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
        if name is not None:
            declarators.append(Declarator(child, name, value, value is not None, ()))
    span = Span(head.start_byte, head.end_byte)
    return Declaration(node, span, head, frozenset(), tuple(declarators)) if declarators else None


def declaring_node(program: AnalysedProgram, binding: Binding) -> Node | None:
    """The declaration or parameter that declares a variable of C, C++ or Java."""
    node = program.name_of(binding)
    while node is not None and node.type not in _DECLARING:
        node = node.parent
    return node


_DECLARING = frozenset(
    """
    declaration parameter_declaration local_variable_declaration field_declaration
    formal_parameter enhanced_for_statement for_range_loop
    """.split()
)


def _is_certain_type(program: AnalysedProgram, kind: Node) -> bool:
    if kind.type not in _TYPES or kind.child_by_field_name("body") is not None:
        return False
    for part in descendants(kind):
        if part.type not in ("type_identifier", "identifier", "namespace_identifier"):
            continue
        name = program.text(part)
        if name in program.fact(find_macros):
            # #define ll long long
            body = program.fact(find_macros)[name]
            if body is None or c_type(body) is None or {"static", "const"} & set(body.split()):
                return False
        elif is_macro_like(program, part) and name not in _LIBRARY_TYPES:
            return False
    return True


def _java_declarator(program: AnalysedProgram, node: Node) -> Declarator | None:
    name = node.child_by_field_name("name")
    if name is None or name.type != "identifier":
        return None
    value = node.child_by_field_name("value")
    dimensions = node.child_by_field_name("dimensions")
    shapes = () if dimensions is None else ("array_declarator",)
    return Declarator(node, name, value, value is not None, shapes)


def _c_declarator(program: AnalysedProgram, node: Node) -> Declarator | None:
    value, inner = None, node
    if node.type == "init_declarator":
        declared = node.child_by_field_name("declarator")
        if declared is None:
            return None
        inner = declared
        if any(child.type == "=" for child in node.children):
            value = node.child_by_field_name("value")
    shapes: list[str] = []
    while inner.type in _SHAPES:
        shapes.append(inner.type)
        declared = inner.child_by_field_name("declarator")
        if declared is None:
            declared = next((c for c in inner.named_children if c.type in _DECLARABLE), None)
        if declared is None:
            return None
        inner = declared
    if inner.type != "identifier" or is_macro_like(program, inner):
        return None
    return Declarator(node, inner, value, node.type == "init_declarator", tuple(shapes))


_DECLARABLE = _SHAPES | {"identifier"}
