"""Definitions of functions in the walk over C and C++ programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.c.declarations import DeclarationWalk
from metacompress.lang.scopes.c.declarators import (
    DECLARATORS,
    Declarator,
    outside_of_name,
    take_apart,
)
from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.symbols import IDENTIFIERS
from metacompress.lang.scopes.walk import visits
from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.scopes.walk import Task


class FunctionWalk(DeclarationWalk):
    """A walk that knows functions."""

    @visits("function_definition")
    def _function_definition(self, node: Node) -> None:
        """Visit a function's definition."""
        type_node = node.child_by_field_name("type")
        declarator = None
        before: list[Task] = []
        inside: list[Task] = []
        is_old_style = False
        for child in node.children:
            child_type = child.type
            if declarator is None:
                if child_type in DECLARATORS and child != type_node:
                    declarator = child
                else:
                    before.append(child)
            elif child_type == "declaration":
                inside.append(partial(self.declare_all, child, BindingKind.PARAMETER))
                is_old_style = True
            elif child_type == "compound_statement":
                inside += [partial(self.table.enter_body, span_of(child)), *child.children]
            else:
                inside.append(child)
        name = None
        if declarator is not None:
            parts = take_apart(declarator)
            name = parts.name
            if name is not None and name.type not in IDENTIFIERS:
                before.append(name)
            elif not parts.functions:
                # `FOREACH(item) { ... }`, or a macro that makes a function.
                before.append(partial(self.read_as_uses, [declarator], FixedReason.MACRO_ARGUMENT))
                name = None
                parts = Declarator(None, [], [], False, None)
            own = parts.functions[-1:]
            before += self.around_name(parts._replace(functions=parts.functions[:-1]))
            for function_declarator in own:
                inside = self._parameters(function_declarator, is_old_style) + inside
        self.next([*before, partial(self._open_function, node, name), *inside, self.table.leave])

    def _parameters(self, function_declarator: Node, is_old_style: bool) -> list[Task]:
        tasks: list[Task] = []
        for child in outside_of_name(function_declarator):
            if child.type != "parameter_list":
                tasks.append(child)
                continue
            for parameter in child.children:
                if parameter.type == "identifier":
                    tasks.append(partial(self._declare_old_style, parameter, is_old_style))
                else:
                    tasks.append(parameter)
        if self.table.in_block:
            tasks.append(self._doubt_scope)
        return tasks

    def _declare_old_style(self, name: Node, has_declarations: bool) -> None:
        symbol = self.table.declare(name, BindingKind.PARAMETER)
        if symbol is not None and not has_declarations:
            symbol.fix(FixedReason.AMBIGUOUS)

    def _doubt_scope(self) -> None:
        for symbol in self.table.own_symbols():
            symbol.fix(FixedReason.AMBIGUOUS)

    def _open_function(self, node: Node, name: Node | None) -> None:
        symbol = None
        if name is not None and name.type in IDENTIFIERS:
            symbol = self.table.declare(name, BindingKind.FUNCTION)
            # An upper-case name is a macro's, and a function in a block is rarely one.
            if symbol is not None and (self.table.in_block or symbol.name.isupper()):
                symbol.fix(FixedReason.AMBIGUOUS)
        scope = self.table.enter_function(span_of(node), symbol)
        if name is not None and name.type == "qualified_identifier":
            self.heed_members(scope, name)
