"""How large and how deeply nested a program may be that is transformed.

The limits are counts, not times: whether a program is refused never depends on the machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.edits import Span
from metacompress.transforms.effort import effort_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.lang.edits import Edit
    from metacompress.lang.program import AnalysedProgram

# Of the program, and of what becomes of it.
MAX_BYTES = 2_000_000
MAX_NODES = 150_000
# The steps of a walk from every node to all that is in it.
MAX_NESTED_STEPS = 3_000_000
# The steps of the parser's library to find the parent of every node: it passes the siblings
# that come before each node on the way from the root.
MAX_SIBLING_STEPS = 1_000_000_000


def is_over_budget(program: AnalysedProgram) -> bool:
    """Whether a program is too much for some analysis."""
    nodes = program.parsed.root.descendant_count
    if len(program.source) > MAX_BYTES or nodes > MAX_NODES:
        return True
    # Each node has fewer nodes above it, and fewer before it, than there are nodes.
    if nodes**2 <= min(MAX_NESTED_STEPS, MAX_SIBLING_STEPS):
        return False
    effort = program.fact(effort_of)
    return effort.nested_steps > MAX_NESTED_STEPS or effort.sibling_steps > MAX_SIBLING_STEPS


def makes_too_much(source: bytes, edits: Sequence[Edit]) -> bool:
    """Whether the outcome of these edits would be too long."""
    length = len(source)
    for edit in edits:
        pieces = (edit.replacement,) if isinstance(edit.replacement, str) else edit.replacement
        length += edit.start - edit.end
        length += sum(
            piece.end - piece.start if isinstance(piece, Span) else len(piece) for piece in pieces
        )
    return length > MAX_BYTES
