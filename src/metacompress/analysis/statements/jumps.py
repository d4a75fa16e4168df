"""Where the jumps of a program go."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from metacompress.lang.syntax import FUNCTIONS, LOOPS, SWITCHES, operands

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram


class _Label(NamedTuple):
    """A label with those around it."""

    name: bytes | None
    statement: Node
    outer: _Label | None


class _Around(NamedTuple):
    """What a jump may go to."""

    loop: Node | None = None
    breakable: Node | None = None
    switch: int = -1
    labels: _Label | None = None


class Jumps:
    """Where every ``continue`` and ``break`` of a program goes.

    Args:
        root: the root of its syntax tree.
    """

    def __init__(self, root: Node) -> None:
        self._continuing: dict[int, list[Node]] = {}
        self._leaving: dict[int, list[Node]] = {}
        # Every label, with the start of the switch that jumps to it; -1 stands for a goto.
        self._labels: list[tuple[int, int]] = []
        pending = [(root, _Around())]
        while pending:
            node, around = pending.pop()
            if node.type in FUNCTIONS:
                around = _Around()
            elif node.type == "labeled_statement":
                label = node.named_children[0].text
                around = around._replace(labels=_Label(label, node, around.labels))
                self._labels.append((node.start_byte, -1))
            elif node.type in LOOPS:
                around = around._replace(loop=node, breakable=node)
            elif node.type in SWITCHES:
                around = around._replace(breakable=node, switch=node.start_byte)
            elif node.type == "case_statement":
                self._labels.append((node.start_byte, around.switch))
            elif node.type in ("continue_statement", "break_statement"):
                self._add(node, around)
            pending.extend((child, around) for child in reversed(node.children))

    def continuing(self, loop: Node) -> list[Node]:
        """The ``continue`` statements that go on with ``loop``, those with its label among them."""
        return self._continuing.get(loop.id, [])

    def leaving(self, statement: Node) -> list[Node]:
        """The ``break`` statements that leave a loop, a switch or a labeled statement."""
        return self._leaving.get(statement.id, [])

    def may_enter(self, part: Node) -> bool:
        """Whether a ``goto`` of C, or a ``switch`` around ``part``, may jump to a label in it."""
        first = bisect_left(self._labels, (part.start_byte, -1))
        last = bisect_left(self._labels, (part.end_byte, -1))
        return any(source < part.start_byte for _, source in self._labels[first:last])

    def _add(self, jump: Node, around: _Around) -> None:
        goes_on = jump.type == "continue_statement"
        target = around.loop if goes_on else around.breakable
        name = operands(jump)
        if name:
            label = around.labels
            while label is not None and label.name != name[0].text:
                label = label.outer
            target = None if label is None else label.statement
            while goes_on and target is not None and target.type == "labeled_statement":
                target = operands(target)[-1]
        if target is not None:
            found = self._continuing if goes_on else self._leaving
            found.setdefault(target.id, []).append(jump)


def find_jumps(program: AnalysedProgram) -> Jumps:
    """Where the jumps of a program go."""
    return Jumps(program.parsed.root)
