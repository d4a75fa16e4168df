"""Write a conditional expression as an ``if`` with an ``else``."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from metacompress.analysis.expressions.conditions import unwrapped
from metacompress.analysis.expressions.effects import may_exchange
from metacompress.analysis.expressions.loose_macros import has_loose_macro
from metacompress.analysis.expressions.opaque import OpaqueText
from metacompress.analysis.expressions.python_reads import plain_assignment
from metacompress.analysis.statements.blocks import starts_its_line
from metacompress.analysis.statements.branch_conversions import (
    Choice,
    Target,
    assigned_target,
    converts_alike,
    returned_target,
)
from metacompress.analysis.statements.declarations import read_declaration
from metacompress.analysis.types.inference import operator_of
from metacompress.analysis.types.scalars import c_type
from metacompress.lang.edits import Edit, Pieces, Span
from metacompress.lang.language import C_JAVA_PYTHON, Language
from metacompress.lang.syntax import (
    OWNERS,
    descendants,
    indentation,
    is_movable,
    line_break,
    operands,
    out_of_brackets,
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

_CHOICES = ("conditional_expression", "ternary_expression")
_DECLARATIONS = ("declaration", "local_variable_declaration")
_BLOCKS = frozenset(
    """
    compound_statement block constructor_body case_statement switch_block_statement_group module
    """.split()
)
_OWNERS = OWNERS | {"labeled_statement"}
# A target that holds one of these has names or effects of its own.
_COMPLEX = frozenset(
    """
    lambda lambda_expression compound_statement class_body named_expression list_comprehension
    set_comprehension dictionary_comprehension generator_expression
    """.split()
)


class _Plan(NamedTuple):
    statement: Node
    choice: Choice
    # What is written before and after each branch, for example ``x = `` and ``;``.
    opening: Pieces
    # A declaration without its value, that comes first.
    declaration: Pieces


class TernaryToIf(Transformation[_Plan]):
    """``x = c ? a : b;`` becomes ``if (c) x = a; else x = b;``, and so does ``return``.

    ``T x = c ? a : b;`` becomes ``T x;`` and such an ``if``. Precondition: the choice is all that
    is assigned or returned, its own conversion of ``a`` and ``b`` to one type makes no difference
    (``branch_conversions``), and the target may be evaluated after the condition. What is declared
    is a variable of a scalar, of a pointer or (in Java) of any type, neither static nor constant.
    In Python a target is evaluated last in any case, and the statement has lines of its own.
    """

    name: ClassVar[str] = "ternary-to-if"
    level: ClassVar[Level] = Level.CONTROL_FLOW
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Plan]]:
        """See Transformation."""
        opaque = program.fact(OpaqueText)
        is_python = program.language is Language.PYTHON
        find = _python_plan if is_python else _plan
        for node in program.nodes("return_statement", "expression_statement", *_DECLARATIONS):
            plan = find(program, node)
            if (
                plan is not None
                and is_movable(node)
                and _is_placed(program, node)
                and (is_python or not opaque.covers(node))
            ):
                yield Site(span_of(node), plan)

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Plan], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        write = _python_lines if program.language is Language.PYTHON else _lines
        style = int(rng.integers(3))
        pieces = [piece for line in write(program, site.target, style) for piece in line]
        return [Edit(*site.span, tuple(pieces))]


def _is_placed(program: AnalysedProgram, statement: Node) -> bool:
    """Whether an ``if`` may stand in the place of ``statement``."""
    parent = statement.parent
    if parent is None or parent.type not in _BLOCKS | _OWNERS:
        return False
    if program.language is Language.PYTHON:
        end = program.source.find(b"\n", statement.end_byte)
        rest = program.source[statement.end_byte : end if end >= 0 else None].strip()
        return starts_its_line(program.source, statement) and (not rest or rest.startswith(b"#"))
    if statement.type in _DECLARATIONS and parent.type not in _BLOCKS:
        return False
    # The last statement of a block in parentheses is its value.
    outer = parent.parent
    return outer is None or outer.type not in ("parenthesized_expression", "argument_list")


def _choice(value: Node | None) -> Choice | None:
    """The condition and the branches of a conditional expression, perhaps in parentheses."""
    node = None if value is None else unwrapped(value)
    parts = [] if node is None or node.type not in _CHOICES else operands(node)
    if len(parts) != 3 or node is None:
        return None
    if node.child_by_field_name("condition") is None:
        return Choice(parts[1], parts[0], parts[2])
    return Choice(*parts)


def _plan(program: AnalysedProgram, statement: Node) -> _Plan | None:
    if statement.type in _DECLARATIONS:
        return _declaration_plan(program, statement)
    parts = operands(statement)
    node = parts[0] if parts else None
    if statement.type == "return_statement":
        choice = _choice(node)
        target = None if choice is None else returned_target(program, statement)
        if choice is None or target is None or not _is_certain(program, choice, target):
            return None
        return _Plan(statement, choice, ("return ",), ())
    if node is None or node.type != "assignment_expression" or operator_of(program, node) != "=":
        return None
    left = node.child_by_field_name("left")
    choice = _choice(node.child_by_field_name("right"))
    if left is None or choice is None or not _may_follow(program, left, choice.condition):
        return None
    if not _is_certain(program, choice, assigned_target(program, left)):
        return None
    return _Plan(statement, choice, (span_of(left), " = "), ())


def _declaration_plan(program: AnalysedProgram, statement: Node) -> _Plan | None:
    if not any(part.type in _CHOICES for part in descendants(statement)):
        return None
    declaration = read_declaration(program, statement)
    if declaration is None or len(declaration.declarators) != 1:
        return None
    (declarator,) = declaration.declarators
    choice = _choice(declarator.value)
    if choice is None or declarator.value is None:
        return None
    if program.language is Language.JAVA:
        if declaration.words or program.text(declaration.type) == "var":
            return None
    elif not _may_assign(program, statement, declarator.shapes) or (
        declaration.words - ({"const"} if declarator.shapes else set())
    ):
        return None
    if not _is_certain(program, choice, assigned_target(program, declarator.name)):
        return None
    end = max(
        child.end_byte
        for child in (declarator.node.children or [declarator.node])
        if child.end_byte <= declarator.value.start_byte and child.type != "="
    )
    head = (Span(statement.start_byte, end), ";")
    return _Plan(statement, choice, (span_of(declarator.name), " = "), head)


def _may_assign(program: AnalysedProgram, statement: Node, shapes: tuple[str, ...]) -> bool:
    """Whether a declared variable of C or C++ may be given its value later."""
    if shapes:
        return set(shapes) == {"pointer_declarator"} and not any(
            part.type.endswith(("qualifier", "modifier"))
            for node in descendants(statement)
            if node.type == "pointer_declarator"
            for part in node.children
        )
    kind = statement.child_by_field_name("type")
    return kind is not None and c_type(program.text(kind)) is not None


def _may_follow(program: AnalysedProgram, target: Node, condition: Node) -> bool:
    """Whether evaluating the parts of ``target`` after ``condition`` makes no difference."""
    if any(part.type in _COMPLEX for part in descendants(target)):
        return False
    if has_loose_macro(program, target):
        return False
    if target.type == "identifier":
        return True
    parts = operands(target)
    if target.type in ("field_expression", "field_access"):
        parts = parts[:1]
    return all(part.type == "this" or may_exchange(program, part, condition) for part in parts)


def _is_certain(program: AnalysedProgram, choice: Choice, target: Target) -> bool:
    # A macro with a comma, say, would not end where it seems to; the middle is as in parentheses.
    if any(has_loose_macro(program, part) for part in (choice.condition, choice.second)):
        return False
    return converts_alike(program, choice, target)


def _unit(indent: str) -> str:
    return "\t" if "\t" in indent else "    "


def _lines(program: AnalysedProgram, plan: _Plan, style: int) -> Iterator[Pieces]:
    """An ``if`` in braces, one without, or a ``return`` without ``else``."""
    statement, choice = plan.statement, plan.choice
    source = program.source
    parent = statement.parent
    is_wrapped = parent is None or parent.type not in _BLOCKS
    outer, inner = " ", " "
    if starts_its_line(source, statement) and not is_wrapped:
        indent = indentation(source, statement.start_byte)
        outer = line_break(source) + indent
        inner = outer + _unit(indent)
    condition, first, second = choice
    test: Pieces = (span_of(condition),)
    if condition.type != "parenthesized_expression":
        test = ("(", *test, ")")
    value: Pieces = (span_of(first),)
    if first.type == "comma_expression" or has_loose_macro(program, first):
        value = ("(", *value, ")")
    is_return = statement.type == "return_statement"
    has_braces = style > 0
    opening, closing = (f" {{{inner}", f"{outer}}}") if has_braces else (inner, "")
    if is_wrapped:
        yield ("{ ",)
    if plan.declaration:
        yield (*plan.declaration, outer)
    yield ("if ", *test, opening, *plan.opening, *value, ";", closing)
    if style == 2 and is_return:
        yield (outer, *plan.opening, span_of(second), ";")
    else:
        gap = " " if has_braces else outer
        yield (f"{gap}else{opening}", *plan.opening, span_of(second), ";", closing)
    if is_wrapped:
        yield (" }",)


def _python_plan(program: AnalysedProgram, statement: Node) -> _Plan | None:
    parts = operands(statement)
    if len(parts) != 1 or statement.type not in ("return_statement", "expression_statement"):
        return None
    if statement.type == "return_statement":
        choice = _choice(parts[0])
        return None if choice is None else _Plan(statement, choice, ("return ",), ())
    found = plain_assignment(statement)
    choice = None if found is None else _choice(found[1])
    if found is None or choice is None or any(p.type in _COMPLEX for p in descendants(found[0])):
        return None
    return _Plan(statement, choice, (span_of(found[0]), " = "), ())


def _python_lines(program: AnalysedProgram, plan: _Plan, style: int) -> Iterator[Pieces]:
    statement = plan.statement
    indent = indentation(program.source, statement.start_byte)
    outer = line_break(program.source) + indent
    inner = outer + _unit(indent)
    condition, first, second = (out_of_brackets(part) for part in plan.choice)
    yield ("if ", *condition, ":", inner, *plan.opening, *first, outer)
    if style == 2 and statement.type == "return_statement":
        yield (*plan.opening, *second)
    else:
        yield ("else:", inner, *plan.opening, *second)
