"""The bare walk over a C or C++ syntax tree, without recursion, and its treatment of tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from metacompress.lang.edits import Span
from metacompress.lang.language import Language
from metacompress.lang.scopes.c_declarators import identifier_leaves
from metacompress.lang.scopes.c_doubts import Doubts
from metacompress.lang.scopes.c_macros import FUNCTION_NAME_MACROS
from metacompress.lang.scopes.c_symbols import SymbolTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Self

    from metacompress.lang.parsing import ParsedProgram

    Task = Node | Callable[[], object]


def span_of(node: Node) -> Span:
    """The bytes of ``node``."""
    return Span(node.start_byte, node.end_byte)


class Walk:
    """One pass over a syntax tree; what is still to do lies on a stack, the next thing last.

    A task is a node to visit or a function to call. A handler visits the nodes of one type and
    says what comes next; the children of a node without a handler are visited in order.
    """

    def __init__(self, program: ParsedProgram) -> None:
        self.table = SymbolTable(program)
        self.doubts = Doubts(program)
        self.source = program.source
        self.is_cpp = program.language is Language.CPP
        self._todo: list[Task] = [program.root]

    def run(self, handlers: Mapping[str, Callable[[Self, Node], None]]) -> None:
        """Visit everything and settle what was open."""
        todo = self._todo
        while todo:
            task = todo.pop()
            if isinstance(task, Node):
                handler = handlers.get(task.type)
                if handler is None:
                    todo.extend(task.children[::-1])
                else:
                    handler(self, task)
            else:
                task()
        self.table.leave()
        self.doubts.settle(self.table)

    def next(self, tasks: list[Task]) -> None:
        """Do ``tasks`` in this order, before anything else."""
        tasks.reverse()
        self._todo.extend(tasks)

    def name(self, node: Node) -> None:
        """Visit a token that is looked up."""
        if self.table.use(node) is None:
            function = self.table.scope.owner.function
            if function is not None and self.table.text(node) in FUNCTION_NAME_MACROS:
                function.fix("stringised")

    def member(self, node: Node) -> None:
        """Visit a token that is never looked up."""
        self.table.leave_unbound(node)

    def read_as_uses(self, nodes: Iterable[Node], reason: str | None = None) -> None:
        """Take the identifiers in ``nodes`` for uses; ``reason`` fixes what they refer to."""
        for node in nodes:
            for leaf in identifier_leaves(node):
                if leaf.type == "field_identifier":
                    self.table.leave_unbound(leaf)
                    continue
                symbol = self.table.use(leaf)
                if symbol is not None and reason is not None:
                    symbol.fix(reason)

    def foreign(self, node: Node, reason: str) -> None:
        """Bind no identifier in ``node``, and fix everything that has the name of one."""
        for leaf in identifier_leaves(node):
            self.doubts.suspect(self.table.leave_unbound(leaf), reason)

    def scoped(self, node: Node) -> None:
        """Visit the children of ``node`` in a scope of their own, which parameters declare in."""
        self.table.enter(span_of(node))
        self.next([*spread_parameters(node.children), self.table.leave])


def spread_parameters(nodes: Iterable[Node]) -> list[Task]:
    """``nodes`` with the parameters themselves in place of each list of parameters."""
    spread: list[Task] = []
    for node in nodes:
        if node.type == "parameter_list":
            spread += node.children
        else:
            spread.append(node)
    return spread
