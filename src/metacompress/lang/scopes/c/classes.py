"""Structs, unions, classes and enumerations in the walk over C and C++ programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.c.directives import DirectiveWalk
from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.walk import others, visits
from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.c.names import CScope
    from metacompress.lang.scopes.walk import Task


class ClassWalk(DirectiveWalk):
    """A walk that knows what has members."""

    def __init__(self, program: ParsedProgram) -> None:
        super().__init__(program)
        self._classes: set[str] = set()
        self._derived_classes: set[str] = set()

    @visits("struct_specifier", "union_specifier")
    def tag(self, node: Node) -> None:
        """Visit a struct, union or class, declared or mentioned."""
        name = node.child_by_field_name("name")
        body = node.child_by_field_name("body")
        is_derived = any(child.type == "base_class_clause" for child in node.named_children)
        is_plain = name is not None and name.type == "type_identifier"
        around = others(node, body, name if is_plain else None)
        if body is None:
            if name is not None and is_plain:
                self.table.use_tag(name)
            self.next(around)
            return
        if name is not None and is_plain:
            self.table.declare_tag(name)
            (self._derived_classes if is_derived else self._classes).add(self.table.text(name))
        if not self.is_cpp:
            self.next([*around, *body.named_children])
        elif name is None and not self.table.scope.collects_members and _stands_alone(node):
            # The members of an anonymous union are used like variables.
            self.table.pass_over(body, FixedReason.AMBIGUOUS)
            self.next(around)
        else:
            opening = partial(self.open_members, body, has_unknown=is_derived)
            self.next([*around, opening, *body.named_children, self.table.leave])

    @visits("enum_specifier")
    def _enum(self, node: Node) -> None:
        """Visit an enumeration, declared or mentioned."""
        children = node.children
        is_scoped = any(child.type in ("class", "struct") for child in children)
        has_body = any(child.type == "enumerator_list" for child in children)
        tasks: list[Task] = []
        for child in children:
            if child.type == "type_identifier":
                (self.table.declare_tag if has_body else self.table.use_tag)(child)
            elif child.type == "enumerator_list" and is_scoped:
                tasks += [partial(self.open_members, child), child, self.table.leave]
            else:
                tasks.append(child)
        self.next(tasks)

    @visits("enumerator")
    def _enumerator(self, node: Node) -> None:
        """Visit an enumeration constant."""
        name, *value = node.children
        self.next([*value, partial(self._declare_enumerator, name)])

    def _declare_enumerator(self, name: Node) -> None:
        symbol = self.table.declare(name, BindingKind.MODULE_VARIABLE)
        # It may also be named behind its type.
        if symbol is not None and symbol.scope.depth and self.is_cpp:
            symbol.fix(FixedReason.QUALIFIED)

    def open_members(self, node: Node, *, has_unknown: bool = False) -> None:
        """Open the scope of a class or namespace."""
        scope = self.table.open(span_of(node))
        scope.collects_members = True
        scope.boundary = scope.depth
        scope.has_unknown_members |= has_unknown

    def heed_members(self, scope: CScope, qualified_name: Node) -> None:
        """Look names up as in the class that is named in front of ``::``."""
        class_node = qualified_name.child_by_field_name("scope")
        if class_node is not None and class_node.type == "template_type":
            class_node = class_node.child_by_field_name("name")
        class_name = "" if class_node is None else self.table.text(class_node)
        scope.boundary = scope.depth
        scope.has_unknown_members |= (
            class_name not in self._classes or class_name in self._derived_classes
        )


def _stands_alone(node: Node) -> bool:
    following = node.next_sibling
    return following is not None and following.type == ";"
