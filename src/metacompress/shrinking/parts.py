"""Parts of a program that may be taken out of it: functions, statements, parameters, comments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from metacompress.analysis.statements.blocks import line_of
from metacompress.lang.edits import Span
from metacompress.lang.syntax import COMMENTS, span_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram


class PartKind(StrEnum):
    """What is taken out together in one pass."""

    STATEMENTS = "statements"
    PARAMETERS = "parameters"
    COMMENTS = "comments"


# Grammars name their nodes alike.
_STATEMENT = re.compile(
    r"(?:^|_)(?:statement|declaration|definition|function|method|import|include|specifier)$"
    r"|^switch_expression$"
)
_CLAUSE = re.compile(
    r"(?<!package)_clause$|(?:^|_)case$|^case_statement$|^switch_default$|_statement_group$"
)
# What holds statements in a row, so that one may go and the others stay.
_SEQUENCE = re.compile(
    r"(?:^|_)(?:block|body|unit|program|module|file|group)$|^(?:compound_statement|source_file"
    r"|declaration_list|field_declaration_list|case_statement|preproc_if|preproc_ifdef"
    r"|preproc_else|statement_list)$|_case$|^switch_(?:case|default)$"
)
_PARAMETERS = re.compile(r"parameters$|parameter_list$")
_BLOCK = re.compile(r"^(?:compound_statement|block|statement_block)$")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a program.

    Attributes:
        kind: what it is.
        span: bytes that go with it: a statement's line, a parameter's comma.
        parent: number of the innermost statement around it; None where there is none.
        depth: how many statements are around it.
    """

    kind: PartKind
    span: Span
    parent: int | None
    depth: int


def find_parts(program: AnalysedProgram) -> tuple[Part, ...]:
    """The parts of a program in source order, each statement before those in it."""
    found: list[Part] = []
    pending: list[tuple[Node, int | None]] = [(program.parsed.root, None)]
    while pending:
        node, around = pending.pop()
        kind = _kind(node)
        if kind is not None and not node.has_error:
            depth = 0 if around is None else found[around].depth + 1
            found.append(Part(kind, _extent(program.source, node, kind), around, depth))
            if kind is PartKind.STATEMENTS:
                around = len(found) - 1
        pending.extend((child, around) for child in reversed(node.named_children))
    return tuple(found)


def innermost_statement(parts: Sequence[Part], place: int) -> int | None:
    """The number of the innermost statement at a byte."""
    innermost = None
    for number, part in enumerate(parts):
        if part.span.start > place:
            break
        if part.kind is PartKind.STATEMENTS and place < part.span.end:
            innermost = number
    return innermost


def with_users(program: AnalysedProgram, removed: Iterable[int]) -> frozenset[int]:
    """Parts, and the statements without which no name would be left that they declared."""
    parts = program.fact(find_parts)
    users = program.fact(_users)
    found, pending = set(), list(removed)
    while pending:
        number = pending.pop()
        if number not in found:
            found.add(number)
            pending += users.get(number, ())
            pending += (k for k, part in enumerate(parts) if part.parent == number)
    return frozenset(found)


def merged_spans(spans: Iterable[Span]) -> list[Span]:
    """Disjoint spans of the same bytes, in order."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _users(program: AnalysedProgram) -> dict[int, set[int]]:
    """By the part that declares a name (it comes first there), the statements that use it."""
    parts = program.fact(find_parts)
    parameters = {
        part.span: number for number, part in enumerate(parts) if part.kind is PartKind.PARAMETERS
    }
    found: dict[int, set[int]] = {}
    for binding in program.scopes.bindings:
        first = binding.occurrences[0].start
        declaring = next(
            (k for span, k in parameters.items() if span.start <= first < span.end),
            innermost_statement(parts, first),
        )
        if declaring is None:
            continue
        around = set(_around(parts, declaring))
        for occurrence in binding.occurrences[1:]:
            user = innermost_statement(parts, occurrence.start)
            if user is not None and user != declaring and user not in around:
                found.setdefault(declaring, set()).add(user)
    return found


def _around(parts: Sequence[Part], number: int) -> Iterator[int]:
    parent = parts[number].parent
    while parent is not None:
        yield parent
        parent = parts[parent].parent


def _kind(node: Node) -> PartKind | None:
    if node.type in COMMENTS:
        return PartKind.COMMENTS
    around = node.parent
    if around is None:
        return None
    if _PARAMETERS.search(around.type):
        return PartKind.PARAMETERS
    if _CLAUSE.search(node.type):
        return PartKind.STATEMENTS
    if _STATEMENT.search(node.type) and _SEQUENCE.search(around.type):
        is_body = _BLOCK.search(node.type) and not _BLOCK.search(around.type)
        return None if is_body else PartKind.STATEMENTS
    return None


def _extent(source: bytes, node: Node, kind: PartKind) -> Span:
    if kind is not PartKind.PARAMETERS:
        return line_of(source, span_of(node))
    after, before = node.next_sibling, node.prev_sibling
    if after is not None and after.type == ",":
        end = after.end_byte
        while source[end : end + 1].isspace():
            end += 1
        return Span(node.start_byte, end)
    if before is not None and before.type == ",":
        return Span(before.start_byte, node.end_byte)
    return span_of(node)
