"""Which node of some types a place in the program lies in, without asking node by node."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from metacompress.lang.syntax import FUNCTIONS, ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram


class Enclosing:
    """Finds what encloses a byte of a program.

    Args:
        nodes: in source order; one lies in another, or they are disjoint.
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._starts = [node.start_byte for node in nodes]
        self._ends = [node.end_byte for node in nodes]
        self._outer: list[int] = []
        open_nodes: list[int] = []
        for number, start in enumerate(self._starts):
            while open_nodes and self._ends[open_nodes[-1]] <= start:
                open_nodes.pop()
            self._outer.append(open_nodes[-1] if open_nodes else -1)
            open_nodes.append(number)

    def around(self, offset: int) -> Iterator[Node]:
        """The nodes that hold the byte ``offset``, the innermost first."""
        number = bisect_right(self._starts, offset) - 1
        while number >= 0:
            if offset < self._ends[number]:
                yield self._nodes[number]
            number = self._outer[number]

    def innermost(self, offset: int) -> Node | None:
        """The innermost node that holds the byte ``offset``."""
        return next(self.around(offset), None)


def find_functions(program: AnalysedProgram) -> Enclosing:
    """Functions, methods and lambdas, and the classes of Java that lie in one."""
    return Enclosing(program.nodes(*FUNCTIONS, "class_body", "static_initializer"))


def find_watches(program: AnalysedProgram) -> Enclosing:
    """The statements that go on after a failure inside."""
    return Enclosing(
        program.nodes("try_statement", "try_with_resources_statement", "with_statement")
    )


def is_in_function(node: Node) -> bool:
    """Whether code of Python lies in a function, and not in a class inside of that."""
    for parent in ancestors(node):
        if parent.type in ("function_definition", "class_definition"):
            return parent.type == "function_definition"
    return False
