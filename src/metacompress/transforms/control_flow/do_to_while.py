"""Write a ``do`` loop as a ``while`` loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from metacompress.analysis.expressions.conditions import binds_pattern
from metacompress.analysis.statements.block_ends import appended, hides_or_releases, names_of
from metacompress.analysis.statements.jumps import find_jumps
from metacompress.analysis.statements.loops import (
    BLOCKS,
    CODE,
    has_loop_directive,
    may_hide_jump,
    true_condition,
)
from metacompress.analysis.statements.nesting import Nesting
from metacompress.analysis.statements.reachability import (
    completes_normally,
    is_never_constant,
    truth_of,
)
from metacompress.analysis.types.inference import type_of
from metacompress.lang.edits import Edit, Pieces
from metacompress.lang.language import C_AND_JAVA, Language
from metacompress.lang.syntax import (
    COMMENTS,
    descendants,
    indentation,
    is_movable,
    line_break,
    operands,
    span_of,
)
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames

_FLAG_SHARE = 0.25


class _Plan(NamedTuple):
    """One loop.

    Attributes:
        loop: the ``do`` statement.
        body: what is repeated.
        condition: what is in the parentheses.
        truth: its value where that is plain to see.
        may_test: whether the test can stand at the end of the body.
        may_flag: whether a flag can let the first round in.
        may_negate: whether ``!`` means the opposite.
        is_nested: whether the test must stay outside of the body's own block.
    """

    loop: Node
    body: Node
    condition: Node
    truth: bool | None
    may_test: bool
    may_flag: bool
    may_negate: bool
    is_nested: bool


class DoToWhile(Transformation[_Plan]):
    """``do S while (c);`` becomes ``while (true) { S if (!(c)) break; }``.

    Or, in C and C++, ``{ int first = 1; while (first || (c)) { first = 0; S } }``, where no label
    lets a jump in past the flag.

    Precondition: no directive of the program is about loops. For the first form, nothing goes on
    with the loop, not even a macro, so that the test is always reached; in Java the test must be
    reachable, and the condition no constant unless it is plain to see: a loop that never ends is
    followed by nothing. The second form allows any jump; in C++ the condition is a known scalar:
    ``||`` may be overloaded.
    """

    name: ClassVar[str] = "do-to-while"
    level: ClassVar[Level] = Level.CONTROL_FLOW
    languages: ClassVar[frozenset[Language]] = C_AND_JAVA

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Plan]]:
        """See Transformation."""
        if has_loop_directive(program):
            return
        nesting = Nesting()
        for loop in program.nodes("do_statement"):
            plan = _plan(program, loop) if nesting.admits(loop) else None
            if plan is not None:
                yield Site(span_of(loop), plan)

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Plan], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        plan = site.target
        if plan.may_flag and not (plan.may_test and rng.random() >= _FLAG_SHARE):
            name = names.take(rng)
            return [] if name is None else list(_flagged(program, plan, name))
        return list(_tested(program, plan, rng))


def _plan(program: AnalysedProgram, loop: Node) -> _Plan | None:
    body, condition = loop.child_by_field_name("body"), _condition(loop)
    if body is None or condition is None:
        return None
    truth = _truth(program, condition)
    jumps = program.fact(find_jumps)
    may_test = truth is True or (
        not jumps.continuing(loop)
        and not may_hide_jump(program, loop)
        and (
            program.language is not Language.JAVA
            or _java_allows(program, loop, body, condition, truth)
        )
    )
    is_scalar = program.language is not Language.CPP or bool(type_of(program, condition))
    may_flag = program.language is not Language.JAVA and is_scalar and not jumps.may_enter(body)
    if not may_test and not may_flag:
        return None
    is_nested = hides_or_releases(program, body, names_of(program, [condition]))
    return _Plan(loop, body, condition, truth, may_test, may_flag, is_scalar, is_nested)


def _condition(loop: Node) -> Node | None:
    """What is in the parentheses, if it can stand elsewhere."""
    clause = loop.child_by_field_name("condition")
    body = loop.child_by_field_name("body")
    if clause is None or body is None or not is_movable(clause):
        return None
    parts = operands(clause)
    if len(parts) != 1 or any(part.type in CODE for part in descendants(parts[0])):
        return None
    # A comment to the line's end would swallow a brace that is put behind it.
    if any(child.type in COMMENTS or child.type.startswith("preproc") for child in loop.children):
        return None
    return parts[0]


def _truth(program: AnalysedProgram, condition: Node) -> bool | None:
    if program.language is Language.JAVA:
        return truth_of(program, condition)
    return {"1": True, "true": True, "0": False, "false": False}.get(program.text(condition))


def _java_allows(
    program: AnalysedProgram, loop: Node, body: Node, condition: Node, truth: bool | None
) -> bool:
    """Whether Java compiles the loop with its test as the last part of the body."""
    if binds_pattern(condition):
        return False
    if completes_normally(program, body) is not True:
        return False
    if truth is False or is_never_constant(program, condition):
        return True
    # What follows can be reached, or it would not compile.
    return bool(
        loop.parent is not None and loop.parent.type in BLOCKS and operands(loop.parent)[-1] != loop
    )


def _tested(program: AnalysedProgram, plan: _Plan, rng: Generator) -> Iterator[Edit]:
    """Loop forever, and leave at the end of the body."""
    loop, body = plan.loop, plan.body
    yield Edit(*span_of(loop.children[0]), f"while ({true_condition(program)})")
    yield Edit(body.end_byte, loop.end_byte, "")
    if plan.truth is True:
        # Without braces an ``else`` further on might belong to the body.
        if body.type not in BLOCKS:
            yield Edit(body.start_byte, body.start_byte, "{ ")
            yield Edit(body.end_byte, body.end_byte, " }")
        return
    condition = span_of(plan.condition)
    if plan.truth is False:
        test: Pieces = ("break;",)
    elif plan.may_negate and rng.random() < 0.8:
        test = ("if (!(", condition, ")) break;")
    else:
        test = ("if (", condition, ") {} else break;")
    start = loop.children[0].end_byte
    yield from appended(program, body, test, start=start, in_block=not plan.is_nested)


def _flagged(program: AnalysedProgram, plan: _Plan, name: str) -> Iterator[Edit]:
    """Let the first round in by a flag."""
    loop, body = plan.loop, plan.body
    kind, on, off = (
        ("int", "1", "0") if program.language is Language.C else ("bool", "true", "false")
    )
    base = indentation(program.source, loop.start_byte)
    is_long = b"\n" in program.source[loop.start_byte : loop.end_byte]
    gap = line_break(program.source) + base if is_long else " "
    opening = f"{{ {kind} {name} = {on};{gap}while ({name} || ("
    yield Edit(
        *span_of(loop.children[0]),
        (opening, span_of(plan.condition), f")) {{ {name} = {off};"),
    )
    yield Edit(body.end_byte, loop.end_byte, f" }}{gap}}}")
