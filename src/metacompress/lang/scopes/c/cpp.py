"""What C++ has and C has not in the walk over programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.c.statements import CWalk
from metacompress.lang.scopes.c.tokens import spread_parameters
from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.symbols import IDENTIFIERS
from metacompress.lang.scopes.walk import others, visits
from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.scopes.walk import Task


class CppWalk(CWalk):
    """A walk over all of C++."""

    @visits(
        "abstract_function_declarator",
        "requires_expression",
        "catch_clause",
        "if_statement",
        "while_statement",
        "switch_statement",
    )
    def _scoped(self, node: Node) -> None:
        self.scoped(node)

    @visits("class_specifier")
    def _class(self, node: Node) -> None:
        self.tag(node)

    @visits("optional_parameter_declaration", "variadic_parameter_declaration")
    def _parameter(self, node: Node) -> None:
        self.parameter(node)

    @visits("for_range_loop")
    def _range_loop(self, node: Node) -> None:
        self.table.open(span_of(node))
        declarator = node.child_by_field_name("declarator")
        tasks: list[Task] = []
        declared: list[Task] = []
        for child in node.children:
            if child == declarator:
                declared = self.declarator(child, BindingKind.LOCAL)
            elif child.type == ")":
                tasks += declared
            else:
                tasks.append(child)
        self.next([*tasks, self.table.leave])

    @visits("lambda_expression")
    def _lambda_expression(self, node: Node) -> None:
        before: list[Task] = []
        inside: list[Task] = []
        for child in node.children:
            if child.type == "lambda_capture_specifier":
                for capture in child.children:
                    if capture.type == "lambda_capture_initializer":
                        left = capture.child_by_field_name("left")
                        before += others(capture, left)
                        if left is not None:
                            inside.append(partial(self.table.declare, left, BindingKind.LOCAL))
                    else:
                        before.append(capture)
            elif child.type == "abstract_function_declarator":
                inside += spread_parameters(child.children)
            elif child.type == "compound_statement":
                inside += child.children
            else:
                inside.append(child)
        opening = partial(self.table.enter_function, span_of(node), None)
        self.next([*before, opening, *inside, self.table.leave])

    @visits("qualified_identifier")
    def _qualified(self, node: Node) -> None:
        """Visit ``scope::name``: the scope may be a type, the name is not followed."""
        scope = node.child_by_field_name("scope")
        is_standard = scope is not None and scope.text == b"std"
        tasks: list[Task] = []
        for child in node.children:
            if child.type == "destructor_name":
                self.table.pass_over(child, FixedReason.QUALIFIED)
                continue
            if child.type not in IDENTIFIERS:
                tasks.append(child)
                continue
            name = self.table.text(child)
            if child == scope and self.table.is_type(name):
                self.table.use(name, child)
            else:
                self.member(child)
                if not is_standard:
                    self.doubts.suspect_outer(name, FixedReason.QUALIFIED)
        self.next(tasks)

    @visits("using_declaration", "namespace_alias_definition")
    def _using(self, node: Node) -> None:
        self.table.pass_over(node, FixedReason.QUALIFIED)

    @visits("field_initializer")
    def _field_initializer(self, node: Node) -> None:
        tasks: list[Task] = []
        for child in node.children:
            if child.type in IDENTIFIERS:
                self.member(child)
                self.doubts.suspect_outer(self.table.text(child), FixedReason.MEMBER)
            else:
                tasks.append(child)
        self.next(tasks)

    @visits("alias_declaration")
    def _alias(self, node: Node) -> None:
        """Visit ``using name = type``."""
        name = node.child_by_field_name("name")
        tasks: list[Task] = [*others(node, name)]
        if name is not None:
            tasks.append(partial(self.table.declare, name, BindingKind.TYPE))
        self.next(tasks)

    @visits("namespace_definition")
    def _namespace(self, node: Node) -> None:
        """Visit a namespace; what it declares is a member of it."""
        tasks: list[Task] = []
        for child in node.children:
            if child.type == "declaration_list":
                tasks += [partial(self.open_members, child), child, self.table.leave]
            else:
                self.table.pass_over(child, FixedReason.AMBIGUOUS)
        self.next(tasks)

    @visits("template_declaration")
    def _template(self, node: Node) -> None:
        """Visit a template; what it declares belongs to the scope around it."""
        tasks: list[Task] = []
        for child in node.named_children:
            tasks.append(child)
            if child.type == "template_parameter_list":
                tasks.append(self._end_template_parameters)
        self.inside(node, tasks)

    def _end_template_parameters(self) -> None:
        self.table.scope.transparent = True

    @visits(
        "type_parameter_declaration",
        "optional_type_parameter_declaration",
        "variadic_type_parameter_declaration",
    )
    def _type_parameter(self, node: Node) -> None:
        """Visit a type parameter of a template."""
        tasks: list[Task] = [*node.named_children]
        for position, child in enumerate(node.named_children):
            if child.type == "type_identifier":
                tasks[position] = partial(self.table.declare, child, BindingKind.TYPE)
                break
        self.next(tasks)
