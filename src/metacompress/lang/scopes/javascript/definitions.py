"""Functions, classes and modules in the walk over JavaScript programs."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.javascript.bindings import BindingWalk
from metacompress.lang.scopes.javascript.names import ScopeKind
from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.walk import others, present, visits
from metacompress.lang.syntax import descendants, span_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.scopes.walk import Task

# AngularJS hands over what a parameter is called, and module loaders read these three.
_INJECTED = re.compile(r"\$[A-Za-z]\w*")
_OF_LOADERS = frozenset({"require", "exports", "module"})
_FUNCTION_EXPRESSIONS = ("function_expression", "generator_function")


class DefinitionWalk(BindingWalk):
    """A walk that knows what has a scope of its own."""

    @visits("function_declaration", "generator_function_declaration")
    def _function_declaration(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            text = self.table.text(name)
            scope = self.table.scope
            home = scope.home_of_var(text)
            in_if = node.parent is not None and node.parent.type in ("if_statement", "else_clause")
            if home is scope or home.kind is ScopeKind.PARAMETERS:
                home.declare(text, BindingKind.FUNCTION)
            else:
                scope.declare(text, BindingKind.FUNCTION)
                self.facts.blocks_with_functions.append((scope, text, home))
            if in_if:
                scope.fixed.setdefault(text, FixedReason.AMBIGUOUS)
            self.use(name)
            self.facts.named_functions.add(span_of(name))
        self._function(node, name)

    @visits(*_FUNCTION_EXPRESSIONS)
    def _function_expression(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is None:
            self._function(node, None)
            return
        # The name of a function expression is visible in the function only.
        around = self.new_scope(node)
        around.declare(self.table.text(name), BindingKind.FUNCTION)
        self.facts.named_functions.add(span_of(name))
        self.within(around, [partial(self.use, name), partial(self._function, node, name)])

    @visits("arrow_function", "method_definition")
    def _nameless(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        outside = [*node.children_by_field_name("decorator"), *present([name])]
        self.next([*outside, partial(self._function, node, *outside)])

    def _function(self, node: Node, *taken: Node | None) -> None:
        """Parameters have a scope, and the body one inside of it: defaults see no body."""
        parameters = node.child_by_field_name("parameters")
        single = node.child_by_field_name("parameter")
        body = node.child_by_field_name("body")
        outer = self.new_scope(node, ScopeKind.PARAMETERS)
        listed = [] if parameters is None else parameters.named_children
        listed = [*listed, *present([single])]
        tasks: list[Task] = [partial(self.parameter, one) for one in listed]
        tasks.append(self._fix_injected)
        if body is not None:
            tasks.append(partial(self._body, body))
        self.within(outer, [*tasks, *others(node, *taken, parameters, single, body)])

    def parameter(self, node: Node) -> None:
        """Declare the names of a parameter in the innermost scope."""
        self.declare(node, BindingKind.PARAMETER, self.table.scope)

    def _fix_injected(self) -> None:
        scope = self.table.scope
        names = scope.bound.keys()
        if any(_INJECTED.fullmatch(name) for name in names):
            scope.fixed |= dict.fromkeys(names, FixedReason.INJECTED)
        for name in _OF_LOADERS & names:
            scope.fixed[name] = FixedReason.INJECTED

    def _body(self, body: Node) -> None:
        inner = self.new_scope(body, ScopeKind.FUNCTION)
        is_block = body.type == "statement_block"
        self.within(inner, body.named_children if is_block else [body])

    @visits("class_declaration", "abstract_class_declaration")
    def _class_declaration(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            text = self.table.text(name)
            self.table.scope.declare(text, BindingKind.TYPE, FixedReason.TYPE)
            self.use(name)
        self.next(others(node, name))

    @visits("class")
    def _class_expression(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        scope = self.new_scope(node)
        if name is not None:
            scope.declare(self.table.text(name), BindingKind.TYPE, FixedReason.TYPE)
        self.within(scope, node.named_children)

    @visits("class_static_block")
    def _static_block(self, node: Node) -> None:
        body = node.child_by_field_name("body")
        self.next([partial(self._body, part) for part in present([body])])

    # Modules.

    @visits("import_statement")
    def _import(self, node: Node) -> None:
        for clause in node.named_children:
            if clause.type != "import_clause":
                self.next([clause])
                continue
            for part in clause.named_children:
                specifiers = part.named_children if part.type == "named_imports" else [part]
                for specifier in specifiers:
                    self._import_name(specifier)

    def _import_name(self, node: Node) -> None:
        """``a``, ``a as b`` or ``* as b``: the last word is the name."""
        names = [child for child in node.named_children if child.type == "identifier"]
        names = [node] if node.type == "identifier" else names
        for name in names[:-1]:
            self.table.pass_over(name)
        for name in names[-1:]:
            text = self.table.text(name)
            self.table.outermost.declare(text, BindingKind.IMPORT, FixedReason.IMPORT)
            self.use(name)

    @visits("export_statement")
    def _export(self, node: Node) -> None:
        source = node.child_by_field_name("source")
        declaration = node.child_by_field_name("declaration")
        if source is not None:
            self.table.pass_over(node)
            return
        if declaration is not None:
            self._fix_exported(declaration)
        self.descend(node)

    def _fix_exported(self, declaration: Node) -> None:
        scope = self.table.scope
        declarators = [c for c in declaration.named_children if c.type == "variable_declarator"]
        for owner in declarators or [declaration]:
            name = owner.child_by_field_name("name")
            for part in descendants(name) if name is not None else ():
                if part.child_count == 0 and part.is_named:
                    scope.fixed.setdefault(self.table.text(part), FixedReason.EXPORTED)

    @visits("export_specifier")
    def _export_specifier(self, node: Node) -> None:
        name, alias = (node.child_by_field_name(field) for field in ("name", "alias"))
        if alias is not None:
            self.table.pass_over(alias)
        if name is not None and name.type == "identifier":
            self.table.outermost.fixed.setdefault(self.table.text(name), FixedReason.EXPORTED)
            self.use(name)

    # Elements of JSX: the case of a name's first letter decides what it means.

    @visits("jsx_opening_element", "jsx_closing_element", "jsx_self_closing_element")
    def _element(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            self.table.pass_over(name, FixedReason.AMBIGUOUS)
        self.next(others(node, name))

    @visits("jsx_namespace_name")
    def _element_part(self, node: Node) -> None:
        self.table.pass_over(node)
