"""Names, scopes and doubts in the walk over C and C++ programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.language import Language
from metacompress.lang.scopes.c.doubts import Doubts
from metacompress.lang.scopes.c.macros import FUNCTION_NAME_MACROS
from metacompress.lang.scopes.c.names import CNames
from metacompress.lang.scopes.model import FixedReason
from metacompress.lang.scopes.symbols import identifiers
from metacompress.lang.scopes.walk import Walk, visits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.walk import Task


class TokenWalk(Walk[CNames]):
    """A walk that knows what to do with a name."""

    def __init__(self, program: ParsedProgram) -> None:
        super().__init__(CNames(program))
        self.doubts = Doubts(program, self.table)
        self.source = program.source
        self.is_cpp = program.language is Language.CPP

    @visits("identifier", "type_identifier")
    def name(self, node: Node) -> None:
        """Visit a token that is looked up."""
        name = self.table.text(node)
        if self.table.use(name, node) is None and name in FUNCTION_NAME_MACROS:
            function = self.table.scope.owner.function
            if function is not None:
                function.fix(FixedReason.STRINGISED)

    @visits("field_identifier", "namespace_identifier")
    def member(self, node: Node) -> None:
        """Visit a token that is never looked up."""
        self.table.leave_unbound(self.table.token(node))

    def read_as_uses(self, nodes: Iterable[Node], reason: FixedReason | None = None) -> None:
        """Take the identifiers in ``nodes`` for uses; ``reason`` fixes what they refer to."""
        for node in nodes:
            for leaf in identifiers(node):
                if leaf.type == "field_identifier":
                    self.member(leaf)
                    continue
                symbol = self.table.use(self.table.text(leaf), leaf)
                if symbol is not None and reason is not None:
                    symbol.fix(reason)

    @visits("parameter_list", "compound_statement", "for_statement")
    def scoped(self, node: Node) -> None:
        """Visit the children of ``node`` in a scope of their own, which parameters declare in."""
        self.inside(node, spread_parameters(node.named_children))


def spread_parameters(nodes: Iterable[Node]) -> list[Task]:
    """``nodes`` with the parameters themselves in place of each list of parameters."""
    spread: list[Task] = []
    for node in nodes:
        if node.type == "parameter_list":
            spread += node.named_children
        else:
            spread.append(node)
    return spread
