"""Variables, patterns and labels in the walk over Java programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.java.modifiers import annotations_of
from metacompress.lang.scopes.java.names import JavaNames
from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.walk import Walk, others, present, visits

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node


class VariableWalk(Walk[JavaNames]):
    """A walk that knows what is declared in the body of a method."""

    @visits("block", "catch_clause", "constructor_body", "for_statement", "switch_block")
    def _scoped(self, node: Node) -> None:
        self.inside(node, node.named_children)

    @visits("import_declaration", "module_declaration", "package_declaration", "scoped_identifier")
    def unbound(self, node: Node) -> None:
        """Visit what is never looked up."""
        self.table.pass_over(node)

    def named(self, node: Node, declare: Callable[[Node], None]) -> None:
        """Visit a node whose name is in scope in all the rest of it."""
        name = node.child_by_field_name("name")
        self.next(others(node, name))
        if name is not None:
            declare(name)

    @visits("identifier")
    def _identifier(self, node: Node) -> None:
        self.table.use_variable(self.table.token(node))

    # Declarations.

    def _declare(self, name: Node, kind: BindingKind, fixed: FixedReason | None = None) -> None:
        if name.type == "identifier":
            self.table.declare_variable(self.table.token(name), kind, fixed)
        else:  # the pattern _, or a syntax error
            self.next([name])

    def _local(self, name: Node) -> None:
        self._declare(name, BindingKind.LOCAL)

    def _top_level_variable(self, name: Node) -> None:
        self._declare(name, BindingKind.LOCAL, FixedReason.TOP_LEVEL)

    def _parameter(self, name: Node) -> None:
        self._declare(name, BindingKind.PARAMETER)

    def _annotated_parameter(self, name: Node) -> None:
        self._declare(name, BindingKind.PARAMETER, FixedReason.ANNOTATED)

    @visits("catch_formal_parameter", "resource", "variable_declarator")
    def _declaring(self, node: Node) -> None:
        self.named(node, self._local)

    @visits("local_variable_declaration")
    def _local_declaration(self, node: Node) -> None:
        is_local = self.table.scope.depth > 1
        self.declarators(node, self._local if is_local else self._top_level_variable)

    @visits("formal_parameter")
    def _formal_parameter(self, node: Node) -> None:
        self.named(node, self._annotated_parameter if annotations_of(node) else self._parameter)

    @visits("spread_parameter")
    def _spread_parameter(self, node: Node) -> None:
        annotated = annotations_of(node)
        self.declarators(node, self._annotated_parameter if annotated else self._parameter)

    def declarators(self, node: Node, declare: Callable[[Node], None]) -> None:
        """Visit a node that declares the names of all declarators in it."""
        self.next(
            [
                partial(self.named, child, declare)
                if child.type == "variable_declarator"
                else child
                for child in node.named_children
            ]
        )

    # Statements and expressions with scopes of their own.

    @visits("enhanced_for_statement")
    def _enhanced_for(self, node: Node) -> None:
        # The variable is in scope in the body alone, not in the expression (JLS 6.3).
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        declaring = [partial(self._local, name)] if name is not None else []
        self.inside(node, [*others(node, name, body), *declaring, *present([body])])

    @visits("try_with_resources_statement")
    def _try_with_resources(self, node: Node) -> None:
        # Resources are in scope in the try block, not in its catch and finally clauses.
        resources = node.child_by_field_name("resources")
        body = node.child_by_field_name("body")
        self.next(others(node, resources, body))
        self.inside(node, present([resources, body]))

    @visits("lambda_expression")
    def _lambda(self, node: Node) -> None:
        parameters = node.child_by_field_name("parameters")
        is_name = parameters is not None and parameters.type == "identifier"
        self.inside(node, others(node, parameters if is_name else None))
        if parameters is not None and is_name:
            self._parameter(parameters)

    @visits("inferred_parameters")
    def _inferred_parameters(self, node: Node) -> None:
        self.next([partial(self._parameter, name) for name in node.named_children])

    # Patterns.

    def _pattern_variable(self, name: Node) -> None:
        # It is taken to be in scope to the end of the block. That is longer than the truth, so
        # whatever the name means otherwise must stay as it is, too.
        shadowed = self.table.lookup(self.table.text(name))
        if shadowed is not None:
            shadowed.fix(FixedReason.PATTERN_VARIABLE)
        self._declare(name, BindingKind.LOCAL, FixedReason.PATTERN_VARIABLE)

    @visits("instanceof_expression")
    def _instanceof(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        declaring = [partial(self._pattern_variable, name)] if name is not None else []
        self.next([*others(node, name), *declaring])

    @visits("record_pattern_component", "type_pattern")
    def _typed_pattern(self, node: Node) -> None:
        *types, name = node.named_children
        self.next([*types, partial(self._pattern_variable, name)])

    @visits("record_pattern")
    def _record_pattern(self, node: Node) -> None:
        record, *rest = node.named_children
        is_simple = record.type == "identifier"
        self.next([partial(self.type_name, record) if is_simple else record, *rest])

    @visits("type_identifier")
    def type_name(self, node: Node) -> None:
        """Visit the name of a type."""
        self.table.use_type(self.table.token(node))

    @visits("switch_label")
    def _switch_label(self, node: Node) -> None:
        for child in reversed(node.named_children):
            if child.type == "identifier":
                variable = self.table.lookup(self.table.text(child))
                if variable is not None:
                    variable.fix(FixedReason.CASE_LABEL)
                self.unbound(child)
            elif child.type == "lambda_expression":
                # `case A -> x -> y` is parsed as if `A -> x` were the label.
                self.table.pass_over(child, FixedReason.CASE_LABEL)
            else:
                self.next([child])

    # Labels.

    @visits("labeled_statement")
    def _labeled(self, node: Node) -> None:
        label = next((child for child in node.named_children if child.type == "identifier"), None)
        self.inside(node, others(node, label))
        if label is not None:
            self.table.declare_label(self.table.token(label))

    @visits("break_statement", "continue_statement")
    def _jump(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "identifier":
                self.table.use_label(self.table.token(child))
            else:
                self.next([child])
