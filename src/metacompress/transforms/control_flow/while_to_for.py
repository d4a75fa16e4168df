"""Write a ``while`` loop as a ``for`` loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from metacompress.analysis.macros import has_macro
from metacompress.analysis.statements.block_ends import (
    is_hidden,
    last_statement,
    may_release,
    names_of,
)
from metacompress.analysis.statements.extents import Extents, declared_names
from metacompress.analysis.statements.jumps import find_jumps
from metacompress.analysis.statements.loops import (
    BLOCKS,
    DECLARATIONS,
    may_hide_jump,
    true_condition,
)
from metacompress.analysis.types.declared import declared_type
from metacompress.analysis.types.inference import type_of
from metacompress.analysis.variables.exposure import find_exposed
from metacompress.lang.edits import Edit, Span
from metacompress.lang.language import C_AND_JAVA, JS_FAMILY, Language
from metacompress.lang.syntax import COMMENTS, descendants, is_movable, operands, span_of
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames

_UPDATES = frozenset({"assignment_expression", "update_expression"})
_SPECIFIERS = frozenset({"primitive_type", "sized_type_specifier", "type_identifier"})
_ABSORBING_SHARE = 0.75


class _Plan(NamedTuple):
    """One loop.

    Attributes:
        loop: the ``while`` statement.
        closing: where its header ends.
        condition: what is in its parentheses.
        init: the statement before the loop that can become part of it, if any.
        update: the last statement of the body that can, if any.
    """

    loop: Node
    closing: int
    condition: Node
    init: Node | None
    update: Node | None


class WhileToFor(Transformation[_Plan]):
    """``while (c) S`` becomes ``for (; c; ) S``.

    An assignment or declaration right before the loop may become its start, and an assignment at
    the end of the body its update.

    Precondition: the condition holds no declaration, comment or directive. An update is taken from
    the body only where nothing goes on with the loop before it, not even a macro, where it uses no
    name of the body, and where the body destroys nothing. A declaration is taken in only where its
    names are used in the loop alone, by value; in C, moreover, the program shows elsewhere that a
    ``for`` may declare. In JavaScript, whose loops make new variables in each round, nothing is
    taken in.
    """

    name: ClassVar[str] = "while-to-for"
    level: ClassVar[Level] = Level.CONTROL_FLOW
    languages: ClassVar[frozenset[Language]] = C_AND_JAVA | {Language.JAVASCRIPT}

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Plan]]:
        """See Transformation."""
        neighbours = _Neighbours(program)
        for loop in program.nodes("while_statement"):
            clause = loop.child_by_field_name("condition")
            condition = None if clause is None else _condition(loop, clause)
            body = loop.child_by_field_name("body")
            if clause is None or condition is None or body is None:
                continue
            init = update = None
            if program.language not in JS_FAMILY:
                init = neighbours.init_of(loop, condition)
                update = _update_of(program, loop, condition, body)
            start = loop.start_byte if init is None else init.start_byte
            yield Site(
                Span(start, loop.end_byte), _Plan(loop, clause.end_byte, condition, init, update)
            )

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Plan], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        plan = site.target
        loop, condition, init, update = plan.loop, plan.condition, plan.init, plan.update
        if rng.random() >= _ABSORBING_SHARE:
            init = None
        if rng.random() >= _ABSORBING_SHARE:
            update = None
        opening: list[str | Span] = ["for ("]
        edits: list[Edit] = []
        if init is not None:
            opening.append(span_of(init))
            edits.append(Edit(*_with_space_after(program, init), ""))
        else:
            opening.append(";")
        if program.text(condition) == true_condition(program) and rng.random() < 0.5:
            opening.append(";")
        else:
            opening += [" ", span_of(condition), ";"]
        if update is not None:
            opening += [" ", span_of(operands(update)[0])]
            edits.append(Edit(*_with_space_before(program, update), ""))
        opening.append(")")
        return [*edits, Edit(loop.start_byte, plan.closing, tuple(opening))]


def _condition(loop: Node, clause: Node) -> Node | None:
    """What is in the parentheses, if it can stand in a ``for`` as it is."""
    if not is_movable(clause):
        return None
    parts = operands(clause)
    if len(parts) != 1 or parts[0].type == "declaration" or parts[0].has_error:
        return None
    header = [child for child in loop.children if child.end_byte <= clause.end_byte]
    if any(child.type in COMMENTS or child.type.startswith("preproc") for child in header):
        return None
    return parts[0]


def _update_of(program: AnalysedProgram, loop: Node, condition: Node, body: Node) -> Node | None:
    """The last statement of the body, where it is an update of what the condition reads."""
    last = last_statement(body)
    if last is None or last.type != "expression_statement" or not is_movable(last):
        return None
    parts = operands(last)
    if len(parts) != 1 or parts[0].type not in _UPDATES or len(operands(body)) < 2:
        return None
    target = parts[0].child_by_field_name("left") or operands(parts[0])[0]
    names = names_of(program, [last])
    if (
        not names_of(program, [target]) & names_of(program, [condition])
        or is_hidden(program, names, span_of(body), last.start_byte)
        or program.fact(find_jumps).continuing(loop)
        or may_hide_jump(program, loop)
        or may_release(program, body)
        # A macro may bring a semicolon, which no header bears.
        or has_macro(program, last)
    ):
        return None
    return last


def _with_space_after(program: AnalysedProgram, node: Node) -> Span:
    """A statement with the white space up to what follows it."""
    end = node.end_byte
    while program.source[end : end + 1].isspace():
        end += 1
    return Span(node.start_byte, end)


def _with_space_before(program: AnalysedProgram, node: Node) -> Span:
    """A statement with its line, where it has that to itself, or the space before it."""
    line = program.source.rfind(b"\n", 0, node.start_byte) + 1
    end = program.source.find(b"\n", node.end_byte)
    if (
        line
        and end > 0
        and not program.source[line : node.start_byte].strip()
        and not program.source[node.end_byte : end].strip()
    ):
        return Span(line, end + 1)
    start = node.start_byte
    if program.source[line:start].strip():
        while program.source[start - 1 : start] in (b" ", b"\t"):
            start -= 1
    return Span(start, node.end_byte)


class _Neighbours:
    """Finds statements before loops that the loops can take in."""

    def __init__(self, program: AnalysedProgram) -> None:
        self._program = program
        self._extents = Extents(program)
        self._exposed = program.fact(find_exposed) if program.language is Language.C else set()
        self._declares_in_for = program.language is not Language.C or any(
            child.type == "declaration"
            for loop in program.nodes("for_statement")
            for child in loop.children_by_field_name("initializer")
        )

    def init_of(self, loop: Node, condition: Node) -> Node | None:
        """The statement before ``loop``, where it sets what the condition reads."""
        statement = loop.prev_sibling
        while statement is not None and statement.type in COMMENTS:
            statement = statement.prev_sibling
        block = loop.parent
        if statement is None or block is None or not statement.is_named:
            return None
        if not is_movable(statement) or has_macro(self._program, statement):
            return None
        if statement.type == "expression_statement":
            if block.type not in BLOCKS | {"case_statement", "switch_block_statement_group"}:
                return None
            parts = operands(statement)
            if len(parts) != 1 or parts[0].type != "assignment_expression":
                return None
            target = parts[0].child_by_field_name("left")
            known = names_of(self._program, [condition])
            if target is None or not names_of(self._program, [target]) & known:
                return None
            return statement
        if statement.type not in DECLARATIONS or not self._may_take_in(statement, loop, block):
            return None
        known = names_of(self._program, [condition])
        return statement if known & set(declared_names(self._program, statement)) else None

    def _may_take_in(self, declaration: Node, loop: Node, block: Node) -> bool:
        within = Span(declaration.start_byte, loop.end_byte)
        declarators = declaration.children_by_field_name("declarator")
        if not self._declares_in_for or any(
            declarator.child_by_field_name("value") is None for declarator in declarators
        ):
            return False
        if not self._extents.may_rescope(declaration, within, block):
            return False
        if self._program.language is Language.JAVA:
            return True
        specifier = declaration.child_by_field_name("type")
        return (
            specifier is not None
            and specifier.type in _SPECIFIERS
            and not any(c.type == "storage_class_specifier" for c in declaration.children)
            and all(self._is_used_by_value(d, loop) for d in declarators)
        )

    def _is_used_by_value(self, declarator: Node, loop: Node) -> bool:
        """Whether no pointer or reference to a variable can outlive the loop."""
        name: Node | None = declarator
        while name is not None and name.type in ("init_declarator", "pointer_declarator"):
            name = name.child_by_field_name("declarator")
        if name is None or name.type != "identifier":
            return False
        binding = self._program.binding_of(name)
        if binding is None or declared_type(self._program, binding) is None:
            return False
        if self._program.language is Language.C:
            return binding.occurrences[0] not in self._exposed
        offsets = {span.start for span in binding.occurrences}
        return all(
            _is_by_value(self._program, part)
            for part in descendants(loop)
            if part.type == "identifier" and part.start_byte in offsets
        )


def _is_by_value(program: AnalysedProgram, identifier: Node) -> bool:
    """Whether a scalar of C++ is read or written where no reference to it can be kept."""
    parent = identifier.parent
    if parent is None or parent.parent is None:
        return False
    is_statement = parent.parent.type == "expression_statement"
    if parent.type == "condition_clause":
        return True
    if parent.type == "binary_expression":
        return type_of(program, parent) is not None
    if parent.type == "update_expression":
        return is_statement or parent.children[0] == identifier
    if parent.type == "assignment_expression":
        is_target = parent.child_by_field_name("left") == identifier
        return is_statement if is_target else type_of(program, parent) is not None
    if parent.type == "subscript_argument_list":
        array = parent.parent.child_by_field_name("argument")
        return array is not None and type_of(program, array) is not None
    return False
