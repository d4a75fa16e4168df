"""Composite literals in the walk over Go programs.

The key in ``T{name: value}`` is a field where T is a struct, and an expression where T is a map,
an array or a slice. Where the program does not show what T is, a key that could be either fixes
the name.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.go.declarations import DeclarationWalk
from metacompress.lang.scopes.walk import present, visits

if TYPE_CHECKING:
    from tree_sitter import Node


class LiteralWalk(DeclarationWalk):
    """A walk that knows which keys are fields."""

    @visits("composite_literal")
    def _composite(self, node: Node) -> None:
        written, body = node.child_by_field_name("type"), node.child_by_field_name("body")
        tasks = [partial(self._elements, body, written)] if body is not None else []
        self.next([*present([written]), *tasks])

    def _elements(self, body: Node, written: Node | None) -> None:
        """Visit what stands in the braces of a literal of a type."""
        underlying = self.table.underlying(written)
        for element in reversed(body.named_children):
            if element.type == "keyed_element":
                key, value = (element.child_by_field_name(name) for name in ("key", "value"))
            else:
                key, value = None, element
            self._element(value, _field(underlying, "value") or _field(underlying, "element"))
            name = _name_in(key)
            if name is None:
                self._element(key, _field(underlying, "key"))
            else:
                self.next([partial(self._name_as_key, name, underlying)])

    def _element(self, element: Node | None, written: Node | None) -> None:
        if element is None or element.type != "literal_element":
            self.next(present([element]))
            return
        for child in reversed(element.named_children):
            # A literal in another one may leave its type out.
            is_bare = child.type == "literal_value"
            self.next([partial(self._elements, child, written) if is_bare else child])

    def _name_as_key(self, name: Node, underlying: Node | None) -> None:
        token = self.table.token(name)
        if underlying is None:
            self.table.use_in_doubt(token)
        elif underlying.type == "struct_type":
            self.table.leave_unbound(token)
        else:
            self.table.use(token)


def _field(written: Node | None, name: str) -> Node | None:
    return None if written is None else written.child_by_field_name(name)


def _name_in(key: Node | None) -> Node | None:
    """The name that a key consists of, if it does."""
    inner = None if key is None else next(iter(key.named_children), None)
    return inner if inner is not None and inner.type == "identifier" else None
