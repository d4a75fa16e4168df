"""Write a comprehension of Python as a loop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from metacompress.analysis.expressions.comprehensions import (
    Comprehension,
    collector_of,
    collects,
    is_builtin_name,
    led_statement,
    raises_no_stop,
    read_comprehension,
)
from metacompress.analysis.expressions.effects import is_constant
from metacompress.analysis.statements.blocks import starts_its_line
from metacompress.analysis.statements.enclosing import is_in_function
from metacompress.analysis.types.inference import type_of
from metacompress.analysis.types.scalars import INTEGER
from metacompress.analysis.variables.dialects import is_python_2, sees_variables
from metacompress.lang.edits import Edit, Pieces, Span
from metacompress.lang.language import Language
from metacompress.lang.syntax import (
    descendants,
    indentation,
    indentation_unit,
    is_movable,
    line_break,
    operands,
    span_of,
)
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding
    from metacompress.transforms.naming import FreshNames

_AT_END = re.compile(rb"[ \t]*(?:#|\r?\n|\Z)")
_EMPTY = {
    "list_comprehension": "[]",
    "set_comprehension": "set()",
    "dictionary_comprehension": "{}",
    "generator_expression": "[]",
    "any": "False",
    "all": "True",
    "sum": "0",
}


class _Loop(NamedTuple):
    """A comprehension and the statement that it leads.

    Attributes:
        comprehension: the parts.
        kind: what the loop collects: a type of node, or the function that a generator is for.
        whole: what the collected value stands for: the comprehension, or the call around it.
        statement: what evaluates it before all else.
    """

    comprehension: Comprehension
    kind: str
    whole: Node
    statement: Node


class ComprehensionToLoop(Transformation[_Loop]):
    """``x = [e for v in it if c]`` becomes a loop that appends to a fresh list, then ``x = list``.

    Precondition: the statement, in a function, evaluates the comprehension before anything else,
    and always. Nothing inside keeps or sees its scope: lambdas, generators that are read later,
    walrus, ``await``, ``super``, ``locals``. Of a dictionary, a key or value is a variable of the
    comprehension or a literal: a loop evaluates them in the other order. A generator is the
    argument of ``any``, ``all``, or of what collects all of it at once, and raises no
    StopIteration, which it would report as another error. Python 2 is left alone: its
    comprehensions have no scope.
    """

    name: ClassVar[str] = "comprehension-to-loop"
    level: ClassVar[Level] = Level.CONTROL_FLOW
    languages: ClassVar[frozenset[Language]] = frozenset({Language.PYTHON})
    # The variables get new names.
    may_drop: ClassVar[bool] = True

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Loop]]:
        """See Transformation."""
        if sees_variables(program) or is_python_2(program):
            return
        for node in program.nodes(
            "list_comprehension",
            "set_comprehension",
            "dictionary_comprehension",
            "generator_expression",
        ):
            loop = _loop(program, node)
            if loop is not None:
                # The statement is found again by its start.
                yield Site(Span(loop.statement.start_byte, loop.whole.end_byte), loop)

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Loop], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        loop = site.target
        renamed: dict[int, str] = {}
        for variable in loop.comprehension.variables:
            if variable.fixed is not None or (_is_free(program, variable) and rng.random() < 0.5):
                continue
            name = names.take(rng)
            if name is None:
                return []
            renamed |= {span.start: name for span in variable.occurrences}
        value = names.take(rng)
        if value is None:
            return []
        start = loop.statement.start_byte
        indent = indentation(program.source, start)
        unit = indentation_unit(indent)
        pieces: list[str | Span] = []
        for number, (depth, line) in enumerate(_lines(program, loop, value, renamed)):
            pieces += [(indent if number else "") + unit * depth, *line, line_break(program.source)]
        # A generator that is the only argument has the parentheses of the call.
        outer = loop.whole.parent
        is_arguments = outer is not None and outer.child_by_field_name("arguments") == loop.whole
        # The text stands where the statement was, which moves to a line of its own.
        return [
            Edit(start, start, (*pieces, indent)),
            Edit(*span_of(loop.whole), f"({value})" if is_arguments else value),
        ]


def _loop(program: AnalysedProgram, node: Node) -> _Loop | None:
    whole, kind = node, node.type
    if kind == "generator_expression":
        call = collector_of(program, node)
        if call is None:
            return None
        callee = program.text(call.children[0])
        if callee in ("any", "all", "sum"):
            whole, kind = call, callee
        elif not collects(program, call):
            return None
    statement = led_statement(program, whole)
    if (
        statement is None
        or not _is_alone_on_its_lines(program, statement)
        or not is_movable(node)
        or not is_in_function(statement)
    ):
        return None
    comprehension = read_comprehension(program, node)
    if comprehension is None or not _fits(program, comprehension, kind):
        return None
    return _Loop(comprehension, kind, whole, statement)


def _is_alone_on_its_lines(program: AnalysedProgram, statement: Node) -> bool:
    parent = statement.parent
    return (
        parent is not None
        and parent.type == "block"
        and starts_its_line(program.source, statement)
        and (
            statement.type in ("if_statement", "for_statement")
            or _AT_END.match(program.source, statement.end_byte) is not None
        )
    )


def _fits(program: AnalysedProgram, comprehension: Comprehension, kind: str) -> bool:
    """Whether a loop of this kind does what the comprehension does, in the same order."""
    if any(
        variable.fixed is not None and not _is_free(program, variable)
        for variable in comprehension.variables
    ):
        return False
    if comprehension.node.type == "generator_expression" and not raises_no_stop(
        program, comprehension
    ):
        return False
    if kind in ("any", "all"):
        # One jump leaves one loop.
        return [clause.type for clause in comprehension.clauses].count("for_in_clause") == 1
    if kind == "sum":
        element = type_of(program, comprehension.elements[0])
        return element is not None and element.kind == INTEGER
    if kind == "set_comprehension":
        return is_builtin_name(program, "set")
    if kind == "dictionary_comprehension":
        starts = {v.start for b in comprehension.variables for v in b.occurrences}
        return any(
            element.start_byte in starts if element.type == "identifier" else is_constant(element)
            for element in comprehension.elements
        )
    return True


def _is_free(program: AnalysedProgram, variable: Binding) -> bool:
    """Whether nothing else in the program has the variable's name."""
    name = re.escape(variable.name.encode())
    return len(re.findall(rb"\b" + name + rb"\b", program.source)) == len(variable.occurrences)


def _lines(
    program: AnalysedProgram, loop: _Loop, value: str, renamed: Mapping[int, str]
) -> Iterator[tuple[int, Pieces]]:
    """The lines of the loop, each with its depth."""

    def copied(node: Node) -> Pieces:
        return _copied(program, node, renamed)

    yield 0, (f"{value} = {_EMPTY[loop.kind]}",)
    depth = 0
    for clause in loop.comprehension.clauses:
        if clause.type == "for_in_clause":
            target, source = operands(clause)
            yield depth, ("for ", *copied(target), " in ", *_on_a_line(copied(source), source), ":")
        else:
            (condition,) = operands(clause)
            yield depth, ("if ", *_on_a_line(copied(condition), condition), ":")
        depth += 1
    first, *others = loop.comprehension.elements
    if loop.kind in ("any", "all"):
        opening = "if " if loop.kind == "any" else "if not "
        inner = copied(first)
        test = _on_a_line(inner, first) if loop.kind == "any" else ("(", *inner, ")")
        yield depth, (opening, *test, ":")
        yield depth + 1, (f"{value} = {loop.kind == 'any'}",)
        yield depth + 1, ("break",)
    elif loop.kind == "sum":
        yield depth, (f"{value} += ", *_on_a_line(copied(first), first))
    elif loop.kind == "dictionary_comprehension":
        yield (
            depth,
            (f"{value}[", *copied(first), "] = ", *_on_a_line(copied(others[0]), others[0])),
        )
    else:
        method = "add" if loop.kind == "set_comprehension" else "append"
        yield depth, (f"{value}.{method}(", *copied(first), ")")


def _on_a_line(pieces: Pieces, node: Node) -> Pieces:
    """What stood in brackets, in brackets if it has line breaks."""
    return ("(", *pieces, ")") if node.start_point[0] != node.end_point[0] else pieces


def _copied(program: AnalysedProgram, node: Node, renamed: Mapping[int, str]) -> Pieces:
    """A node's text, with the new names of variables, and without the line breaks in brackets.

    The loop's lines are deeper, and the grammar trips over brackets that stay behind.
    """
    pieces: list[str | Span] = []
    position = last = node.start_byte
    for part in _tokens(node):
        if b"\n" in program.source[last : part.start_byte]:
            pieces += [Span(position, last), " "]
            position = part.start_byte
        if part.type == "identifier" and part.start_byte in renamed:
            pieces += [Span(position, part.start_byte), renamed[part.start_byte]]
            position = part.end_byte
        last = max(last, part.end_byte)
    return (*pieces, Span(position, node.end_byte))


def _tokens(node: Node) -> Iterator[Node]:
    """Strings, the names and texts in them, and every other token; not the ends of lines."""
    end = node.start_byte
    for part in descendants(node):
        is_inside = part.start_byte < end
        if part.type == "string":
            end = max(end, part.end_byte)
        elif part.child_count or part.type == "line_continuation":
            continue
        if not is_inside or part.type == "identifier":
            yield part
