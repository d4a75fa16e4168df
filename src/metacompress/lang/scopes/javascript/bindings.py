"""Declarations, patterns and uses of names in the walk over JavaScript programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.javascript.names import JsScope, JsTable, ScopeKind, Use
from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.walk import Walk, others, present, visits
from metacompress.lang.syntax import operands, span_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.scopes.walk import Task

# What gets the name of the variable that it is assigned to, where it has none.
_NAMELESS = frozenset({"function_expression", "generator_function", "arrow_function", "class"})
# These give a property its name and do not read it.
_WITH_OWN_KEYS = frozenset({"pair", "method_definition", "field_definition"})
_SHORTHANDS = ("shorthand_property_identifier", "shorthand_property_identifier_pattern")


@dataclass
class ProgramFacts:
    """What a program does that decides whether its names may change.

    Attributes:
        named_functions: where the names of functions stand: of variables that a function without
            a name is assigned to, too.
        blocks_with_functions: the scopes of blocks that declare functions, with the scopes in
            which JavaScript of old makes variables of them.
        properties: the names of the properties that it reads.
    """

    named_functions: set[Span] = field(default_factory=set)
    blocks_with_functions: list[tuple[JsScope, str, JsScope]] = field(default_factory=list)
    properties: set[str] = field(default_factory=set)


class BindingWalk(Walk[JsTable]):
    """A walk that knows what declares names in the scope where it stands.

    The order in which nodes are visited does not matter, but for parameters, which come before the
    body: nothing is resolved before all of them have been seen.

    Attributes:
        facts: what else matters of the program.
    """

    def __init__(self, table: JsTable, facts: ProgramFacts) -> None:
        super().__init__(table)
        self.facts = facts

    def within(self, scope: JsScope, tasks: Sequence[Task]) -> None:
        """Do ``tasks`` in a scope that is there already."""
        self.table.enter(scope)
        self.next([*tasks, self.table.leave])

    def new_scope(self, node: Node, kind: ScopeKind = ScopeKind.BLOCK) -> JsScope:
        """A scope inside of the innermost one, with the bytes of ``node``."""
        return JsScope(self.table.scope, span_of(node), kind)

    # Uses.

    @visits("identifier")
    def _identifier(self, node: Node) -> None:
        self.use(node)

    @visits(*_SHORTHANDS)
    def _shorthand(self, node: Node) -> None:
        if node.type != _SHORTHANDS[0]:
            self.facts.properties.add(self.table.text(node))
        self.use(node, is_key=True)

    @visits("property_identifier", "private_property_identifier")
    def _property(self, node: Node) -> None:
        if node.parent is None or node.parent.type not in _WITH_OWN_KEYS:
            self.facts.properties.add(self.table.text(node))
        self.table.pass_over(node)

    def use(self, node: Node, *, is_key: bool = False, home: JsScope | None = None) -> None:
        """Record a name that is looked up in the innermost scope."""
        token = self.table.token(node)
        if token.name:
            self.table.scope.uses.append(Use(token, is_key, home))
            if token.span.end - token.span.start != len(token.name.encode()):
                # An escape stands for a letter: the name has two spellings.
                self.table.taint(token.name, FixedReason.UNICODE)

    # Declarations.

    @visits("lexical_declaration", "using_declaration")
    def _lexical(self, node: Node) -> None:
        self._declarators(node, self.table.scope)

    @visits("variable_declaration")
    def _variable(self, node: Node) -> None:
        self._declarators(node, None)

    def _declarators(self, node: Node, scope: JsScope | None) -> None:
        tasks: list[Task] = []
        for child in node.named_children:
            name = child.child_by_field_name("name")
            if child.type != "variable_declarator" or name is None:
                tasks.append(child)
                continue
            self.note_function_name(name, child.child_by_field_name("value"))
            tasks += [partial(self.declare, name, BindingKind.LOCAL, scope), *others(child, name)]
        self.next(tasks)

    def declare(self, pattern: Node, kind: BindingKind, scope: JsScope | None) -> None:
        """Declare the names of a pattern, and visit the expressions in it.

        Args:
            pattern: an identifier, an object, an array, or what may be in them.
            kind: of the names.
            scope: that declares them; None looks for that of a ``var``.
        """
        pending, visited = [pattern], []
        while pending:
            node = pending.pop()
            if node.type in ("identifier", *_SHORTHANDS):
                self._declare_name(node, kind, scope)
            elif node.type in ("object_pattern", "array_pattern", "rest_pattern"):
                pending.extend(node.named_children)
            elif node.type in ("assignment_pattern", "object_assignment_pattern"):
                left, right = (node.child_by_field_name(side) for side in ("left", "right"))
                pending.extend(present([left]))
                visited += present([right])
                self.note_function_name(left, right)
            elif node.type == "pair_pattern":
                pending.extend(present([node.child_by_field_name("value")]))
                visited += present([node.child_by_field_name("key")])
            else:
                visited.append(node)
        self.next(visited)

    def _declare_name(self, node: Node, kind: BindingKind, scope: JsScope | None) -> None:
        name = self.table.text(node)
        if not name:
            return
        is_key = node.type in _SHORTHANDS
        if is_key:
            self.facts.properties.add(name)
        home = scope if scope is not None else self.table.scope.home_of_var(name)
        home.declare(name, kind)
        self.use(node, is_key=is_key, home=home)

    def note_function_name(self, name: Node | None, value: Node | None) -> None:
        """Note the name that a function, or a class, gets from what it is assigned to."""
        while value is not None and value.type == "parenthesized_expression":
            inner = operands(value)
            value = inner[0] if len(inner) == 1 else None
        if name is not None and value is not None and value.type in _NAMELESS:
            self.facts.named_functions.add(span_of(name))

    @visits("assignment_expression", "augmented_assignment_expression", "assignment_pattern")
    def _assignment(self, node: Node) -> None:
        left, right = (node.child_by_field_name(side) for side in ("left", "right"))
        self.note_function_name(left, right)
        self.descend(node)

    @visits("object_assignment_pattern")
    def _default_of_property(self, node: Node) -> None:
        self._assignment(node)

    # Blocks.

    @visits("statement_block", "switch_body", "for_statement")
    def _block(self, node: Node) -> None:
        self.within(self.new_scope(node), node.named_children)

    @visits("for_in_statement")
    def _for_in(self, node: Node) -> None:
        kind = node.child_by_field_name("kind")
        left = node.child_by_field_name("left")
        scope = self.new_scope(node)
        first: list[Task] = [*present([left])]
        if kind is not None and left is not None:
            home = None if kind.type == "var" else scope
            first = [partial(self.declare, left, BindingKind.LOCAL, home)]
        self.within(scope, [*first, *others(node, left)])

    @visits("catch_clause")
    def _catch(self, node: Node) -> None:
        parameter = node.child_by_field_name("parameter")
        scope = self.new_scope(node)
        first: list[Task] = []
        if parameter is not None:
            first = [partial(self.declare, parameter, BindingKind.LOCAL, scope)]
        self.within(scope, [*first, *others(node, parameter)])

    @visits("with_statement")
    def _with(self, node: Node) -> None:
        body = node.child_by_field_name("body")
        inside = partial(self.within, self.new_scope(node, ScopeKind.WITH), present([body]))
        self.next([*others(node, body), inside])

    # Labels, which have a name space of their own and are resolved at once.

    @visits("labeled_statement")
    def _labelled(self, node: Node) -> None:
        label = node.child_by_field_name("label")
        if label is None:
            self.descend(node)
            return
        scope = self.new_scope(node)
        token = self.table.token(label)
        symbol = self.table.create(token.name, BindingKind.LABEL, scope)
        symbol.spans.append(token.span)

        def leave() -> None:
            if len(symbol.spans) == 1:
                # Nothing jumps there: perhaps the key of an object of which only a part is seen.
                symbol.fix(FixedReason.AMBIGUOUS)

        self.table.enter(scope)
        self.table.show(f":{token.name}", symbol, scope)
        self.next([*others(node, label), leave, self.table.leave])

    @visits("break_statement", "continue_statement")
    def _jump(self, node: Node) -> None:
        label = node.child_by_field_name("label")
        if label is None:
            return
        token = self.table.token(label)
        symbol = self.table.lookup(f":{token.name}")
        if symbol is None:
            self.table.leave_unbound(token)
        else:
            symbol.spans.append(token.span)
