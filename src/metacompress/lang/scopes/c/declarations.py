"""Declarations in the walk over C and C++ programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.c.classes import ClassWalk
from metacompress.lang.scopes.c.declarators import DECLARATORS, outside_of_name, take_apart
from metacompress.lang.scopes.c.macros import TYPEOF
from metacompress.lang.scopes.c.tokens import spread_parameters
from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.symbols import IDENTIFIERS
from metacompress.lang.scopes.walk import visits
from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.scopes.c.declarators import Declarator
    from metacompress.lang.scopes.walk import Task

_VARIABLE = BindingKind.MODULE_VARIABLE


class DeclarationWalk(ClassWalk):
    """A walk that knows declarations of variables, parameters, fields and typedef names."""

    @visits("declaration")
    def _declaration(self, node: Node) -> None:
        """Visit a declaration of variables or functions."""
        self.declare_all(node, _VARIABLE)

    @visits("parameter_declaration")
    def parameter(self, node: Node) -> None:
        """Visit a parameter declaration."""
        self.declare_all(node, BindingKind.PARAMETER)

    @visits("type_definition")
    def _type_definition(self, node: Node) -> None:
        """Visit a typedef."""
        self.declare_all(node, BindingKind.TYPE)

    @visits("field_declaration")
    def _field(self, node: Node) -> None:
        """Visit a declaration of struct, union or class members."""
        self.declare_all(node, None)

    def declare_all(self, node: Node, kind: BindingKind | None) -> None:
        """Visit a type, then declarators; ``kind`` None stands for members."""
        type_node = node.child_by_field_name("type")
        children = node.children
        is_doubtful = False
        if kind is _VARIABLE and type_node is not None:
            if self._is_variable(type_node):
                self.read_as_uses(children, FixedReason.AMBIGUOUS)
                return
            if type_node.text == b"__label__":
                self.table.pass_over(node, FixedReason.AMBIGUOUS)
                return
            is_doubtful = self._is_macro_call(type_node)
        tasks: list[Task] = []
        is_extern = follows_equals = False
        for child in children:
            child_type = child.type
            if child_type in DECLARATORS and not follows_equals and child != type_node:
                tasks += self.declarator(
                    child,
                    kind,
                    is_extern=is_extern,
                    is_doubtful=is_doubtful
                    or (kind is _VARIABLE and self._may_be_no_type(type_node, child)),
                )
            else:
                follows_equals = child_type == "="
                is_extern |= child_type == "storage_class_specifier" and child.text == b"extern"
                if is_doubtful and child == type_node:
                    tasks.append(partial(self.read_as_uses, [child], FixedReason.MACRO_ARGUMENT))
                else:
                    tasks.append(child)
        self.next(tasks)

    def declarator(
        self,
        node: Node,
        kind: BindingKind | None,
        *,
        is_extern: bool = False,
        is_doubtful: bool = False,
    ) -> list[Task]:
        """Tasks that visit a declarator, declare its name, then visit its initialiser."""
        initialiser: list[Task] = []
        if node.type == "init_declarator":
            node, *rest = node.children
            initialiser += rest
        parts = take_apart(node)
        name = parts.name
        if name is not None and name.type in IDENTIFIERS:
            if kind is _VARIABLE and parts.declares_function:
                reading = self._holds_arguments(parts.functions[-1])
                if reading is not False:
                    return [*self._initialised(parts, name, reading, is_doubtful), *initialiser]
                kind = BindingKind.FUNCTION
            is_linked = kind is BindingKind.FUNCTION or (is_extern and not initialiser)
            declare = partial(
                self._declare, name, kind, is_linked=is_linked, is_doubtful=is_doubtful
            )
            return [*self.around_name(parts), declare, *initialiser]
        around = self.around_name(parts)
        if name is None:
            return [*around, *initialiser]
        if name.type == "qualified_identifier":
            opening = partial(self._open_definition_of_member, name)
            return [*around, name, opening, *initialiser, self.table.leave]
        if name.type == "structured_binding_declarator":
            return [*around, *map(self._structured_name, name.named_children), *initialiser]
        return [*around, name, *initialiser]

    def _initialised(
        self, parts: Declarator, name: Node, reading: bool | None, is_doubtful: bool
    ) -> list[Task]:
        """Tasks for ``T name(...)`` that seems to initialise a variable, certainly or not."""
        doubt = None if reading and self.is_cpp else FixedReason.AMBIGUOUS
        is_doubtful |= doubt is not None
        declare = partial(self._declare, name, _VARIABLE, is_doubtful=is_doubtful)
        arguments = outside_of_name(parts.functions[-1])
        return [*parts.others, declare, partial(self.read_as_uses, arguments, doubt)]

    def _structured_name(self, node: Node) -> Task:
        is_name = node.type == "identifier"
        return partial(self.table.declare, node, BindingKind.LOCAL) if is_name else node

    def around_name(self, parts: Declarator) -> list[Task]:
        """Tasks that visit a declarator but for its name."""
        tasks: list[Task] = [*parts.others]
        tasks += (partial(self._prototype, function) for function in parts.functions)
        if parts.macro is not None:
            tasks.append(partial(self.read_as_uses, [parts.macro], FixedReason.MACRO_ARGUMENT))
        return tasks

    def _prototype(self, function_declarator: Node) -> None:
        parts = outside_of_name(function_declarator)
        self.inside(function_declarator, spread_parameters(parts))

    def _declare(
        self,
        name: Node,
        kind: BindingKind | None,
        *,
        is_linked: bool = False,
        is_doubtful: bool = False,
    ) -> None:
        if kind is None:
            self.table.members.add(self.table.text(name))
            self.member(name)
            return
        if is_doubtful and (hidden := self.table.lookup(self.table.text(name))) is not None:
            hidden.fix(FixedReason.AMBIGUOUS)
        if is_linked and self.table.in_block:
            symbol = self.table.declare_linked(name, kind)
        else:
            symbol = self.table.declare(name, kind, defined=not is_linked)
        if is_doubtful and symbol is not None:
            symbol.fix(FixedReason.AMBIGUOUS)

    def _open_definition_of_member(self, name: Node) -> None:
        self.heed_members(self.table.open(span_of(name)), name)

    # Declarations that may be none.

    def _is_variable(self, type_node: Node) -> bool:
        """Whether the "type" is a variable, so that ``a * b;`` multiplies."""
        name: Node | None = type_node
        if type_node.type == "template_type":
            name = type_node.child_by_field_name("name")
        if name is None or name.type != "type_identifier":
            return False
        return self.table.is_type(self.table.text(name)) is False

    def _is_macro_call(self, type_node: Node) -> bool:
        """Whether the "type" is ``MACRO(name)``, perhaps a statement without semicolon."""
        if type_node.type != "macro_type_specifier":
            return False
        name = type_node.child_by_field_name("name")
        return name is None or self.table.text(name) not in TYPEOF

    def _may_be_no_type(self, type_node: Node | None, declarator: Node) -> bool:
        """Whether an unknown type may be an expression, or a macro that is a statement."""
        if type_node is None or not self.table.in_block:
            return False
        if type_node.type == "template_type":
            return self._is_visible(declarator)
        if type_node.type != "type_identifier":
            return False
        type_name = self.table.text(type_node)
        if self.table.is_type(type_name):
            return False
        if b"\n" in self.source[type_node.end_byte : declarator.start_byte]:
            if type_name.isupper():
                self.doubts.suspect_hidden_use(type_node)
            return True
        is_certain = declarator.type in ("identifier", "init_declarator")
        return (type_name.isupper() or not is_certain) and self._is_visible(declarator)

    def _is_visible(self, declarator: Node) -> bool:
        """Whether what a declarator declares has the name of something visible."""
        if declarator.type == "init_declarator":
            declarator = declarator.children[0]
        name = take_apart(declarator).name
        return name is not None and self.table.lookup(self.table.text(name)) is not None

    def _holds_arguments(self, function_declarator: Node) -> bool | None:
        """Whether ``T name(...)`` initialises a variable; None where that is unclear."""
        unknown = False
        for child in outside_of_name(function_declarator):
            if child.type != "parameter_list":
                continue
            for parameter in child.children:
                if parameter.type == "identifier":
                    return None
                if parameter.type != "parameter_declaration":
                    continue
                type_node = parameter.child_by_field_name("type")
                if type_node is None or type_node.type not in IDENTIFIERS:
                    if type_node is None or type_node.type != "qualified_identifier":
                        return False
                elif (is_type := self.table.is_type(self.table.text(type_node))) is not None:
                    return not is_type
                declared = parameter.child_by_field_name("declarator")
                if declared is not None and not (
                    self.table.in_block
                    and declared.type in ("pointer_declarator", "reference_declarator")
                ):
                    return False
                unknown = True
        return None if unknown and self.is_cpp else False
