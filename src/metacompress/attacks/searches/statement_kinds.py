"""In what kinds of statements an identifier occurs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.attacks.engine.subject import Identifier, Subject
    from metacompress.lang.program import AnalysedProgram

# How often attacks succeed through identifiers of a kind of statement, in percent: the weights
# of BeamAttack (Du et al. 2023, doi:10.1145/3611643.3616356), which name Java's statements.
WEIGHTS = {"if": 21.07, "method": 19.81, "for": 18.4, "try": 15.24, "return": 10.6, "throw": 7.37}
OTHER = "other"

# Fields of a node whose text belongs to the statement itself: not the block that it controls.
_HEADS: dict[str, tuple[str, tuple[str, ...]]] = {
    "if_statement": ("if", ("condition",)),
    "elif_clause": ("if", ("condition",)),
    "function_declarator": ("method", ("declarator", "parameters")),
    "method_declaration": ("method", ("name", "parameters")),
    "constructor_declaration": ("method", ("name", "parameters")),
    "function_definition": ("method", ("name", "parameters")),
    "for_statement": (
        "for",
        ("init", "initializer", "condition", "update", "left", "right"),
    ),
    "function_declaration": ("method", ("name", "parameters")),
    "for_clause": ("for", ("initializer", "condition", "update")),
    "range_clause": ("for", ("left", "right")),
    "for_range_loop": ("for", ("declarator", "right")),
    "enhanced_for_statement": ("for", ("name", "value")),
    "while_statement": ("for", ("condition",)),
    "do_statement": ("for", ("condition",)),
    "try_with_resources_statement": ("try", ("resources", "body")),
    "try_statement": ("try", ("body",)),
}
_WHOLE = {"return_statement": "return", "throw_statement": "throw", "raise_statement": "throw"}


def statement_groups(subject: Subject) -> list[list[Identifier]]:
    """The identifiers by the weightiest kind of statement that they occur in.

    Kinds come in the order of their weights, identifiers of no such statement last; empty groups
    are left out. Other loops than ``for`` count as it.
    """
    order = [*WEIGHTS, OTHER]
    groups: dict[str, list[Identifier]] = {kind: [] for kind in order}
    ranges = {program: _ranges(source) for program, source in subject.sources.items()}
    for identifier in subject.identifiers:
        starts = [
            span.start for binding in subject.bindings(identifier) for span in binding.occurrences
        ]
        kinds = {
            kind
            for kind, first, end in ranges[identifier.program]
            if any(first <= start < end for start in starts)
        }
        groups[next((kind for kind in order if kind in kinds), OTHER)].append(identifier)
    return [group for group in groups.values() if group]


def _ranges(program: AnalysedProgram) -> list[tuple[str, int, int]]:
    """Kind, first and last byte of every head of a statement."""
    found = []
    for node in program.nodes(*_HEADS, *_WHOLE):
        if node.type in _WHOLE:
            found.append((_WHOLE[node.type], node.start_byte, node.end_byte))
            continue
        kind, fields = _HEADS[node.type]
        parts: list[Node | None] = [node.child_by_field_name(name) for name in fields]
        found.extend((kind, part.start_byte, part.end_byte) for part in parts if part is not None)
    return found
