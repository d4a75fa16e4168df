"""Packages, functions, types, constants and variables in the walk over Go programs."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.go.names import GoNames
from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.walk import Walk, others, present, visits
from metacompress.lang.syntax import descendants, span_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.walk import Task

# Directives that tie a function to a name outside of the program.
_LINKING = re.compile(rb"^//(?:export[ \t]+|go:linkname[ \t]+|go:cgo_\w+[ \t]+)(\w+)", re.MULTILINE)
_LISTS = frozenset({"var_spec_list", "import_spec_list"})


def specs(declaration: Node) -> list[Node]:
    """The single declarations of ``var (...)``, ``import (...)`` and their like."""
    found = []
    for child in declaration.named_children:
        found += child.named_children if child.type in _LISTS else [child]
    return found


def names_of(declaration: Node) -> list[Node]:
    """The names that a declaration gives."""
    several = [child for child in declaration.named_children if child.type == "identifier"]
    return several or present([declaration.child_by_field_name("name")])


class DeclarationWalk(Walk[GoNames]):
    """A walk that knows what is declared where."""

    def __init__(self, program: ParsedProgram) -> None:
        linked = {name.decode(errors="replace") for name in _LINKING.findall(program.source)}
        super().__init__(GoNames(program, linked))

    @visits("identifier", "type_identifier", "package_identifier")
    def _name(self, node: Node) -> None:
        self.table.use(self.table.token(node))

    @visits("package_clause", "field_identifier")
    def _unbound(self, node: Node) -> None:
        self.table.pass_over(node)

    @visits("qualified_type")
    def _qualified_type(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            self.table.pass_over(name)
        self.next(others(node, name))

    # What all of the package sees, in any order.

    @visits("source_file")
    def _source_file(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "function_declaration":
                name = child.child_by_field_name("name")
                if name is not None:
                    has_body = child.child_by_field_name("body") is not None
                    self.table.declare_function(self.table.text(name), has_body=has_body)
            elif child.type == "import_declaration":
                self._announce(child, BindingKind.IMPORT, FixedReason.IMPORT)
            elif child.type == "type_declaration":
                self._announce(child, BindingKind.TYPE, FixedReason.TYPE)
            elif child.type in ("const_declaration", "var_declaration"):
                self._announce(child, BindingKind.MODULE_VARIABLE)
        self.next(node.named_children)

    def _announce(
        self, declaration: Node, kind: BindingKind, fixed: FixedReason | None = None
    ) -> None:
        for spec in specs(declaration):
            for name in names_of(spec):
                if name.type in ("dot", "blank_identifier"):
                    continue
                symbol = self.table.announce(self.table.text(name), kind, fixed)
                definition = spec.child_by_field_name("type")
                if symbol is not None and kind is BindingKind.TYPE and definition is not None:
                    self.table.define_type(symbol, definition)

    @property
    def _is_outermost(self) -> bool:
        return self.table.scope is self.table.outermost

    @visits("const_spec", "var_spec")
    def _variables(self, node: Node) -> None:
        names = names_of(node)
        if self._is_outermost:
            self.next([*others(node, *names), *names])
        else:
            # A variable is in scope behind its own declaration.
            self.next([*others(node, *names), *(partial(self._local, name) for name in names)])

    def _local(self, name: Node) -> None:
        self.table.declare(self.table.token(name), BindingKind.LOCAL)

    @visits("type_spec", "type_alias")
    def _type(self, node: Node) -> None:
        name, definition = node.child_by_field_name("name"), node.child_by_field_name("type")
        if name is None:
            self.descend(node)
            return
        if self._is_outermost:
            self.table.use(self.table.token(name))
        else:
            # A type is in scope in its own definition.
            token = self.table.token(name)
            symbol = self.table.declare(token, BindingKind.TYPE, FixedReason.TYPE)
            if symbol is not None and definition is not None:
                self.table.define_type(symbol, definition)
        parameters = node.child_by_field_name("type_parameters")
        self.inside(node, [*self._type_parameters(parameters), *present([definition])])

    # Functions.

    @visits("function_declaration")
    def _function(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None and self.table.text(name) == "init":
            self.table.pass_over(name)
        elif name is not None:
            self.table.use(self.table.token(name))
        self._signature(node)

    @visits("method_declaration", "method_elem")
    def _method(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            self.table.pass_over(name)
        self._signature(node)

    @visits("func_literal", "function_type")
    def _signature(self, node: Node) -> None:
        """Visit all but the name: parameters are in scope in the body, not in their types."""
        self.table.open_function(span_of(node))
        generic = node.child_by_field_name("type_parameters")
        receiver = node.child_by_field_name("receiver")
        body = node.child_by_field_name("body")
        lists = present([receiver, node.child_by_field_name("parameters")])
        result = node.child_by_field_name("result")
        types: list[Task] = []
        if result is not None and result.type == "parameter_list":
            lists.append(result)
        elif result is not None:
            types.append(result)
        names: list[Task] = []
        for one in lists:
            parameters = one.named_children
            is_named = any(names_of(parameter) for parameter in parameters)
            for parameter in parameters:
                given = names_of(parameter)
                parts = others(parameter, *given)
                if is_named and not given and [part.type for part in parts] == ["type_identifier"]:
                    # Of more than nine names, the grammar takes the first ones for types.
                    given, parts = parts, []
                types += parts
                names += [partial(self._parameter, name) for name in given]
        statements = body.named_children if body is not None else []
        self.next(
            [
                *self._receiver_type_parameters(receiver),
                *self._type_parameters(generic),
                *types,
                *names,
                *statements,
                self.table.leave,
            ]
        )

    def _parameter(self, name: Node) -> None:
        self.table.declare(self.table.token(name), BindingKind.PARAMETER)

    # Type parameters, which are in scope in the types of one another.

    def _type_parameters(self, parameters: Node | None) -> list[Task]:
        declarations = [] if parameters is None else parameters.named_children
        names = [name for one in declarations for name in names_of(one)]
        types = [part for one in declarations for part in others(one, *names_of(one))]
        return [*(partial(self._type_parameter, name) for name in names), *types]

    def _type_parameter(self, name: Node) -> None:
        token = self.table.token(name)
        self.table.declare(token, BindingKind.TYPE, FixedReason.TYPE_PARAMETER)

    def _receiver_type_parameters(self, receiver: Node | None) -> list[Task]:
        """``func (s *Stack[T]) push()`` declares T; the other names are those of the types."""
        if receiver is None:
            return []
        arguments = [node for node in descendants(receiver) if node.type == "type_arguments"]
        names = [
            node
            for argument in arguments
            for node in descendants(argument)
            if node.type == "type_identifier"
        ]
        return [partial(self._receiver_type_parameter, name) for name in names]

    def _receiver_type_parameter(self, name: Node) -> None:
        # The token itself is met again, as the use of what is announced here.
        self.table.announce(self.table.text(name), BindingKind.TYPE, FixedReason.TYPE_PARAMETER)
