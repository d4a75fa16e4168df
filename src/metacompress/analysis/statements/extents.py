"""How far the names of a program reach, to widen or narrow the scope of a declaration."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from metacompress.analysis.macros import find_macro_like
from metacompress.analysis.statements.block_ends import is_plain_declaration
from metacompress.analysis.statements.jumps import find_jumps
from metacompress.analysis.statements.loops import BLOCKS
from metacompress.lang.edits import Span
from metacompress.lang.language import C_FAMILY

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram


class Extents:
    """For every name of a program, the bytes from its first to its last token.

    Args:
        program: the program.
    """

    def __init__(self, program: AnalysedProgram) -> None:
        self._program = program
        self._of: dict[str, Span] = {}
        bound = [(span, b.name) for b in program.scopes.bindings for span in b.occurrences]
        for span, name in (*bound, *program.scopes.unbound):
            known = self._of.get(name, span)
            self._of[name] = Span(min(known.start, span.start), max(known.end, span.end))
        self._macros = program.fact(find_macro_like)

    def may_rescope(self, declaration: Node, within: Span, block: Node) -> bool:
        """Whether a declaration means the same if its scope ends with ``within`` or ``block``.

        So it is where its names are used in ``within`` alone, and nothing else can tell: no
        macro that may use them, no destructor, no jump past the declaration.

        Args:
            declaration: of variables, in ``within``.
            within: a part of ``block``.
            block: the block around.
        """
        if block.type not in BLOCKS:
            return False
        names = declared_names(self._program, declaration)
        if not names or not all(
            within.start <= extent.start and extent.end <= within.end
            for extent in (self._of[name] for name in names)
        ):
            return False
        if self._program.language not in C_FAMILY:
            return True
        return (
            is_plain_declaration(self._program, declaration)
            and not self._program.fact(find_jumps).may_enter(block)
            and bisect_left(self._macros, within.start) == bisect_left(self._macros, block.end_byte)
        )


def declared_names(program: AnalysedProgram, declaration: Node) -> list[str]:
    """The variables that a declaration declares; none where one is no plain name."""
    names = []
    for declarator in declaration.children_by_field_name("declarator"):
        node: Node | None = declarator
        while node is not None and node.type != "identifier":
            node = node.child_by_field_name("declarator") or node.child_by_field_name("name")
        if node is None or program.binding_of(node) is None:
            return []
        names.append(program.text(node))
    return names
