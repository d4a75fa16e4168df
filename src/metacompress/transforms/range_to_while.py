"""The Python side of ``for-to-while``: loops over ``range``, tuples and lists of literals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metacompress.lang.edits import Edit, Span
from metacompress.lang.effects import is_constant
from metacompress.lang.loops import continues
from metacompress.lang.python_integers import is_builtin_call, is_certain_int, is_read, writes
from metacompress.lang.syntax import (
    COMMENTS,
    ancestors,
    descendants,
    indentation,
    is_movable,
    line_break,
    operands,
    span_of,
)
from metacompress.transforms.base import Site

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.lang.module import Module
    from metacompress.transforms.naming import FreshNames

_RANGE = frozenset({"range"})
# With one of these a program may see its own variables.
_INTROSPECTION = frozenset(
    {
        "locals",
        "vars",
        "dir",
        "eval",
        "exec",
        "inspect",
        "_getframe",
        "builtins",
        "__builtins__",
        "settrace",
    }
)
_PROTOCOL = frozenset({"iter", "next", "StopIteration"})
_INNER_SCOPES = ("function_definition", "lambda", "generator_expression", "class_definition")
_COUNTING_SHARE = 0.7


class _Plan(NamedTuple):
    """One loop.

    Attributes:
        loop: the ``for`` statement.
        colon: the end of its header.
        body: the block that is repeated.
        counts: whether a counter can do the same.
        is_stop_fixed: whether the stop of the range can be read anew each time.
    """

    loop: Node
    colon: Node
    body: Node
    counts: bool
    is_stop_fixed: bool


def range_sites(module: Module) -> Iterator[Site]:
    """Loops of a function over what a plain iterator gives, without ``else``.

    An iterator that is stepped by hand does exactly the same. What it holds must not miss it: an
    iterator of unknown type may run code when the loop ends early and it is dropped.

    A counter does the same where the bounds are certainly integers, the step is a literal, and
    nobody else sees the variable: it is only read in the body, by no function that may run later,
    and any other use is in a loop that sets it first.
    """
    if module.scopes.names & _INTROSPECTION or module.nodes("wildcard_import"):
        return
    if any(binding.name in _PROTOCOL | _RANGE for binding in module.scopes.bindings):
        return
    scopes = [span_of(node) for node in module.nodes(*_INNER_SCOPES)]
    loops = module.nodes("for_statement")
    rebinding: dict[str, list[Node]] = {}
    for loop in loops:
        target = loop.child_by_field_name("left")
        if target is not None:
            rebinding.setdefault(module.text(target), []).append(loop)
    for loop in loops:
        colon = next((child for child in loop.children if child.type == ":"), None)
        target = loop.child_by_field_name("left")
        values = loop.child_by_field_name("right")
        body = loop.child_by_field_name("body")
        if (
            colon is None
            or target is None
            or values is None
            or body is None
            or target.type != "identifier"
            or loop.children[0].type != "for"
            or loop.child_by_field_name("alternative") is not None
            or not _is_plain_iterable(module, values)
            or not is_movable(values)
            or not operands(body)
            or b"\n" not in module.source[colon.end_byte : body.start_byte]
            or any(
                child.type in COMMENTS and child.start_byte < colon.start_byte
                for child in loop.children
            )
            or not _is_in_function(loop)
        ):
            continue
        counts = _may_count(module, loop, values, rebinding[module.text(target)], scopes)
        yield Site(
            span_of(loop),
            _Plan(loop, colon, body, counts, counts and _is_stop_fixed(module, loop, values)),
        )


def rewrite_range(module: Module, site: Site, names: FreshNames, rng: Generator) -> Sequence[Edit]:
    """Count, or step an iterator."""
    plan: _Plan = site.target
    if plan.counts and rng.random() < _COUNTING_SHARE:
        return _counted(module, plan, names, rng)
    name = names.take(rng)
    if name is None:
        return []
    target, values = _header(plan.loop)
    base = indentation(module.source, plan.loop.start_byte)
    inner = _inner(module, plan)
    deeper = inner + inner[len(base) :]
    end = line_break(module.source)
    opening = (
        *(f"{name} = iter(", span_of(values), f"){end}{base}while True:{end}{inner}try:"),
        *(f"{end}{deeper}", span_of(target), f" = next({name})"),
        f"{end}{inner}except StopIteration:{end}{deeper}break",
    )
    return [Edit(plan.loop.start_byte, plan.colon.end_byte, opening)]


def _counted(module: Module, plan: _Plan, names: FreshNames, rng: Generator) -> list[Edit]:
    target, values = _header(plan.loop)
    counter = span_of(target)
    start, stop, step = _bounds(values)
    end = line_break(module.source) + indentation(module.source, plan.loop.start_byte)
    opening: list[str | Span] = [counter, " = ", span_of(start) if start else "0", end]
    limit: str | Span = span_of(stop)
    if not plan.is_stop_fixed:
        taken = names.take(rng)
        if taken is None:
            return []
        limit = taken
        opening += [f"{limit} = ", span_of(stop), end]
    is_downward = step is not None and module.text(step).lstrip("( ").startswith("-")
    opening += ["while ", counter, " > " if is_downward else " < ", limit, ":"]
    update = (counter, " += ", span_of(step) if step else "1")
    edits = [Edit(plan.loop.start_byte, plan.colon.end_byte, tuple(opening))]
    for jump in continues(module, plan.loop):
        line = module.source.rfind(b"\n", 0, jump.start_byte) + 1
        is_first = not module.source[line : jump.start_byte].strip()
        space = line_break(module.source) + indentation(module.source, jump.start_byte)
        gap = space if is_first else "; "
        edits.append(Edit(jump.start_byte, jump.start_byte, (*update, gap)))
    last = plan.body.named_children[-1].end_byte
    inner = line_break(module.source) + _inner(module, plan)
    edits.append(Edit(last, last, (inner, *update)))
    return edits


def _header(loop: Node) -> tuple[Node, Node]:
    """The variable and what it goes over."""
    _, target, _, values = loop.children[:4]
    return target, values


def _inner(module: Module, plan: _Plan) -> str:
    return indentation(module.source, operands(plan.body)[0].start_byte)


def _is_plain_iterable(module: Module, values: Node) -> bool:
    if values.type in ("tuple", "list"):
        return all(is_constant(part) for part in operands(values))
    if not is_builtin_call(module, values, _RANGE):
        return False
    arguments = values.child_by_field_name("arguments")
    return arguments is not None and 1 <= len(operands(arguments)) <= 3


def _is_in_function(node: Node) -> bool:
    for parent in ancestors(node):
        if parent.type in ("function_definition", "class_definition"):
            return parent.type == "function_definition"
    return False


def _bounds(values: Node) -> tuple[Node | None, Node, Node | None]:
    """Start, stop and step of a call of ``range``."""
    arguments = values.child_by_field_name("arguments")
    assert arguments is not None
    given = operands(arguments)
    if len(given) == 1:
        return None, given[0], None
    return given[0], given[1], given[2] if len(given) == 3 else None


def _may_count(
    module: Module,
    loop: Node,
    values: Node,
    rebinding: Sequence[Node],
    scopes: Sequence[Span],
) -> bool:
    if values.type != "call" or "\n" in module.text(values):
        return False  # a line break is free inside of the call only
    start, stop, step = _bounds(values)
    if step is not None and not _is_nonzero_literal(module, step):
        return False
    if not all(is_certain_int(module, node) for node in (start, stop) if node is not None):
        return False
    target = loop.child_by_field_name("left")
    body = loop.child_by_field_name("body")
    binding = None if target is None else module.binding_of(target)
    if target is None or body is None or binding is None or binding.kind != "local":
        return False
    others = [node for node in rebinding if node != loop and not _contains(node, loop)]
    set_first = [
        span_of(node.child_by_field_name(field) or node)
        for node in others
        for field in ("left", "body")
    ]
    inner_scopes = [
        span
        for span in scopes
        if binding.scope.start < span.start and span.end <= binding.scope.end
    ]
    for span in binding.occurrences:
        if any(scope.start <= span.start < scope.end for scope in inner_scopes):
            return False
        if body.start_byte <= span.start < body.end_byte:
            node = module.program.root.descendant_for_byte_range(span.start, span.end)
            if node is None or not is_read(node):
                return False
        elif span != span_of(target) and not any(
            part.start <= span.start < part.end for part in set_first
        ):
            return False
    return not continues(module, loop) or not any(
        part.type == "finally_clause" for part in descendants(body)
    )


def _is_nonzero_literal(module: Module, node: Node) -> bool:
    while node.type in ("unary_operator", "parenthesized_expression"):
        if node.type == "unary_operator" and node.children[0].type != "-":
            return False
        node = operands(node)[0]
    return node.type == "integer" and module.text(node).strip("0xXoObB_") != ""


def _contains(outer: Node, inner: Node) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def _is_stop_fixed(module: Module, loop: Node, values: Node) -> bool:
    """Whether the stop is a literal, or a variable that the loop does not assign."""
    stop = _bounds(values)[1]
    if is_constant(stop):
        return True
    binding = module.binding_of(stop) if stop.type == "identifier" else None
    assigned = None if binding is None else writes(module, binding)
    return assigned is not None and not any(_contains(loop, token) for token in assigned)
