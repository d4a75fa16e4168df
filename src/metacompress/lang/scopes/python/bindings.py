"""Assignments, imports and patterns in the walk over Python programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.python.names import PythonTable, ScopeKind
from metacompress.lang.scopes.walk import Walk, others, visits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from metacompress.lang.scopes.python.doubts import ProgramFacts
    from metacompress.lang.scopes.python.names import PythonScope
    from metacompress.lang.scopes.walk import Task

_TARGET_GROUPS = frozenset(
    {
        "expression_list",
        "list",
        "list_pattern",
        "list_splat",
        "list_splat_pattern",
        "parenthesized_expression",
        "pattern_list",
        "tuple",
        "tuple_pattern",
    }
)


class BindingWalk(Walk[PythonTable]):
    """A walk that knows what binds names in the scope where it stands.

    The order in which nodes are visited does not matter: nothing is resolved before all of them
    have been seen.

    Attributes:
        facts: what else matters of the program.
    """

    def __init__(self, table: PythonTable, facts: ProgramFacts) -> None:
        super().__init__(table)
        self.facts = facts

    def within(self, scope: PythonScope, tasks: Sequence[Task]) -> None:
        """Do ``tasks`` in a scope that is there already."""
        self.table.enter(scope)
        self.next([*tasks, self.table.leave])

    @visits("identifier")
    def _identifier(self, node: Node) -> None:
        self.table.scope.use(self.table.token(node))

    def bind(self, name: Node, kind: BindingKind, fixed: FixedReason | None = None) -> None:
        """Bind an identifier in the innermost scope."""
        self.table.scope.bind(self.table.token(name), kind, fixed)

    def attribute_name(self, node: Node) -> None:
        """Visit a name after a dot."""
        self.facts.attributes.add(self.table.text(node))
        self.table.pass_over(node)

    # Targets.

    def target(self, node: Node) -> None:
        """Visit what is assigned to or deleted: names in it are bound, attributes are not."""
        if node.type == "identifier":
            self.bind(node, BindingKind.LOCAL)
        elif node.type in _TARGET_GROUPS:
            self._targets(node)
        else:
            self.next([node])

    @visits("delete_statement")
    def _targets(self, node: Node) -> None:
        self.next([partial(self.target, child) for child in node.named_children])

    def annotation(self, node: Node | None, is_generic: bool = False) -> list[Node]:
        """What is to be visited of an annotation."""
        if node is None:
            return []
        if is_generic:
            self.table.pass_over(node, FixedReason.TYPE_PARAMETER)
            return []
        if self.facts.has_stored_annotations:
            self.table.taint_tokens(node, FixedReason.ANNOTATION)
        return [node]

    @visits("assignment")
    def _assignment(self, node: Node) -> None:
        left, annotation = node.child_by_field_name("left"), node.child_by_field_name("type")
        right = node.child_by_field_name("right")
        tasks: list[Task] = [*others(node, left, annotation), *self.annotation(annotation)]
        if left is not None:
            # `(x): int` declares nothing.
            is_bare = annotation is not None and right is None and left.type != "identifier"
            tasks.append(partial(self.descend if is_bare else self.target, left))
        self.next(tasks)

    @visits("augmented_assignment")
    def _augmented_assignment(self, node: Node) -> None:
        left = node.child_by_field_name("left")
        scope = self.table.scope
        if left is not None and left.type == "identifier" and scope.kind is ScopeKind.CLASS:
            scope.reads.add(scope.key(self.table.text(left)))
        self._with_target(node)

    @visits("for_statement")
    def _with_target(self, node: Node) -> None:
        left = node.child_by_field_name("left")
        self.next(others(node, left))
        if left is not None:
            self.target(left)

    @visits("named_expression")
    def _named_expression(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        self.next(others(node, name))
        if name is not None and name.type == "identifier":
            scope = self.table.scope.assignment_scope()
            scope.bind(self.table.token(name), BindingKind.LOCAL)

    @visits("as_pattern")
    def _as_pattern(self, node: Node) -> None:
        alias = node.child_by_field_name("alias")
        self.next(others(node, alias))
        if alias is not None:
            self._targets(alias)

    @visits("global_statement", "nonlocal_statement")
    def _scope_statement(self, node: Node) -> None:
        scope, module = self.table.scope, self.table.outermost
        for child in node.named_children:
            token = self.table.token(child)
            key = scope.key(token.name)
            if child.type != "identifier" or not key:
                self.next([child])
                continue
            scope.tokens.append((key, token))
            if node.type == "nonlocal_statement":
                scope.nonlocal_names.add(key)
            elif scope is not module:
                scope.global_names.add(key)
                module.bound.setdefault(key, BindingKind.LOCAL)

    # Imports.

    @visits("future_import_statement", "import_from_statement", "import_statement")
    def _import(self, node: Node) -> None:
        module = node.child_by_field_name("module_name")
        if module is not None:
            self.table.pass_over(module)
        for child in others(node, module):
            names = child.named_children
            if child.has_error:
                self.table.pass_over(child)
            elif child.type == "dotted_name":
                if node.type != "import_statement":
                    self.facts.attributes.add(self.table.text(names[0]))
                self.bind(names[0], BindingKind.IMPORT, FixedReason.IMPORT)
                for part in names[1:]:
                    self.table.pass_over(part)
            elif child.type == "aliased_import":
                *dotted, alias = names
                for part in dotted:
                    self.attribute_name(part)
                self.bind(alias, BindingKind.IMPORT, FixedReason.IMPORT)
            elif child.type == "wildcard_import":
                self.facts.has_star_import = True
            else:
                self.next([child])

    # Patterns of case clauses.

    @visits("case_pattern")
    def _pattern(self, node: Node) -> None:
        if node.has_error:
            self.table.pass_over(node, FixedReason.SYNTAX_ERROR)
        elif node.type == "identifier":
            self.bind(node, BindingKind.LOCAL)
        elif node.type == "dotted_name":
            name, *attributes = node.named_children
            if attributes:
                self._value_name(node)
            else:
                self.bind(name, BindingKind.LOCAL)
        else:
            read = {
                "keyword_pattern": self._keyword_pattern,
                "class_pattern": self._class_pattern,
                "dict_pattern": self._dict_pattern,
            }.get(node.type)
            patterns = node.named_children if read is None else read(node)
            self.next([partial(self._pattern, child) for child in patterns])

    def _keyword_pattern(self, node: Node) -> list[Node]:
        name, *patterns = node.named_children
        self.table.pass_over(name)
        return patterns

    def _class_pattern(self, node: Node) -> list[Node]:
        name, *patterns = node.named_children
        self._value_name(name)
        return patterns

    def _dict_pattern(self, node: Node) -> list[Node]:
        keys = node.children_by_field_name("key")
        for key in keys:
            if key.type == "dotted_name":
                self._value_name(key)
            else:
                self.descend(key)
        return others(node, *keys)

    def _value_name(self, node: Node) -> None:
        """Visit a dotted name that is read."""
        first, *attributes = node.named_children
        self.next([first])
        for attribute in attributes:
            self.attribute_name(attribute)
