"""Whether two neighbouring statements can run in the other order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.statements.enclosing import find_functions, find_watches
from metacompress.analysis.statements.footprints.c import RESUMING
from metacompress.analysis.variables.exposure import find_exposed
from metacompress.lang.language import C_FAMILY, Language

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.analysis.statements.footprints.model import Footprint
    from metacompress.lang.program import AnalysedProgram


def may_swap(
    program: AnalysedProgram, first: Node, second: Node, one: Footprint, other: Footprint
) -> bool:
    """Whether two neighbouring statements, of these footprints, can run in the other order."""
    is_watched = _is_watched(program, first)
    return _may_pass(program, one, other, is_watched) and _may_pass(program, other, one, is_watched)


def _may_pass(program: AnalysedProgram, one: Footprint, other: Footprint, is_watched: bool) -> bool:
    touched = other.reads | other.writes
    if one.declared & other.names or one.writes & touched:
        return False
    touches_memory = other.reads_memory or other.writes_memory
    is_exposed = not touched.isdisjoint(program.fact(find_exposed))
    if one.writes_memory and (touches_memory or is_exposed):
        return False
    if one.reads_memory and not other.writes.isdisjoint(program.fact(find_exposed)):
        return False
    is_c = program.language in C_FAMILY
    if one.is_open and (
        other.is_open
        or touches_memory
        or is_exposed
        or other.may_fail
        # The code may never return, and so keep an overflow from happening.
        or (is_c and other.computes)
    ):
        return False
    # A failure is undefined in C, but an exception shows what was done before it.
    if one.may_fail and not is_c:
        if other.may_fail or other.writes_memory:
            return False
        if not other.writes.isdisjoint(program.fact(find_exposed)):
            return False
    return not (is_watched and other.writes and (one.is_open or one.may_fail))


def _is_watched(program: AnalysedProgram, node: Node) -> bool:
    """Whether the function goes on after a failure of ``node``, and its variables may be read."""
    if program.language is Language.C:
        return not program.scopes.names.isdisjoint(RESUMING)
    function = program.fact(find_functions).innermost(node.start_byte)
    watch = program.fact(find_watches).innermost(node.start_byte)
    return watch is not None and (function is None or function.start_byte < watch.start_byte)
