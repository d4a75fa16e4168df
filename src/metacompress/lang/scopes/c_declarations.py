"""Declarations, types and function definitions in the C and C++ scope analysis."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.c_declarators import (
    DECLARATORS,
    IDENTIFIERS,
    Declarator,
    outside_of_name,
    take_apart,
)
from metacompress.lang.scopes.c_macros import TYPEOF
from metacompress.lang.scopes.c_walk import Walk, span_of, spread_parameters
from metacompress.lang.scopes.model import BindingKind

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.c_symbols import Scope
    from metacompress.lang.scopes.c_walk import Task

_VARIABLE = BindingKind.MODULE_VARIABLE


class DeclarationWalk(Walk):
    """A walk that knows everything that declares a name."""

    def __init__(self, program: ParsedProgram) -> None:
        super().__init__(program)
        self._classes: set[str] = set()
        self._derived_classes: set[str] = set()

    # Variables, parameters, fields, typedef names

    def declaration(self, node: Node) -> None:
        """Visit a declaration of variables or functions."""
        self._declare_all(node, _VARIABLE)

    def parameter(self, node: Node) -> None:
        """Visit a parameter declaration."""
        self._declare_all(node, BindingKind.PARAMETER)

    def type_definition(self, node: Node) -> None:
        """Visit a typedef."""
        self._declare_all(node, BindingKind.TYPE)

    def field(self, node: Node) -> None:
        """Visit a declaration of struct, union or class members."""
        self._declare_all(node, None)

    def _declare_all(self, node: Node, kind: BindingKind | None) -> None:
        """A type, then declarators; ``kind`` None stands for members."""
        type_node = node.child_by_field_name("type")
        children = node.children
        is_doubtful = False
        if kind is _VARIABLE and type_node is not None:
            if self._is_variable(type_node):
                self.read_as_uses(children, "ambiguous")
                return
            if type_node.text == b"__label__":
                self.foreign(node, "ambiguous")
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
                    tasks.append(partial(self.read_as_uses, [child], "macro-argument"))
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
        """The tasks that visit a declarator, declare its name, then visit its initialiser."""
        initialiser: list[Task] = []
        if node.type == "init_declarator":
            node, *rest = node.children
            initialiser += rest
        parts = take_apart(node)
        name = parts.name
        if name is None:
            return [*self._around_name(parts), *initialiser]
        if name.type == "qualified_identifier":
            opening = partial(self._open_definition_of_member, name)
            around = self._around_name(parts)
            return [*around, name, opening, *initialiser, self.table.leave]
        if name.type == "structured_binding_declarator":
            names: list[Task] = [
                partial(self.table.declare, child, BindingKind.LOCAL)
                if child.type == "identifier"
                else child
                for child in name.children
            ]
            return [*self._around_name(parts), *names, *initialiser]
        if name.type not in IDENTIFIERS:
            return [*self._around_name(parts), name, *initialiser]
        if kind is None:
            return [*self._around_name(parts), partial(self._declare_member, name), *initialiser]
        if kind is _VARIABLE and parts.declares_function:
            list_node = parts.functions[-1]
            reading = self._holds_arguments(list_node)
            if reading is not False:
                doubt = None if reading and self.is_cpp else "ambiguous"
                declare = partial(
                    self._declare, name, kind, is_doubtful=is_doubtful or doubt is not None
                )
                arguments = outside_of_name(list_node)
                reading_task = partial(self.read_as_uses, arguments, doubt)
                return [*parts.others, declare, reading_task, *initialiser]
            kind = BindingKind.FUNCTION
        declare = partial(
            self._declare,
            name,
            kind,
            is_linked=kind is BindingKind.FUNCTION or (is_extern and not initialiser),
            is_doubtful=is_doubtful,
        )
        return [*self._around_name(parts), declare, *initialiser]

    def _around_name(self, parts: Declarator) -> list[Task]:
        tasks: list[Task] = [*parts.others]
        tasks += (partial(self._prototype, function) for function in parts.functions)
        if parts.macro is not None:
            tasks.append(partial(self.read_as_uses, [parts.macro], "macro-argument"))
        return tasks

    def _prototype(self, function_declarator: Node) -> None:
        self.table.enter(span_of(function_declarator))
        self.next([*spread_parameters(outside_of_name(function_declarator)), self.table.leave])

    def _declare(
        self,
        name: Node,
        kind: BindingKind,
        *,
        is_linked: bool = False,
        is_doubtful: bool = False,
    ) -> None:
        if is_doubtful and (hidden := self.table.lookup(self.table.text(name))) is not None:
            hidden.fix("ambiguous")
        if is_linked and self.table.in_block:
            symbol = self.table.declare_linked(name, kind)
        else:
            symbol = self.table.declare(name, kind, defined=not is_linked)
        if is_doubtful and symbol is not None:
            symbol.fix("ambiguous")

    def _declare_member(self, name: Node) -> None:
        self.table.members.add(self.table.leave_unbound(name))

    # Declarations that may be none

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

    # Functions

    def function_definition(self, node: Node) -> None:
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
                inside.append(partial(self._declare_all, child, BindingKind.PARAMETER))
                is_old_style = True
            elif child_type == "compound_statement":
                inside += [partial(self._begin_body, child), *child.children]
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
                before.append(partial(self.read_as_uses, [declarator], "macro-argument"))
                name = None
                parts = Declarator(None, [], [], False, None)
            own = parts.functions[-1:]
            before += self._around_name(parts._replace(functions=parts.functions[:-1]))
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
            symbol.fix("ambiguous")

    def _doubt_scope(self) -> None:
        for symbol in self.table.own_symbols():
            symbol.fix("ambiguous")

    def _open_function(self, node: Node, name: Node | None) -> None:
        symbol = None
        if name is not None and name.type in IDENTIFIERS:
            symbol = self.table.declare(name, BindingKind.FUNCTION)
            # An upper-case name is a macro's, and a function in a block is rarely one.
            if symbol is not None and (self.table.in_block or symbol.name.isupper()):
                symbol.fix("ambiguous")
        scope = self.table.enter_function(span_of(node), symbol)
        if name is not None and name.type == "qualified_identifier":
            self._heed_members(scope, name)

    def _begin_body(self, body: Node) -> None:
        self.table.scope.span = span_of(body)

    # Classes

    def tag(self, node: Node) -> None:
        """Visit a struct, union or class, declared or mentioned."""
        name = node.child_by_field_name("name")
        body = node.child_by_field_name("body")
        others: list[Task] = []
        is_derived = False
        for child in node.children:
            if child.type == "base_class_clause":
                is_derived = True
            if child != body and not (child == name and child.type == "type_identifier"):
                others.append(child)
        is_plain = name is not None and name.type == "type_identifier"
        if body is None:
            if name is not None and is_plain:
                self.table.use_tag(name)
            self.next(others)
            return
        if name is not None and is_plain:
            self.table.declare_tag(name)
            (self._derived_classes if is_derived else self._classes).add(self.table.text(name))
        if not self.is_cpp:
            self.next([*others, *body.children])
        elif name is None and not self.table.scope.collects_members and _stands_alone(node):
            # The members of an anonymous union are used like variables.
            self.foreign(body, "ambiguous")
            self.next(others)
        else:
            opening = partial(self.open_members, body, has_unknown=is_derived)
            self.next([*others, opening, *body.children, self.table.leave])

    def enum(self, node: Node) -> None:
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

    def enumerator(self, node: Node) -> None:
        """Visit an enumeration constant."""
        name, *value = node.children
        self.next([*value, partial(self._declare_enumerator, name)])

    def _declare_enumerator(self, name: Node) -> None:
        symbol = self.table.declare(name, _VARIABLE)
        # It may also be named behind its type.
        if symbol is not None and symbol.depth and self.is_cpp:
            symbol.fix("qualified")

    def alias(self, node: Node) -> None:
        """Visit ``using name = type``."""
        name = node.child_by_field_name("name")
        tasks: list[Task] = [child for child in node.children if child != name]
        if name is not None:
            tasks.append(partial(self.table.declare, name, BindingKind.TYPE))
        self.next(tasks)

    def namespace(self, node: Node) -> None:
        """Visit a namespace; what it declares is a member of it."""
        tasks: list[Task] = []
        for child in node.children:
            if child.type == "declaration_list":
                tasks += [partial(self.open_members, child), child, self.table.leave]
            else:
                self.foreign(child, "ambiguous")
        self.next(tasks)

    def open_members(self, node: Node, *, has_unknown: bool = False) -> None:
        """Open the scope of a class or namespace."""
        scope = self.table.enter(span_of(node))
        scope.collects_members = True
        scope.boundary = scope.depth
        scope.has_unknown_members |= has_unknown

    def _open_definition_of_member(self, name: Node) -> None:
        self._heed_members(self.table.enter(span_of(name)), name)

    def _heed_members(self, scope: Scope, qualified_name: Node) -> None:
        """Look names up as in the class that is named in front of ``::``."""
        class_node = qualified_name.child_by_field_name("scope")
        if class_node is not None and class_node.type == "template_type":
            class_node = class_node.child_by_field_name("name")
        class_name = "" if class_node is None else self.table.text(class_node)
        scope.boundary = scope.depth
        scope.has_unknown_members |= (
            class_name not in self._classes or class_name in self._derived_classes
        )

    # Templates

    def template(self, node: Node) -> None:
        """Visit a template; what it declares belongs to the scope around it."""
        self.table.enter(span_of(node))
        tasks: list[Task] = []
        for child in node.children:
            tasks.append(child)
            if child.type == "template_parameter_list":
                tasks.append(self._end_template_parameters)
        self.next([*tasks, self.table.leave])

    def _end_template_parameters(self) -> None:
        self.table.scope.transparent = True

    def type_parameter(self, node: Node) -> None:
        """Visit a type parameter of a template."""
        tasks: list[Task] = [*node.children]
        for position, child in enumerate(node.children):
            if child.type == "type_identifier":
                tasks[position] = partial(self.table.declare, child, BindingKind.TYPE)
                break
        self.next(tasks)


def _stands_alone(node: Node) -> bool:
    following = node.next_sibling
    return following is not None and following.type == ";"
