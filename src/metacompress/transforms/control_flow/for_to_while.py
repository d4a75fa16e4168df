"""Write a counting loop with its parts apart: ``for (i = 0; c; i++) S`` becomes a ``while``."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeAlias

from metacompress.analysis.expressions.effects import is_quiet
from metacompress.analysis.macros import is_macro_like
from metacompress.analysis.statements.block_ends import (
    appended,
    hides_or_releases,
    is_hidden,
    may_release,
    names_of,
)
from metacompress.analysis.statements.extents import Extents
from metacompress.analysis.statements.jumps import find_jumps
from metacompress.analysis.statements.loops import (
    BLOCKS,
    CODE,
    ForParts,
    for_parts,
    has_loop_directive,
    may_hide_jump,
    outermost_label,
    true_condition,
)
from metacompress.analysis.statements.reachability import completes_normally
from metacompress.analysis.types.declared import VARIABLES
from metacompress.analysis.types.inference import type_of
from metacompress.analysis.types.scalars import STRING
from metacompress.lang.edits import Edit, Pieces, Span
from metacompress.lang.language import C_JAVA_PYTHON, Language
from metacompress.lang.syntax import (
    descendants,
    indentation,
    is_movable,
    line_break,
    operands,
    span_of,
)
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.control_flow.range_to_while import (
    RangeLoop,
    range_loops,
    rewrite_range,
)
from metacompress.transforms.level import Level
from metacompress.transforms.validity import check_bindings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.lang.edits import Origins
    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames
    from metacompress.transforms.validity import Refusal

_STATEMENT_EXPRESSIONS = frozenset(
    """
    assignment_expression update_expression call_expression method_invocation comma_expression
    """.split()
)
_SEQUENCES = BLOCKS | {"case_statement", "switch_block_statement_group"}
_GUARDS = frozenset(
    "try_statement try_with_resources_statement synchronized_statement seh_try_statement".split()
)


class _Plan(NamedTuple):
    """How one loop is rewritten.

    Attributes:
        loop: the ``for`` statement.
        start: where the new text starts: before the labels of Java, which must stay at the loop.
        parts: the parts of the loop.
        continues: where the update must be done before the end of the body.
        updates_at_end: whether the end of the body can be reached.
        is_nested: whether the update must stay outside of the body's own block.
        may_spill: whether what the loop declares may live on in the block around it.
    """

    loop: Node
    start: int
    parts: ForParts
    continues: list[Node]
    updates_at_end: bool
    is_nested: bool
    may_spill: bool


_Target: TypeAlias = _Plan | RangeLoop


class ForToWhile(Transformation[_Target]):
    """``for (init; c; update) S`` becomes ``{ init; while (c) { S update; } }``.

    The outer block keeps the scope of what the loop declares; it is left out where the name is
    used nowhere else, or nothing is declared.

    Precondition: no directive of the program is about loops; the header holds no comment,
    directive or code of its own, and its expressions can be statements. With an update, moreover:
    no macro may hide a ``continue``; each ``continue`` can take a copy of the update, which is in
    the scope and order that it was (no ``finally``, no destructor, no name in the way); and the
    end of the body can be reached, as Java demands.

    Python: see ``range_to_while``.
    """

    name: ClassVar[str] = "for-to-while"
    level: ClassVar[Level] = Level.CONTROL_FLOW
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Target]]:
        """See Transformation."""
        if program.language is Language.PYTHON:
            for counted in range_loops(program):
                yield Site(span_of(counted.loop), counted)
            return
        if has_loop_directive(program):
            return
        extents = Extents(program)
        for loop in program.nodes("for_statement"):
            plan = _plan(program, extents, loop)
            if plan is not None:
                yield Site(Span(plan.start, loop.end_byte), plan)

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Target], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        plan = site.target
        if isinstance(plan, RangeLoop):
            return rewrite_range(program, plan, names, rng)
        parts = plan.parts
        has_block = bool(parts.init) and not (
            plan.may_spill and (parts.declaration is None or rng.random() < 0.5)
        )
        text = program.source[plan.start : plan.loop.end_byte]
        base = indentation(program.source, plan.start)
        gap = line_break(program.source) + base if b"\n" in text else " "
        opening: list[str | Span] = ["{ "] if has_block else []
        if parts.init:
            opening += [*_statements(parts.init), gap]
        condition = (
            span_of(parts.condition) if parts.condition is not None else true_condition(program)
        )
        edits = [
            Edit(plan.start, plan.start, tuple(opening)),
            Edit(plan.loop.start_byte, parts.closing.end_byte, ("while (", condition, ")")),
            *_updates(program, plan),
        ]
        if has_block:
            edits.append(Edit(plan.loop.end_byte, plan.loop.end_byte, gap + "}"))
        return edits

    def check(
        self, source: AnalysedProgram, variant: AnalysedProgram, origins: Origins
    ) -> Refusal | None:
        """See Transformation; a counter of Python needs no ``range``."""
        may_drop = source.language is Language.PYTHON
        return check_bindings(source, variant, origins, may_drop=may_drop)


def _updates(program: AnalysedProgram, plan: _Plan) -> Iterator[Edit]:
    """Edits that do the update at the end of the body and before each ``continue``."""
    body = plan.parts.body
    if not plan.parts.update:
        return
    update = _statements(plan.parts.update)
    for jump in plan.continues:
        line = program.source.rfind(b"\n", 0, jump.start_byte) + 1
        if jump.parent is None or jump.parent.type not in BLOCKS:
            yield Edit(jump.start_byte, jump.start_byte, ("{ ", *update, " "))
            yield Edit(jump.end_byte, jump.end_byte, " }")
        elif program.source[line : jump.start_byte].strip():
            yield Edit(jump.start_byte, jump.start_byte, (*update, " "))
        else:
            space = line_break(program.source) + indentation(program.source, jump.start_byte)
            yield Edit(jump.start_byte, jump.start_byte, (*update, space))
    if not plan.updates_at_end:
        return
    closing = plan.parts.closing.end_byte
    yield from appended(program, body, update, start=closing, in_block=not plan.is_nested)


def _statements(expressions: Sequence[Node]) -> Pieces:
    """The parts of a header as statements on one line."""
    pieces: list[str | Span] = []
    for node in expressions:
        pieces += [" ", span_of(node)] if pieces else [span_of(node)]
        if node.type not in ("declaration", "local_variable_declaration"):
            pieces.append(";")
    return tuple(pieces)


def _plan(program: AnalysedProgram, extents: Extents, loop: Node) -> _Plan | None:
    parts = for_parts(loop)
    if parts is None or not _may_take_apart(program, parts):
        return None
    jumps = program.fact(find_jumps).continuing(loop) if parts.update else []
    updates_at_end = _updates_at_end(program, parts)
    names = names_of(program, parts.update)
    if (
        updates_at_end is None
        or not (updates_at_end or jumps)
        or (parts.update and may_hide_jump(program, loop))
        or (jumps and not _may_copy_update(program, parts, names, jumps))
    ):
        return None
    outermost = outermost_label(loop) if program.language is Language.JAVA else loop
    return _Plan(
        loop,
        outermost.start_byte,
        parts,
        jumps,
        updates_at_end,
        hides_or_releases(program, parts.body, names),
        _may_spill(extents, outermost, parts),
    )


def _may_take_apart(program: AnalysedProgram, parts: ForParts) -> bool:
    header = [*parts.init, *parts.update]
    condition = parts.condition
    if condition is not None:
        # A macro may stand for nothing, which only a ``for`` takes as a condition.
        if condition.type == "declaration" or _is_macro(program, condition):
            return False
        header.append(condition)
    return (
        all(is_movable(node) for node in header)
        and not any(part.type in CODE for node in header for part in descendants(node))
        and all(
            node.type in _STATEMENT_EXPRESSIONS and not _may_declare(program, node)
            for node in (*parts.init, *parts.update)
            if node is not parts.declaration
        )
        # A macro alone may stand for a declaration, or for nothing.
        and not any(_is_macro(program, node) for node in parts.init)
    )


def _is_macro(program: AnalysedProgram, node: Node) -> bool:
    name = node.child_by_field_name("function") if node.type == "call_expression" else node
    return name is not None and name.type == "identifier" and is_macro_like(program, name)


def _may_declare(program: AnalysedProgram, expression: Node) -> bool:
    """Whether C++ may read an expression as a declaration where it is a statement: ``T(x)``."""
    if program.language is not Language.CPP:
        return False
    node: Node | None = expression
    while node is not None:
        if node.type == "call_expression":
            function = node.child_by_field_name("function")
            if function is None or function.type != "field_expression":
                return True
        node = node.children[0] if node.children else None
    return False


def _updates_at_end(program: AnalysedProgram, parts: ForParts) -> bool | None:
    """Whether the update goes to the end of the body; None where that is unclear."""
    if not parts.update or program.language is not Language.JAVA:
        return True
    return completes_normally(program, parts.body)


def _may_copy_update(
    program: AnalysedProgram, parts: ForParts, names: frozenset[str], jumps: Sequence[Node]
) -> bool:
    body = parts.body
    if may_release(program, body, deep=True) or any(
        is_hidden(program, names, span_of(body), jump.start_byte) for jump in jumps
    ):
        return False
    guards = [part for part in descendants(body) if part.type in _GUARDS]
    cannot_fail = all(_cannot_fail(program, node) for node in parts.update)
    return not any(
        guard.start_byte <= jump.start_byte < guard.end_byte
        and not (cannot_fail and program.language is Language.JAVA and _only_catches(guard))
        for guard in guards
        for jump in jumps
    )


def _only_catches(guard: Node) -> bool:
    return guard.type == "try_statement" and not any(
        child.type == "finally_clause" for child in guard.children
    )


def _cannot_fail(program: AnalysedProgram, update: Node) -> bool:
    """Whether an update only counts a local variable of a primitive type."""
    if update.type not in ("update_expression", "assignment_expression"):
        return False
    target, *values = operands(update)
    binding = program.binding_of(target) if target.type == "identifier" else None
    kinds = [type_of(program, node) for node in (target, *values)]
    return (
        binding is not None
        and binding.kind in VARIABLES
        and all(kind is not None and kind.kind != STRING for kind in kinds)
        and all(is_quiet(program, value) for value in values)
        and not any(sign in program.text(update) for sign in "/%")
    )


def _may_spill(extents: Extents, statement: Node, parts: ForParts) -> bool:
    """Whether what starts the loop may stand before it without a block around both."""
    parent = statement.parent
    if parent is None or parent.type not in _SEQUENCES:
        return False
    if parts.declaration is None:
        return True
    return extents.may_rescope(parts.declaration, span_of(statement), parent)
