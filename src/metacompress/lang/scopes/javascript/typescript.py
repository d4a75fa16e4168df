"""What TypeScript adds to the scopes of JavaScript.

Types have a name space of their own, in which nothing is resolved: their names stay. So do the
names of classes, enumerations and namespaces, and of everything that a namespace or an ambient
declaration declares, since other parts of the program may be merged with them. What a type reads of
a variable (``typeof x``, ``x is T``) is a use of it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.javascript.definitions import DefinitionWalk
from metacompress.lang.scopes.javascript.names import ScopeKind
from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.walk import others, present, visits
from metacompress.lang.syntax import descendants

if TYPE_CHECKING:
    from tree_sitter import Node

_PARAMETERS = ("required_parameter", "optional_parameter")
# Parameters with one of these are properties of the object as well.
_PROPERTY_WORDS = frozenset({"accessibility_modifier", "override_modifier", "readonly"})


class TypeScriptWalk(DefinitionWalk):
    """A walk over all of TypeScript."""

    @visits("type_identifier")
    def _type(self, node: Node) -> None:
        self.table.pass_over(node)

    @visits("interface_declaration", "type_alias_declaration")
    def _declared_type(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            # What has a type and a variable of one name is one thing to its readers.
            self.table.taint(self.table.text(name), FixedReason.TYPE_NAME)
        self.descend(node)

    @visits("index_signature")
    def _index(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            self.table.pass_over(name)
        self.next(others(node, name))

    @visits(*_PARAMETERS)
    def _member_of_tuple(self, node: Node) -> None:
        """``[a: T, b?: U]``; parameters of functions are met with their function."""
        self._index(node)

    @visits(
        "function_type",
        "constructor_type",
        "call_signature",
        "construct_signature",
        "method_signature",
        "abstract_method_signature",
    )
    def _signature(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        self.next([*present([name]), partial(self._function, node, name)])

    @visits("function_signature")
    def _overload(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            self.table.scope.declare(self.table.text(name), BindingKind.FUNCTION)
            self.use(name)
        self._function(node, name)

    def parameter(self, node: Node) -> None:
        """Declare the names of a parameter in the innermost scope."""
        if node.type not in _PARAMETERS:
            super().parameter(node)
            return
        pattern, value = (node.child_by_field_name(field) for field in ("pattern", "value"))
        self.next(others(node, pattern))
        if pattern is None:
            return
        self.note_function_name(pattern, value)
        self.declare(pattern, BindingKind.PARAMETER, self.table.scope)
        if any(child.type in _PROPERTY_WORDS for child in node.children):
            self.table.scope.fixed[self.table.text(pattern)] = FixedReason.PARAMETER_PROPERTY

    @visits("enum_declaration")
    def _enum(self, node: Node) -> None:
        name, body = (node.child_by_field_name(field) for field in ("name", "body"))
        self._fixed_name(name)
        if body is not None:
            # A name in it may be one of its members.
            self.table.pass_over(body, FixedReason.AMBIGUOUS)

    @visits("internal_module", "module")
    def _namespace(self, node: Node) -> None:
        name, body = (node.child_by_field_name(field) for field in ("name", "body"))
        if name is not None and name.type == "identifier":
            self._fixed_name(name)
        elif name is not None:
            self.table.pass_over(name)
        if body is None:
            return
        scope = self.new_scope(body, ScopeKind.FUNCTION)

        def fix() -> None:
            scope.fixed |= dict.fromkeys(scope.bound, FixedReason.EXPORTED)

        self.within(scope, [*body.named_children, fix])

    @visits("ambient_declaration")
    def _ambient(self, node: Node) -> None:
        self.table.pass_over(node, FixedReason.EXTERNAL)

    @visits("import_alias")
    def _import_alias(self, node: Node) -> None:
        for part in descendants(node):
            if part.type == "identifier":
                self.table.taint(self.table.text(part), FixedReason.IMPORT)
        self.descend(node)

    def _fixed_name(self, name: Node | None) -> None:
        if name is not None:
            self.table.scope.declare(self.table.text(name), BindingKind.TYPE, FixedReason.TYPE)
            self.use(name)
