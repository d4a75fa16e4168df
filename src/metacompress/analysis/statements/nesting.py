"""How deep statements are nested, to look into each without a time that grows with the square."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

_DEEPEST = 20


class Nesting:
    """Of nodes that come in source order, those that lie in only a few others."""

    def __init__(self) -> None:
        self._ends: list[int] = []

    def admits(self, node: Node) -> bool:
        """Whether ``node`` lies in few of the nodes that were admitted before it."""
        while self._ends and self._ends[-1] <= node.start_byte:
            self._ends.pop()
        if len(self._ends) >= _DEEPEST:
            return False
        self._ends.append(node.end_byte)
        return True
