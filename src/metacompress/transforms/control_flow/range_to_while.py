"""The Python side of ``for-to-while``: loops over ``range``, tuples and lists of literals."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from metacompress.analysis.expressions.effects import is_constant
from metacompress.analysis.expressions.python_reads import find_writes, is_builtin_call, is_read
from metacompress.analysis.expressions.python_values import PythonValues
from metacompress.analysis.statements.enclosing import is_in_function
from metacompress.analysis.statements.jumps import find_jumps
from metacompress.analysis.types.scalars import INTEGER
from metacompress.lang.edits import Edit, Span
from metacompress.lang.scopes import BindingKind
from metacompress.lang.syntax import (
    COMMENTS,
    descendants,
    indentation,
    is_movable,
    line_break,
    operands,
    out_of_brackets,
    span_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding
    from metacompress.transforms.naming import FreshNames

_RANGE = frozenset({"range"})
# With one of these a program may see its own variables.
_INTROSPECTION = frozenset(
    "locals vars dir eval exec inspect _getframe builtins __builtins__ settrace".split()
)
_PROTOCOL = frozenset({"iter", "next", "StopIteration"})
_INNER_SCOPES = ("function_definition", "lambda", "generator_expression", "class_definition")
_COUNTING_SHARE = 0.7


class RangeLoop(NamedTuple):
    """A loop that can count, or step an iterator.

    Attributes:
        loop: the ``for`` statement.
        colon: the end of its header.
        body: the block that is repeated.
        counts: whether a counter can do the same.
        is_stop_fixed: whether the stop of the range can be read anew each time.
        continues: the statements that go on with it.
    """

    loop: Node
    colon: Node
    body: Node
    counts: bool
    is_stop_fixed: bool
    continues: list[Node]


def range_loops(program: AnalysedProgram) -> Iterator[RangeLoop]:
    """Loops of a function over what a plain iterator gives, without ``else``.

    An iterator that is stepped by hand does exactly the same. What it holds must not miss it: an
    iterator of unknown type may run code when the loop ends early and it is dropped.

    A counter does the same where the bounds are certainly integers, the step is a literal, and
    nobody else sees the variable: it is only read in the body, by no function that may run later,
    and any other use is in a loop that sets it first.
    """
    if program.scopes.names & _INTROSPECTION or program.nodes("wildcard_import"):
        return
    if any(binding.name in _PROTOCOL | _RANGE for binding in program.scopes.bindings):
        return
    counters = _Counters(program)
    for loop in program.nodes("for_statement"):
        colon = next((child for child in loop.children if child.type == ":"), None)
        body = loop.child_by_field_name("body")
        if (
            colon is not None
            and body is not None
            and operands(body)
            and b"\n" in program.source[colon.end_byte : body.start_byte]
            and _has_plain_header(program, loop, colon)
            and is_in_function(loop)
        ):
            yield RangeLoop(
                loop,
                colon,
                body,
                counters.may_count(loop),
                counters.is_stop_fixed(loop),
                program.fact(find_jumps).continuing(loop),
            )


def _has_plain_header(program: AnalysedProgram, loop: Node, colon: Node) -> bool:
    """Whether a loop sets one variable to what a plain iterator gives, and has no ``else``."""
    target, values = loop.child_by_field_name("left"), loop.child_by_field_name("right")
    return (
        target is not None
        and values is not None
        and target.type == "identifier"
        and loop.children[0].type == "for"
        and loop.child_by_field_name("alternative") is None
        and _is_plain_iterable(program, values)
        and is_movable(values)
        and not any(
            child.type in COMMENTS and child.start_byte < colon.start_byte
            for child in loop.children
        )
    )


def rewrite_range(
    program: AnalysedProgram, plan: RangeLoop, names: FreshNames, rng: Generator
) -> Sequence[Edit]:
    """Count, or step an iterator."""
    if plan.counts and rng.random() < _COUNTING_SHARE:
        return _counted(program, plan, names, rng)
    name = names.take(rng)
    if name is None:
        return []
    target, values = _header(plan.loop)
    base = indentation(program.source, plan.loop.start_byte)
    inner = _inner(program, plan)
    deeper = inner + inner[len(base) :]
    end = line_break(program.source)
    opening = (
        *(f"{name} = iter(", span_of(values), f"){end}{base}while True:{end}{inner}try:"),
        *(f"{end}{deeper}", span_of(target), f" = next({name})"),
        f"{end}{inner}except StopIteration:{end}{deeper}break",
    )
    return [Edit(plan.loop.start_byte, plan.colon.end_byte, opening)]


def _counted(
    program: AnalysedProgram, plan: RangeLoop, names: FreshNames, rng: Generator
) -> list[Edit]:
    target, values = _header(plan.loop)
    counter = span_of(target)
    start, stop, step = _bounds(values)
    end = line_break(program.source) + indentation(program.source, plan.loop.start_byte)
    opening: list[str | Span] = [counter, " = ", *(out_of_brackets(start) if start else "0"), end]
    limit: str | Span = span_of(stop)
    if not plan.is_stop_fixed:
        taken = names.take(rng)
        if taken is None:
            return []
        limit = taken
        opening += [f"{limit} = ", *out_of_brackets(stop), end]
    is_downward = step is not None and program.text(step).lstrip("( ").startswith("-")
    opening += ["while ", counter, " > " if is_downward else " < ", limit, ":"]
    update = (counter, " += ", *(out_of_brackets(step) if step else "1"))
    edits = [Edit(plan.loop.start_byte, plan.colon.end_byte, tuple(opening))]
    for jump in plan.continues:
        line = program.source.rfind(b"\n", 0, jump.start_byte) + 1
        is_first = not program.source[line : jump.start_byte].strip()
        space = line_break(program.source) + indentation(program.source, jump.start_byte)
        gap = space if is_first else "; "
        edits.append(Edit(jump.start_byte, jump.start_byte, (*update, gap)))
    last = plan.body.named_children[-1].end_byte
    inner = line_break(program.source) + _inner(program, plan)
    edits.append(Edit(last, last, (inner, *update)))
    return edits


def _header(loop: Node) -> tuple[Node, Node]:
    """The variable and what it goes over."""
    _, target, _, values = loop.children[:4]
    return target, values


def _inner(program: AnalysedProgram, plan: RangeLoop) -> str:
    return indentation(program.source, operands(plan.body)[0].start_byte)


def _is_plain_iterable(program: AnalysedProgram, values: Node) -> bool:
    if values.type in ("tuple", "list"):
        return all(is_constant(part) for part in operands(values))
    if not is_builtin_call(program, values, _RANGE):
        return False
    arguments = values.child_by_field_name("arguments")
    return arguments is not None and 1 <= len(operands(arguments)) <= 3


def _bounds(values: Node) -> tuple[Node | None, Node, Node | None]:
    """Start, stop and step of a call of ``range``."""
    arguments = values.child_by_field_name("arguments")
    assert arguments is not None
    given = operands(arguments)
    if len(given) == 1:
        return None, given[0], None
    return given[0], given[1], given[2] if len(given) == 3 else None


def _is_nonzero_literal(program: AnalysedProgram, node: Node) -> bool:
    while node.type in ("unary_operator", "parenthesized_expression"):
        if node.type == "unary_operator" and node.children[0].type != "-":
            return False
        node = operands(node)[0]
    return node.type == "integer" and program.text(node).strip("0xXoObB_") != ""


def _contains(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


class _Counters:
    """Which loops of a program can count."""

    def __init__(self, program: AnalysedProgram) -> None:
        self._program = program
        self._writes: dict[Span, list[Node] | None] = {}
        self._inner_scopes = [span_of(node) for node in program.nodes(*_INNER_SCOPES)]
        # Of each variable, the loops that set it.
        self._loops: dict[Span, list[Node]] = {}
        for loop in program.nodes("for_statement"):
            target = loop.child_by_field_name("left")
            binding = None if target is None else program.binding_of(target)
            if target is not None and target.type == "identifier" and binding is not None:
                self._loops.setdefault(binding.occurrences[0], []).append(loop)
        self._outermost = {first: _outermost(loops) for first, loops in self._loops.items()}
        self._private: dict[Span, bool] = {}

    def may_count(self, loop: Node) -> bool:
        """Whether a counter can do what ``loop`` does; see ``range_loops``."""
        target, values = _header(loop)
        body = loop.child_by_field_name("body")
        binding = self._program.binding_of(target)
        if values.type != "call" or "\n" in self._program.text(values):
            return False  # a line break is free inside of the call only
        start, stop, step = _bounds(values)
        if (
            body is None
            or binding is None
            or (step is not None and not _is_nonzero_literal(self._program, step))
            or not all(self._is_int(node) for node in (start, stop) if node is not None)
            or not self._is_private(binding)
            or loop.start_byte not in self._outermost[binding.occurrences[0]]
            or _between(binding, values)
        ):
            return False
        for span in _between(binding, body):
            node = self._program.parsed.root.descendant_for_byte_range(span.start, span.end)
            if node is None or not is_read(node):
                return False
        return not self._program.fact(find_jumps).continuing(loop) or not any(
            part.type == "finally_clause" for part in descendants(body)
        )

    def _is_int(self, node: Node) -> bool:
        return self._program.fact(PythonValues).kind(node) == INTEGER

    def _writes_of(self, binding: Binding) -> list[Node] | None:
        key = binding.occurrences[0]
        if key not in self._writes:
            self._writes[key] = find_writes(self._program, binding)
        return self._writes[key]

    def _is_private(self, binding: Binding) -> bool:
        """Whether a local is used only in loops that set it, by nothing that runs later."""
        key = binding.occurrences[0]
        if key not in self._private:
            self._private[key] = binding.kind is BindingKind.LOCAL and self._find_private(binding)
        return self._private[key]

    def _find_private(self, binding: Binding) -> bool:
        scopes = [
            span
            for span in self._inner_scopes
            if binding.scope.start < span.start and span.end <= binding.scope.end
        ]
        rounds = sorted(
            span_of(part)
            for loop in self._loops[binding.occurrences[0]]
            for field in ("left", "body")
            if (part := loop.child_by_field_name(field)) is not None
        )
        return not _count_inside(binding.occurrences, sorted(scopes)) and _count_inside(
            binding.occurrences, rounds
        ) == len(binding.occurrences)

    def is_stop_fixed(self, loop: Node) -> bool:
        """Whether the stop is a literal, or a variable that the loop does not assign."""
        values = _header(loop)[1]
        if values.type != "call":
            return False
        stop = _bounds(values)[1]
        if is_constant(stop):
            return True
        binding = self._program.binding_of(stop) if stop.type == "identifier" else None
        assigned = None if binding is None else self._writes_of(binding)
        return assigned is not None and not any(
            _contains(span_of(loop), span_of(token)) for token in assigned
        )


def _between(binding: Binding, part: Node) -> Sequence[Span]:
    """The tokens of a binding in a part of the program."""
    first = bisect_left(binding.occurrences, (part.start_byte, 0))
    return binding.occurrences[first : bisect_left(binding.occurrences, (part.end_byte, 0))]


def _outermost(loops: Sequence[Node]) -> set[int]:
    """Where those of ``loops``, which are in source order, start that are in no other."""
    found, end = set(), 0
    for loop in loops:
        if loop.start_byte >= end:
            found.add(loop.start_byte)
            end = loop.end_byte
    return found


def _count_inside(spans: Sequence[Span], places: Sequence[Span]) -> int:
    """How many of ``spans`` lie in one of ``places``; both are sorted."""
    count = reach = index = 0
    for span in spans:
        while index < len(places) and places[index].start <= span.start:
            reach = max(reach, places[index].end)
            index += 1
        count += span.end <= reach
    return count
