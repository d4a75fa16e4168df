"""Write a chain of ``if`` and ``else`` as a ``switch``."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from metacompress.analysis.expressions.conditions import unwrapped
from metacompress.analysis.expressions.effects import is_quiet
from metacompress.analysis.expressions.literal_values import literal_value
from metacompress.analysis.expressions.opaque import OpaqueText
from metacompress.analysis.statements.blocks import separator
from metacompress.analysis.statements.loops import BLOCKS, may_hide_jump
from metacompress.analysis.statements.nesting import Nesting
from metacompress.analysis.statements.reachability import completes_normally
from metacompress.analysis.statements.switches import always_leaves, has_label, own_breaks
from metacompress.analysis.types.inference import operator_of, type_of
from metacompress.analysis.types.scalars import INTEGER, promoted
from metacompress.lang.edits import Edit, Span
from metacompress.lang.language import C_AND_JAVA, Language
from metacompress.lang.syntax import COMMENTS, operands, span_of
from metacompress.transforms.base import FixedTransformation, Site
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_JAVA_RANGES = {
    "byte": range(-128, 128),
    "short": range(-(2**15), 2**15),
    "char": range(2**16),
    "int": range(-(2**31), 2**31),
}


class _Branch(NamedTuple):
    """``if (x == 1 || x == 2) body``, and whether a ``break`` is to follow the body."""

    values: tuple[Node, ...]
    body: Node
    needs_break: bool


class _Chain(NamedTuple):
    subject: Node
    branches: tuple[_Branch, ...]
    # The keywords before each branch but the first, and before the rest.
    elses: tuple[Node, ...]
    rest: Node | None
    nodes: tuple[Node, ...]


class IfToSwitch(FixedTransformation):
    """``if (x == 1) A else if (x == 2) B else C`` becomes a ``switch`` over ``x``.

    Precondition: ``x`` is a local variable of a known integer type that can be switched on, and
    it is compared with different literals, each of a value that this type has: that the labels
    are converted to it then makes no difference. No branch holds a ``break`` of a loop around it,
    or a macro that may, or a label of a ``switch`` around it. In Java it is certain which branch
    completes, since a ``break`` that is not reached is an error. Branches keep their own blocks.
    """

    name: ClassVar[str] = "if-to-switch"
    level: ClassVar[Level] = Level.CONTROL_FLOW
    languages: ClassVar[frozenset[Language]] = C_AND_JAVA
    # Only the first comparison still names the variable.
    may_drop: ClassVar[bool] = True

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        """See Transformation."""
        opaque, nesting = program.fact(OpaqueText), Nesting()
        seen: set[int] = set()
        for node in program.nodes("if_statement"):
            if node.id in seen or opaque.covers(node.children[0]):
                continue
            if _compared(program, node, None) is None or not nesting.admits(node):
                continue
            chain = _read(program, node)
            if chain is not None:
                seen.update(one.id for one in chain.nodes)
                yield Site(span_of(node), list(_edits(program, chain)))


def _read(program: AnalysedProgram, node: Node) -> _Chain | None:
    """The chain that starts with ``node``, as long as its conditions allow."""
    subject: Node | None = None
    known: set[int] = set()
    branches: list[_Branch] = []
    elses: list[Node] = []
    nodes: list[Node] = []
    current: Node | None = node
    while current is not None and current.type == "if_statement":
        parts = _parts(current)
        found = None if parts is None else _compared(program, current, subject)
        if parts is None or found is None:
            break
        body, keyword, following = parts
        name, values = found
        is_last = following is None
        needs_break = _needs_break(program, body)
        if (needs_break is None and not is_last) or not known.isdisjoint(values):
            break
        subject = subject or name
        known |= set(values)
        branches.append(_Branch(tuple(values.values()), body, needs_break is True))
        nodes.append(current)
        elses += [keyword] if keyword is not None else []
        current = following
    bodies = [branch.body for branch in branches] + ([] if current is None else [current])
    if subject is None or not all(_is_free(program, body) for body in bodies):
        return None
    return _Chain(subject, tuple(branches), tuple(elses), current, tuple(nodes))


def _parts(node: Node) -> tuple[Node, Node | None, Node | None] | None:
    """The body, the ``else`` and what follows it; None where comments are in between."""
    body = node.child_by_field_name("consequence")
    alternative = node.child_by_field_name("alternative")
    condition = node.child_by_field_name("condition")
    if body is None or [c for c in node.children if c.end_byte <= body.start_byte] != [
        node.children[0],
        condition,
    ]:
        return None
    tail = [child for child in node.children if child.start_byte >= body.end_byte]
    if alternative is not None and alternative.type == "else_clause":
        tail.remove(alternative)
        tail += alternative.children
        if len(alternative.children) != 2:
            return None
        alternative = alternative.children[-1]
    keyword = next((child for child in tail if child.type == "else"), None)
    for child in tail:
        is_late = keyword is not None and child.start_byte > keyword.start_byte
        if child not in (keyword, alternative) and (child.type not in COMMENTS or is_late):
            return None
    return body, keyword, alternative


def _compared(
    program: AnalysedProgram, node: Node, subject: Node | None
) -> tuple[Node, dict[int, Node]] | None:
    """The variable and the literals, by value, that the condition compares it with."""
    condition = node.child_by_field_name("condition")
    inner = [] if condition is None else operands(condition)
    if len(inner) != 1 or inner[0].type == "declaration":
        return None
    found: dict[int, Node] = {}
    pending = [inner[0]]
    while pending:
        part = unwrapped(pending.pop())
        sides = operands(part)
        if part.type != "binary_expression" or len(sides) != 2:
            return None
        operator = operator_of(program, part)
        if operator == "||":
            pending += reversed(sides)
            continue
        name, literal = sides if sides[0].type == "identifier" else reversed(sides)
        value = literal_value(program, literal)
        if operator != "==" or value is None or value in found:
            return None
        if subject is not None and program.binding_of(name) is not program.binding_of(subject):
            return None
        if not _may_switch(program, name, value):
            return None
        subject = subject or name
        found[value] = literal
    return None if subject is None else (subject, found)


def _may_switch(program: AnalysedProgram, name: Node, value: int) -> bool:
    """Whether ``name`` is a variable that can be switched on with a label of this value."""
    kind = type_of(program, name) if name.type == "identifier" and is_quiet(program, name) else None
    if kind is None or kind.kind != INTEGER:
        return False
    if program.language is Language.JAVA:
        return value in _JAVA_RANGES.get(kind.name, ())
    return value >= 0 or not promoted(kind, program.language).name.startswith("unsigned")


def _needs_break(program: AnalysedProgram, body: Node) -> bool | None:
    """Whether a ``break`` is to follow ``body``; None if it is unclear whether one may."""
    if program.language is Language.JAVA:
        return completes_normally(program, body)
    return not always_leaves(program, body)


def _is_free(program: AnalysedProgram, body: Node) -> bool:
    """Whether no jump into or out of ``body`` would mean the new ``switch``."""
    return not (own_breaks(body) or has_label(body) or may_hide_jump(program, body))


def _edits(program: AnalysedProgram, chain: _Chain) -> Iterator[Edit]:
    node = chain.nodes[0]
    parted = separator(program, node)
    heads = [
        tuple(piece for value in branch.values for piece in ("case ", span_of(value), ": "))
        for branch in chain.branches
    ]
    bodies = [branch.body for branch in chain.branches]
    if chain.rest is not None:
        heads.append(("default: ",))
        bodies.append(chain.rest)
    for number, (head, body) in enumerate(zip(heads, bodies, strict=True)):
        is_block = body.type in BLOCKS
        pieces: list[str | Span] = [parted, *head] if is_block else [parted, *head, "{ "]
        if number == 0:
            start = node.start_byte
            pieces = ["switch (", span_of(chain.subject), ") {", *pieces]
        else:
            start = chain.elses[number - 1].start_byte
        closing = "" if is_block else " }"
        if number < len(chain.branches) and chain.branches[number].needs_break:
            closing += " break;"
        if number + 1 == len(bodies):
            closing += f"{parted}}}"
        yield Edit(start, body.start_byte, tuple(pieces))
        yield Edit(body.end_byte, body.end_byte, closing)
