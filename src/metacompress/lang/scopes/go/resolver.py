"""Scope analysis of Go programs and snippets.

The rules are those of the Go specification ("Declarations and scope", "Short variable
declarations", "Composite literals"), with the type parameters of Go 1.18. The walk knows where the
grammar puts names; `GoNames` knows what they mean there.

Bindings are locals, parameters (receivers and named results too), labels, functions, types,
package-level variables and constants, and packages imported under a name of the program. Always
unbound are fields, methods, names behind a dot, packages imported under their own name, the
predeclared names and ``_``; ``nil``, ``true``, ``false`` and ``iota`` are no identifiers.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.go.literals import LiteralWalk
from metacompress.lang.scopes.model import BindingKind
from metacompress.lang.scopes.walk import others, present, visits

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.go.names import GoSymbol
    from metacompress.lang.scopes.model import ScopeAnalysis


def resolve(program: ParsedProgram) -> ScopeAnalysis:
    """Resolve the bindings of a Go program; see the module's description."""
    walk = GoWalk(program)
    walk.run([program.root])
    return walk.table.analysis()


class GoWalk(LiteralWalk):
    """A walk over all of Go."""

    @visits(
        "block",
        "communication_case",
        "default_case",
        "expression_case",
        "expression_switch_statement",
        "for_statement",
        "if_statement",
    )
    def _block(self, node: Node) -> None:
        self.inside(node, node.named_children)

    # Short declarations: the new names are not in scope to the right of ``:=``.

    @visits("short_var_declaration", "range_clause", "receive_statement")
    def _assignment(self, node: Node) -> None:
        left = node.child_by_field_name("left")
        if left is None or not any(child.type == ":=" for child in node.children):
            self.descend(node)
        else:
            self.next([*others(node, left), partial(self._short, left)])

    def _short(self, left: Node) -> None:
        for name in left.named_children:
            if name.type == "identifier":
                self.table.declare_short(self.table.token(name))
            else:
                self.next([name])

    # ``switch x := value.(type)`` declares x in every clause, behind the types of the clause.

    @visits("type_switch_statement")
    def _type_switch(self, node: Node) -> None:
        alias = node.child_by_field_name("alias")
        before = present([node.child_by_field_name(name) for name in ("initializer", "value")])
        clauses = others(node, alias, *before)
        self.inside(node, [*before, partial(self._clauses, alias, clauses)])

    def _clauses(self, alias: Node | None, clauses: list[Node]) -> None:
        symbol = None
        for name in alias.named_children if alias is not None else []:
            # In a block of its own, which ends at once.
            self.table.open(self.table.scope.span)
            symbol = self.table.declare(self.table.token(name), BindingKind.LOCAL)
            self.table.leave()
        self.next([partial(self._clause, clause, symbol) for clause in clauses])

    def _clause(self, clause: Node, symbol: GoSymbol | None) -> None:
        types = [part for part in clause.named_children if part.type != "statement_list"]
        showing = [] if symbol is None else [partial(self.table.show_here, symbol)]
        self.inside(clause, [*types, *showing, *others(clause, *types)])

    # Labels.

    @visits("labeled_statement")
    def _labeled(self, node: Node) -> None:
        label = node.child_by_field_name("label")
        if label is not None:
            self.table.label(self.table.token(label), declares=True)
        self.next(others(node, label))

    @visits("label_name")
    def _jump(self, node: Node) -> None:
        self.table.label(self.table.token(node), declares=False)
