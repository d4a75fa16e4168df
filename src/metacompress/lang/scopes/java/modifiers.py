"""Modifiers and annotations of Java declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

_HARMLESS_ANNOTATIONS = frozenset({"SuppressWarnings", "Deprecated", "SafeVarargs"})


def modifiers_of(node: Node) -> set[str]:
    """The modifiers of a declaration; for an annotation, the type of its node."""
    return {
        word.type
        for child in node.named_children
        if child.type == "modifiers"
        for word in child.children
    }


def annotations_of(node: Node) -> list[str]:
    """Names of the annotations of a declaration that may have an effect on its name."""
    names = [
        name.text.decode(errors="replace")
        for modifiers in node.named_children
        if modifiers.type == "modifiers"
        for annotation in modifiers.named_children
        if (name := annotation.child_by_field_name("name")) is not None and name.text is not None
    ]
    return [name for name in names if name not in _HARMLESS_ANNOTATIONS]
