"""A ``switch`` of C, C++ or Java with colons, taken apart into groups that do not fall through."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metacompress.analysis.expressions.conditions import unwrapped
from metacompress.analysis.statements.loops import BLOCKS, may_hide_jump
from metacompress.analysis.statements.reachability import completes_normally
from metacompress.lang.edits import Span
from metacompress.lang.language import Language
from metacompress.lang.syntax import COMMENTS, FUNCTIONS, LOOPS, SWITCHES, is_movable, operands

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_JUMPS = frozenset(
    """
    return_statement continue_statement goto_statement throw_statement break_statement
    yield_statement
    """.split()
)
_LABELS = frozenset({"case_statement", "switch_label"})


class Label(NamedTuple):
    """``case 1:``, ``case 1, 2:`` or ``default:``.

    Attributes:
        span: all of it, with the colon.
        values: none for ``default``.
    """

    span: Span
    values: tuple[Node, ...]


class Group(NamedTuple):
    """Labels in a row, and what is done for them.

    Attributes:
        labels: at least one.
        statements: without the last ``break``.
        is_block: whether the statements are one block, perhaps with a ``break`` behind it.
        leaving: the ``break`` that ends the group, or None where another jump does or where it is
            the last group.
    """

    labels: tuple[Label, ...]
    statements: tuple[Node, ...]
    is_block: bool
    leaving: Node | None

    @property
    def is_default(self) -> bool:
        """Whether one of the labels is ``default``."""
        return any(not label.values for label in self.labels)

    @property
    def values(self) -> tuple[Node, ...]:
        """The values of all labels."""
        return tuple(value for label in self.labels for value in label.values)


class Switch(NamedTuple):
    """A ``switch`` without fallthrough, whose only ``break`` of a group is at its end.

    Attributes:
        subject: what is compared.
        body: all of the braces.
        groups: in source order.
    """

    subject: Node
    body: Node
    groups: tuple[Group, ...]


def read_switch(program: AnalysedProgram, node: Node) -> Switch | None:
    """Take a ``switch`` apart; None where it is of another form or not understood."""
    condition, body = node.child_by_field_name("condition"), node.child_by_field_name("body")
    if condition is None or body is None or node.child_count != 3 or not is_movable(condition):
        return None
    inner = operands(condition)
    if len(inner) != 1 or inner[0].type == "declaration" or may_hide_jump(program, node):
        return None
    groups: list[Group] = []
    labels: list[Label] = []
    sections = operands(body)
    for section in sections:
        label, statements = _section(section)
        if label is None:
            return None
        labels.append(label)
        if statements or section == sections[-1]:
            group = _group(program, labels, statements, is_last=section == sections[-1])
            if group is None:
                return None
            groups.append(group)
            labels = []
    if not groups or _shares_names(program, groups):
        return None
    return Switch(unwrapped(inner[0]), body, tuple(groups))


def _section(node: Node) -> tuple[Label | None, list[Node]]:
    """The label and the statements of a part of the body."""
    colon = next((number for number, c in enumerate(node.children) if c.type == ":"), None)
    if node.type not in ("case_statement", "switch_block_statement_group") or colon is None:
        return None, []
    head = node.children[:colon]
    if node.type == "switch_block_statement_group":
        if len(head) != 1 or head[0].type != "switch_label":
            return None, []
        head = head[0].children
    values = tuple(part for part in head[1:] if part.is_named)
    if not all(is_movable(part) for part in head) or (head[0].type == "case") != bool(values):
        return None, []
    statements = [c for c in node.children[colon + 1 :] if c.is_named and c.type not in COMMENTS]
    if any(statement.type in _LABELS for statement in statements):
        return None, []
    return Label(Span(node.start_byte, node.children[colon].end_byte), values), statements


def _group(
    program: AnalysedProgram, labels: Iterable[Label], statements: list[Node], *, is_last: bool
) -> Group | None:
    rest, leaving = list(statements), None
    if rest and _is_own_break(rest[-1]):
        leaving = rest.pop()
    is_block = len(rest) == 1 and rest[0].type in BLOCKS
    if is_block and leaving is None:
        inner = operands(rest[0])
        if inner and _is_own_break(inner[-1]):
            leaving = inner[-1]
    for statement in rest:
        if has_label(statement) or any(jump != leaving for jump in own_breaks(statement)):
            return None
    if not (is_last or leaving is not None or (rest and always_leaves(program, rest[-1]))):
        return None
    return Group(tuple(labels), tuple(rest), is_block, leaving)


def own_breaks(statement: Node) -> list[Node]:
    """The ``break`` statements without a label that leave what is around ``statement``."""
    found, pending = [], [statement]
    while pending:
        node = pending.pop()
        if _is_own_break(node):
            found.append(node)
        elif not (node.type in LOOPS or node.type in SWITCHES or node.type in FUNCTIONS):
            pending.extend(reversed(node.named_children))
    return found


def _is_own_break(node: Node) -> bool:
    return node.type == "break_statement" and not operands(node)


def has_label(statement: Node) -> bool:
    """Whether a label of a ``switch`` around ``statement`` is inside."""
    pending = [statement]
    while pending:
        node = pending.pop()
        if node.type in _LABELS:
            return True
        if node.type not in SWITCHES:
            pending.extend(node.named_children)
    return False


def always_leaves(program: AnalysedProgram, statement: Node) -> bool:
    """Whether ``statement`` certainly ends with a jump, so that what follows is not reached."""
    if program.language is Language.JAVA:
        return completes_normally(program, statement) is False
    pending = [statement]
    while pending:
        node = pending.pop()
        if node.type in _JUMPS:
            continue
        alternative = node.child_by_field_name("alternative")
        consequence = node.child_by_field_name("consequence")
        if node.type in (*BLOCKS, "else_clause") and operands(node):
            pending.append(operands(node)[-1])
        elif alternative is not None and consequence is not None and node.type == "if_statement":
            pending += [alternative, consequence]
        else:
            return False
    return True


def _shares_names(program: AnalysedProgram, groups: list[Group]) -> bool:
    """Whether one group uses what another one declares."""
    seen: dict[Span, int] = {}
    spans = [
        Span(group.labels[0].span.start, group.statements[-1].end_byte)
        for group in groups
        if group.statements
    ]
    for number, group in enumerate(groups):
        pending = list(group.statements)
        while pending:
            node = pending.pop()
            pending.extend(node.named_children)
            binding = None if node.named_child_count else program.binding_of(node)
            if binding is None:
                continue
            first = binding.occurrences[0]
            is_inside = any(span.start <= first.start < span.end for span in spans)
            if is_inside and seen.setdefault(first, number) != number:
                return True
    return False
