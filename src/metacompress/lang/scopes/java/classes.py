"""Classes, their members, types and annotations in the walk over Java programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.java.modifiers import annotations_of, modifiers_of
from metacompress.lang.scopes.java.names import ANONYMOUS_CLASS, SNIPPET, JavaClass, JavaNames
from metacompress.lang.scopes.java.variables import VariableWalk
from metacompress.lang.scopes.model import FixedReason
from metacompress.lang.scopes.walk import others, present, visits
from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram

_FIELD_MEMBERS = frozenset({"field_declaration", "constant_declaration", "enum_constant"})
_DECLARATORS = frozenset({"variable_declarator", "enum_constant", "formal_parameter"})


class ClassWalk(VariableWalk):
    """A walk that knows classes and their members."""

    def __init__(self, program: ParsedProgram) -> None:
        super().__init__(JavaNames(program))
        # By the node id of the body.
        self._classes = {program.root.id: SNIPPET}

    @visits(
        "annotation_type_declaration",
        "class_declaration",
        "enum_declaration",
        "interface_declaration",
        "record_declaration",
    )
    def _class_declaration(self, node: Node) -> None:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        is_record = node.type == "record_declaration"
        parameters = node.child_by_field_name("parameters") if is_record else None
        components = parameters.named_children if parameters is not None else []
        if name is not None:
            self.table.declare_type(self.table.token(name))
        if name is not None and body is not None:
            parts = {child.type for child in node.named_children}
            has_supertypes = parts & {"superclass", "super_interfaces"}
            is_plain = node.type == "class_declaration" and not has_supertypes
            self._classes[body.id] = JavaClass(
                self.table.text(name),
                None if is_plain else FixedReason.OVERRIDE,
                tuple(self._declared_names(components)),
            )
        self.next(present([body]))
        for component in reversed(components):
            if component.type == "spread_parameter":
                self.declarators(component, self.unbound)
            elif component.type == "formal_parameter":
                self._unbound_name(component)
        self.next(others(node, name, parameters, body))

    @visits("annotation_type_body", "class_body", "enum_body", "interface_body", "program")
    def _class_body(self, node: Node) -> None:
        members: list[Node] = []
        for child in node.named_children:
            is_group = child.type == "enum_body_declarations"
            members += child.named_children if is_group else [child]
        fields = [member for member in members if member.type in _FIELD_MEMBERS]
        owner = self._classes.pop(node.id, ANONYMOUS_CLASS)
        self.table.open_class(span_of(node), owner, self._declared_names(fields))
        for method in members:
            if method.type == "method_declaration":
                name = method.child_by_field_name("name")
                if name is not None and not name.is_missing:
                    self.table.declare_method(
                        self.table.text(name), modifiers_of(method), annotations_of(method)
                    )
        self.next([*members, self.table.leave])

    def _declared_names(self, members: Iterable[Node]) -> list[str]:
        """Names of fields, enum constants and record components."""
        names = []
        for member in members:
            for part in (member, *member.named_children):
                name = part.child_by_field_name("name") if part.type in _DECLARATORS else None
                if name is not None:
                    names.append(self.table.text(name))
        return names

    @visits("annotation_type_element_declaration", "enum_constant")
    def _unbound_name(self, node: Node) -> None:
        self.named(node, self.unbound)

    @visits("constant_declaration", "field_declaration")
    def _field_declaration(self, node: Node) -> None:
        self.inside(node, [partial(self.declarators, node, self.unbound)])

    @visits("method_declaration")
    def _method(self, node: Node) -> None:
        self.inside(node, [partial(self.named, node, self._method_name)])

    def _method_name(self, name: Node) -> None:
        self.table.name_method(self.table.token(name))

    @visits("compact_constructor_declaration", "constructor_declaration")
    def _constructor(self, node: Node) -> None:
        self.inside(node, [partial(self.named, node, self.type_name)])

    @visits("receiver_parameter")
    def _receiver_parameter(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "identifier":
                self.unbound(child)
            else:
                self.next([child])

    # Types and annotations.

    @visits("type_parameter")
    def _type_parameter(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "type_identifier":
                self.table.declare_type_parameter(self.table.text(child))
        self.descend(node)

    @visits("scoped_type_identifier")
    def _scoped_type(self, node: Node) -> None:
        *scope, name = node.named_children
        self.unbound(name)
        self.next(scope)

    @visits("annotation", "marker_annotation")
    def _annotation(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None and name.type == "identifier":
            self.named(node, self.type_name)
        else:
            self.descend(node)

    @visits("element_value_pair")
    def _element_value_pair(self, node: Node) -> None:
        key = node.child_by_field_name("key")
        if key is not None:
            self.unbound(key)
        self.next(others(node, key))
