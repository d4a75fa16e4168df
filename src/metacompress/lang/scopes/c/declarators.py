"""The shape of C and C++ declarators in the syntax tree: which name, wrapped in what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tree_sitter import Node

_NAMES = frozenset(
    {
        "identifier",
        "type_identifier",
        "field_identifier",
        "primitive_type",
        "qualified_identifier",
        "template_function",
        "destructor_name",
        "operator_name",
        "operator_cast",
        "structured_binding_declarator",
    }
)
DECLARATORS = _NAMES | {
    "init_declarator",
    "pointer_declarator",
    "pointer_type_declarator",
    "reference_declarator",
    "array_declarator",
    "function_declarator",
    "parenthesized_declarator",
    "attributed_declarator",
    "variadic_declarator",
}


class Declarator(NamedTuple):
    """A declarator taken apart.

    Attributes:
        name: the node of the declared name, or None where there is none that can be trusted.
        functions: the function declarators around the name, the outermost first.
        others: all other nodes around the name (array sizes, attributes), in no fixed order.
        declares_function: the name itself is a function, not for example a pointer to one.
        macro: the call-like node that stands where the name should be, as in
            ``void RENAME(scale)(int width)``.
    """

    name: Node | None
    functions: list[Node]
    others: list[Node]
    declares_function: bool
    macro: Node | None


def take_apart(node: Node) -> Declarator:
    """Follow a declarator inwards to the name that it declares."""
    functions: list[Node] = []
    others: list[Node] = []
    derivation = wrapper = ""
    while (kind := node.type) not in _NAMES:
        if kind == "function_declarator":
            if wrapper == kind:
                return Declarator(None, functions, others, True, node)
            functions.append(node)
        inner = None
        for child in node.children:
            if inner is None and child.type in DECLARATORS:
                inner = child
            elif kind != "function_declarator" and child.is_named:
                others.append(child)
        if inner is None:
            return Declarator(None, functions, others, False, None)
        wrapper = kind
        if kind != "parenthesized_declarator":
            derivation = kind
        node = inner
    return Declarator(node, functions, others, derivation == "function_declarator", None)


def outside_of_name(function_declarator: Node) -> list[Node]:
    """The children of a function declarator but for the declarator of the name itself."""
    children = function_declarator.children
    for position, child in enumerate(children):
        if child.type in DECLARATORS:
            return children[:position] + children[position + 1 :]
    return children
