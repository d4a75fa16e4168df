"""Footprints of statements of Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.expressions.effects import is_constant, is_quiet
from metacompress.analysis.statements.footprints.model import Footprint
from metacompress.lang.syntax import descendants, operands

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_UNUSUAL = frozenset("named_expression yield await assignment_expression pattern_list".split())


def python_footprint(program: AnalysedProgram, statement: Node) -> Footprint | None:
    """Return what an assignment or a call reads and writes; None if that is unknown."""
    parts = operands(statement)
    if statement.type != "expression_statement" or len(parts) != 1:
        return None
    (whole,) = parts
    if whole.type not in ("assignment", "augmented_assignment", "call"):
        return None
    found = Footprint()
    target = whole.child_by_field_name("left")
    value = whole if target is None else whole.child_by_field_name("right")
    if value is None or whole.child_by_field_name("type") is not None:
        return None
    for part in descendants(whole):
        if part.type in _UNUSUAL:
            return None
        if part.type == "identifier":
            found.names.add(program.text(part))
            binding = program.binding_of(part)
            if binding is not None and part != target:
                found.reads.add(binding.occurrences[0])
    if target is not None and target.type == "identifier":
        binding = program.binding_of(target)
        if binding is None:
            return None
        found.writes.add(binding.occurrences[0])
        if whole.type == "augmented_assignment":
            found.reads.add(binding.occurrences[0])
    elif target is not None:
        found.is_open = True
    if whole.type != "assignment" or not _is_harmless(program, value):
        found.is_open = found.may_fail = True
    return found


def _is_harmless(program: AnalysedProgram, value: Node) -> bool:
    """Whether a value of Python is quiet, or a new container of what is quiet."""
    if value.type in ("list", "tuple"):
        return all(is_quiet(program, item) for item in operands(value))
    if value.type == "dictionary":
        return all(
            pair.type == "pair"
            and is_constant(pair.named_children[0])
            and is_quiet(program, pair.named_children[-1])
            for pair in operands(value)
        )
    return is_quiet(program, value)
