"""Python names that are certainly bound where they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metacompress.lang.edits import Span
from metacompress.lang.scopes.model import BindingKind
from metacompress.lang.syntax import descendants, operands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram


class BoundNames(NamedTuple):
    """Where the variables of a program are bound for sure.

    Attributes:
        reaches: for the first occurrence of a binding, the stretches of text where it is bound.
        deleted: first occurrences of the bindings that may lose their value again.
    """

    reaches: dict[Span, list[Span]]
    deleted: frozenset[Span]

    def holds(self, program: AnalysedProgram, identifier: Node) -> bool:
        """Whether reading ``identifier`` cannot raise NameError."""
        binding = program.binding_of(identifier)
        if binding is None or binding.occurrences[0] in self.deleted:
            return False
        if binding.kind is BindingKind.PARAMETER:
            return True
        return binding.kind is BindingKind.LOCAL and any(
            reach.start <= identifier.start_byte < reach.end
            for reach in self.reaches.get(binding.occurrences[0], ())
        )


def find_bound_names(program: AnalysedProgram) -> BoundNames:
    """Follow the assignments of a Python program to the end of their blocks."""
    reaches: dict[Span, list[Span]] = {}
    for name, reach in _assigned(program):
        binding = program.binding_of(name)
        if binding is not None:
            reaches.setdefault(binding.occurrences[0], []).append(reach)
    deleted = {
        binding.occurrences[0]
        for node in program.nodes("delete_statement", "except_clause")
        for part in _unbound_by(node)
        if part.type == "identifier" and (binding := program.binding_of(part)) is not None
    }
    return BoundNames(reaches, frozenset(deleted))


def _assigned(program: AnalysedProgram) -> Iterator[tuple[Node, Span]]:
    for statement in program.nodes("expression_statement"):
        block = statement.parent
        node = statement.named_children[0] if statement.named_children else None
        while node is not None and node.type == "assignment":
            right = node.child_by_field_name("right")
            if right is not None and block is not None:
                for name in _targets(node.child_by_field_name("left")):
                    yield name, Span(statement.end_byte, block.end_byte)
            node = right
    for loop in program.nodes("for_statement"):
        body = loop.child_by_field_name("body")
        if body is not None:
            for name in _targets(loop.child_by_field_name("left")):
                yield name, Span(body.start_byte, body.end_byte)


def _targets(left: Node | None) -> list[Node]:
    if left is None:
        return []
    if left.type in ("pattern_list", "tuple_pattern"):
        return [part for part in operands(left) if part.type == "identifier"]
    return [left] if left.type == "identifier" else []


def _unbound_by(node: Node) -> Iterator[Node]:
    """What ``del`` names, or what ``except`` names and forgets at its end."""
    if node.type == "delete_statement":
        yield from descendants(node)
        return
    for child in node.named_children:
        if child.type != "block":
            yield from descendants(child)
