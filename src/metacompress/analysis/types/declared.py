"""How variables are declared: their types, pointers and arrays among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.macros import find_macros
from metacompress.analysis.types.scalars import ADDRESS, C_TYPE_WORDS, JAVA_TYPES, Type, c_type
from metacompress.lang.language import C_FAMILY, Language
from metacompress.lang.scopes.model import BindingKind
from metacompress.lang.syntax import operands

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding

# Of arrays of more dimensions, the type of an element is left open.
_DEEPEST = 8
VARIABLES = (BindingKind.LOCAL, BindingKind.PARAMETER)
"""Kinds of bindings that belong to one call of a function."""


def declared_type(program: AnalysedProgram, binding: Binding) -> Type | None:
    """The type that a variable is declared with; None for Python and for what is unclear."""
    declaration = _declaration(program, binding)
    return None if declaration is None else _named(program, *declaration)


def declared_as(program: AnalysedProgram, node: Node) -> tuple[str, int] | None:
    """How a variable or an element of one is declared: a type, and how many pointers or arrays."""
    depth = 0
    while node.type != "identifier":
        if node.type in ("subscript_expression", "array_access") or (
            node.type == "pointer_expression" and node.children[0].type == "*"
        ):
            depth += 1
            inner = node.child_by_field_name("argument") or node.child_by_field_name("array")
        else:
            inner = operands(node)[0] if node.type == "parenthesized_expression" else None
        if inner is None or depth > _DEEPEST:
            return None
        node = inner
    binding = program.binding_of(node)
    declaration = None if binding is None else _declaration(program, binding)
    if declaration is None or declaration[1] < depth:
        return None
    return declaration[0], declaration[1] - depth


def element_type(program: AnalysedProgram, node: Node) -> Type | None:
    """The type of a variable, or of an element of one; None if that is unclear."""
    element = declared_as(program, node)
    return None if element is None else _named(program, *element)


def declaration_around(program: AnalysedProgram, binding: Binding, *endings: str) -> Node | None:
    """The innermost node around where a variable is declared whose type ends with one of these."""
    node = program.name_of(binding)
    while node is not None and not node.type.endswith(endings):
        node = node.parent
    return node


def is_volatile(program: AnalysedProgram, binding: Binding) -> bool:
    """Whether a variable's declaration, or what encloses it, says ``volatile`` or ``atomic``."""
    if program.language is Language.JAVA and binding.kind in VARIABLES:
        return False
    node = declaration_around(program, binding, "declaration")
    text = "" if node is None else program.text(node)
    return "volatile" in text or "tomic" in text


def _declaration(program: AnalysedProgram, binding: Binding) -> tuple[str, int] | None:
    """How a variable is declared: a type, and how many pointers to it or arrays of it."""
    if program.language is Language.PYTHON:
        return None
    if not C_TYPE_WORDS.isdisjoint(program.fact(find_macros)):
        return None  # for example #define int long long
    name = program.name_of(binding)
    if name is None:
        return None
    return (_c_declaration if program.language in C_FAMILY else _java_declaration)(program, name)


def _named(program: AnalysedProgram, specifiers: str, depth: int) -> Type | None:
    if program.language in C_FAMILY:
        return ADDRESS if depth else c_type(specifiers)
    kind = None if depth else JAVA_TYPES.get(specifiers)
    return None if kind is None else Type(kind, specifiers)


def _c_declaration(program: AnalysedProgram, name: Node) -> tuple[str, int] | None:
    node, depth = name, 0
    while (parent := node.parent) is not None:
        if parent.type in ("declaration", "parameter_declaration"):
            specifier = parent.child_by_field_name("type")
            if specifier is None or specifier == node:
                return None
            return program.text(specifier), depth
        if parent.type in ("pointer_declarator", "array_declarator"):
            depth += 1
        elif parent.type == "init_declarator":
            if parent.child_by_field_name("declarator") != node:
                return None
        else:
            return None
        node = parent
    return None


def _java_declaration(program: AnalysedProgram, name: Node) -> tuple[str, int] | None:
    declarator = name.parent
    if declarator is None or declarator.child_by_field_name("name") != name:
        return None
    declaration = declarator.parent if declarator.type == "variable_declarator" else declarator
    if declaration is None or declaration.type not in (
        "local_variable_declaration",
        "field_declaration",
        "formal_parameter",
        "enhanced_for_statement",
    ):
        return None
    specifier = declaration.child_by_field_name("type")
    if specifier is None:
        return None
    depth = 0
    if specifier.type == "array_type":
        depth += _dimensions(program, specifier)
        element = specifier.child_by_field_name("element")
        specifier = specifier if element is None else element
    return program.text(specifier), depth + _dimensions(program, declarator)


def _dimensions(program: AnalysedProgram, node: Node) -> int:
    dimensions = node.child_by_field_name("dimensions")
    return 0 if dimensions is None else program.text(dimensions).count("[")
