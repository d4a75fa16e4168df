"""How much work a program can make for those who analyse it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from metacompress.lang.program import AnalysedProgram


class Effort(NamedTuple):
    """What an analysis may have to do, at worst.

    Attributes:
        nodes: of the syntax tree.
        nested_steps: the sum of the depths of all nodes.
        sibling_steps: the sum of the positions among their siblings of each node and of what it
            lies in.
    """

    nodes: int
    nested_steps: int
    sibling_steps: int


def effort_of(program: AnalysedProgram) -> Effort:
    """Measure the syntax tree of a program, in time that grows with its nodes only."""
    cursor = program.parsed.tree.walk()
    nodes = depth = nested = siblings = 0
    path = [0]
    passed = 0
    while True:
        nodes += 1
        nested += depth
        siblings += passed
        if cursor.goto_first_child():
            depth += 1
            path.append(0)
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return Effort(nodes, nested, siblings)
            depth -= 1
            passed -= path.pop()
        path[-1] += 1
        passed += 1
