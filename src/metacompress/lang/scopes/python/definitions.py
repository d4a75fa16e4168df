"""Functions, classes and comprehensions in the walk over Python programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.python.bindings import BindingWalk
from metacompress.lang.scopes.python.names import PythonScope, ScopeKind
from metacompress.lang.scopes.walk import others, present, visits
from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.scopes.walk import Task

# Decorators that look at neither the names of parameters nor, to any effect, the function's.
_HARMLESS_DECORATORS = frozenset(
    {
        "@abc.abstractmethod",
        "@abstractmethod",
        "@cache",
        "@classmethod",
        "@functools.cache",
        "@functools.lru_cache",
        "@functools.lru_cache(maxsize=None)",
        "@lru_cache",
        "@lru_cache(maxsize=None)",
        "@property",
        "@staticmethod",
    }
)
_PARAMETERS_WITH_PARTS = frozenset(
    {"default_parameter", "typed_default_parameter", "typed_parameter"}
)
_SPLATS = frozenset({"list_splat_pattern", "dictionary_splat_pattern"})


class DefinitionWalk(BindingWalk):
    """A walk that knows what has a scope of its own."""

    def _new_scope(self, kind: ScopeKind, node: Node) -> PythonScope:
        return PythonScope(self.table.scope, span_of(node), kind)

    @visits("decorated_definition")
    def _decorated(self, node: Node) -> None:
        definition = node.child_by_field_name("definition")
        decorators = others(node, definition)
        is_harmless = all(
            child.type != "decorator" or self.table.text(child).strip() in _HARMLESS_DECORATORS
            for child in decorators
        )
        self.next(decorators)
        if definition is None or is_harmless or definition.type == "class_definition":
            self.next(present([definition]))
        else:
            self._function(definition, FixedReason.DECORATED)

    @visits("function_definition")
    def _function(self, node: Node, fixed: FixedReason | None = None) -> None:
        name = node.child_by_field_name("name")
        type_parameters = node.child_by_field_name("type_parameters")
        parameters = node.child_by_field_name("parameters")
        returns = node.child_by_field_name("return_type")
        inner = self._new_scope(ScopeKind.FUNCTION, node)
        if name is not None:
            self.bind(name, BindingKind.FUNCTION, fixed)
            inner.name = self.table.scope.key(self.table.text(name))
        is_generic = type_parameters is not None
        if type_parameters is not None:
            self.table.pass_over(type_parameters, FixedReason.TYPE_PARAMETER)
        outside: list[Task] = [*self.annotation(returns, is_generic)]
        inside: list[Task] = [*others(node, name, type_parameters, parameters, returns)]
        for parameter in parameters.named_children if parameters is not None else ():
            outside += self._parameter(parameter, inner, fixed, is_generic)
        self.next([*outside, partial(self.within, inner, inside)])

    @visits("lambda")
    def _lambda(self, node: Node) -> None:
        parameters = node.child_by_field_name("parameters")
        inner = self._new_scope(ScopeKind.FUNCTION, node)
        outside: list[Task] = []
        for parameter in parameters.named_children if parameters is not None else ():
            outside += self._parameter(parameter, inner)
        self.next([*outside, partial(self.within, inner, others(node, parameters))])

    def _parameter(
        self,
        node: Node,
        inner: PythonScope,
        fixed: FixedReason | None = None,
        is_generic: bool = False,
    ) -> list[Task]:
        """Bind a parameter; its default and annotation belong to the scope around."""
        if node.has_error:
            self.table.pass_over(node, FixedReason.SYNTAX_ERROR)
            return []
        name = node
        outside: list[Task] = []
        if node.type in _PARAMETERS_WITH_PARTS:
            annotation = node.child_by_field_name("type")
            name = node.child_by_field_name("name") or node.named_children[0]
            outside = [*self.annotation(annotation, is_generic), *others(node, name, annotation)]
        is_splat = name.type in _SPLATS
        if is_splat and name.named_children:
            name = name.named_children[0]
        if name.type == "identifier":
            token = self.table.token(name)
            inner.bind(token, BindingKind.PARAMETER, fixed)
            if not is_splat:
                inner.keyword_parameters.add(inner.key(token.name))
            return outside
        if name.type == "tuple_pattern":  # def f(a, (b, c)):
            self.facts.is_python2 = True
            return [*outside, partial(self.within, inner, [partial(self.target, name)])]
        return [*outside, name]

    @visits("class_definition")
    def _class(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        type_parameters = node.child_by_field_name("type_parameters")
        bases = node.child_by_field_name("superclasses")
        inner = self._new_scope(ScopeKind.CLASS, node)
        inner.private_prefix = ""
        if name is not None:
            self.bind(name, BindingKind.TYPE, FixedReason.TYPE)
            stripped = self.table.text(name).lstrip("_")
            inner.private_prefix = f"_{stripped}" if stripped else ""
        outside = present([bases])
        if type_parameters is not None:
            for part in (type_parameters, *outside):
                self.table.pass_over(part, FixedReason.TYPE_PARAMETER)
            outside = []
        inside = others(node, name, type_parameters, bases)
        self.next([*outside, partial(self.within, inner, inside)])

    @visits(
        "dictionary_comprehension",
        "generator_expression",
        "list_comprehension",
        "set_comprehension",
    )
    def _comprehension(self, node: Node) -> None:
        inner = self._new_scope(ScopeKind.COMPREHENSION, node)
        outside: list[Task] = []
        inside: list[Task] = []
        is_first = True
        for child in node.named_children:
            if child.type == "for_in_clause":
                left = child.child_by_field_name("left")
                # The first iterable is evaluated in the scope around.
                (outside if is_first else inside).extend(others(child, left))
                if left is not None:
                    inside.append(partial(self.target, left))
                is_first = False
            else:
                inside.append(child)
        self.next([*outside, partial(self.within, inner, inside)])

    @visits("type_alias_statement")
    def _type_alias(self, node: Node) -> None:
        # The word `type` is a keyword to the parser, but it may be a variable of the program.
        self.table.tainted["type"] = FixedReason.TYPE_PARAMETER
        left = node.child_by_field_name("left")
        target = left.named_children[:1] if left is not None else []
        if target and target[0].type in ("identifier", "generic_type"):
            self.table.pass_over(node, FixedReason.TYPE_PARAMETER)
        else:  # type(x).y = z
            self.descend(node)
