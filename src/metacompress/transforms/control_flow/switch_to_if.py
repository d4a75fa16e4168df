"""Write a ``switch`` as a chain of ``if`` and ``else``."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from metacompress.analysis.expressions.effects import is_quiet, operand
from metacompress.analysis.expressions.loose_macros import has_loose_macro
from metacompress.analysis.expressions.opaque import OpaqueText
from metacompress.analysis.statements.blocks import separator
from metacompress.analysis.statements.nesting import Nesting
from metacompress.analysis.statements.switches import Group, Switch, read_switch
from metacompress.analysis.types.inference import type_of
from metacompress.analysis.types.scalars import INT, INTEGER, promoted
from metacompress.lang.edits import Edit, Pieces, Span
from metacompress.lang.language import C_AND_JAVA, Language
from metacompress.lang.syntax import (
    OWNERS,
    SWITCHES,
    descendants,
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

_BLOCK_PARENTS = frozenset(
    "compound_statement block constructor_body case_statement switch_block_statement_group".split()
)
# Elsewhere a switch of Java is an expression.
_STATEMENT_PARENTS = _BLOCK_PARENTS | OWNERS | {"labeled_statement"}
_JAVA_VALUES = frozenset(
    """
    identifier field_access decimal_integer_literal hex_integer_literal octal_integer_literal
    binary_integer_literal character_literal parenthesized_expression unary_expression
    binary_expression
    """.split()
)
_LONG_TYPES = frozenset({"long", "unsigned long", "long long", "unsigned long long"})


class _Plan(NamedTuple):
    node: Node
    switch: Switch
    # The type of a variable for the subject; None where the subject is compared itself.
    variable: str | None


class SwitchToIf(Transformation[_Plan]):
    """``switch (x) { case 1: A break; default: B }`` becomes ``if (x == 1) { A } else { B }``.

    Precondition: nothing falls through, ``default`` is last or absent, no group uses what another
    declares, and no macro may hide a ``break``. The subject is evaluated once: it is compared
    once, is a local variable, or gets a variable of its known type. A label is converted to the
    subject's type, but both sides of ``==`` to a common one: in C and C++ a label that is not
    certainly an ``int`` is cast as ``switch`` would. In Java the labels are certainly numbers:
    names alone may be of an ``enum``, and strings are compared otherwise.
    """

    name: ClassVar[str] = "switch-to-if"
    level: ClassVar[Level] = Level.CONTROL_FLOW
    languages: ClassVar[frozenset[Language]] = C_AND_JAVA

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Plan]]:
        """See Transformation."""
        opaque, nesting = program.fact(OpaqueText), Nesting()
        for node in program.nodes(*SWITCHES):
            parent = node.parent
            if parent is None or parent.type not in _STATEMENT_PARENTS:
                continue
            if opaque.covers(node.children[0]) or not nesting.admits(node):
                continue
            switch = read_switch(program, node)
            if switch is None or not _is_certain(program, switch):
                continue
            variable = _variable(program, switch)
            if variable is not None:
                yield Site(span_of(node), _Plan(node, switch, variable or None))

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Plan], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        plan = site.target
        subject: Pieces = _grouped(program, plan.switch.subject)
        name = None if plan.variable is None else names.take(rng)
        if plan.variable is not None:
            if name is None:
                return []
            subject = (name,)
        return list(_edits(program, plan, subject, name))


def _is_certain(program: AnalysedProgram, switch: Switch) -> bool:
    """Whether comparing with each label is the same as jumping to it."""
    groups = switch.groups
    values = [value for group in groups for value in group.values]
    if not _tested(switch) or any(group.is_default for group in groups[:-1]):
        return False
    if groups[-1].is_default and any(
        part.type == "identifier" for value in groups[-1].values for part in descendants(value)
    ):
        return False  # the name would be gone
    kind = type_of(program, switch.subject)
    is_integer = kind is not None and kind.kind == INTEGER
    if program.language is Language.JAVA:
        kinds = [type_of(program, value) for value in values]
        return all(value.type in _JAVA_VALUES for value in values) and (
            is_integer or any(one is not None and one.kind == INTEGER for one in kinds)
        )
    if program.language is Language.CPP and not is_integer:
        return False
    return is_integer or all(_is_int(program, value) for value in values)


def _is_int(program: AnalysedProgram, value: Node) -> bool:
    """Whether a label is certainly an ``int``, perhaps after promotion."""
    kind = type_of(program, value)
    return kind is not None and promoted(kind, program.language) == INT


def _tested(switch: Switch) -> list[Node]:
    """The labels that are compared: ``default`` needs no comparison."""
    return [v for group in switch.groups if not group.is_default for v in group.values]


def _variable(program: AnalysedProgram, switch: Switch) -> str | None:
    """The type of the variable that the subject needs; empty if none, None if it is unclear."""
    subject = switch.subject
    is_plain = subject.type == "identifier" and is_quiet(program, subject)
    if is_plain or len(_tested(switch)) == 1:
        return ""
    if program.language is Language.JAVA:
        return "int"  # whatever may be switched on, and is no enum and no string, becomes one
    kind = type_of(program, subject)
    return None if kind is None or has_loose_macro(program, subject) else kind.name


def _grouped(program: AnalysedProgram, node: Node) -> Pieces:
    return ("(", span_of(node), ")") if has_loose_macro(program, node) else operand(node)


def _comparison(program: AnalysedProgram, switch: Switch, subject: Pieces, value: Node) -> Pieces:
    kind = type_of(program, switch.subject)
    label = _grouped(program, value)
    if program.language is not Language.JAVA and kind is not None and not _is_int(program, value):
        target = promoted(kind, program.language).name
        if target not in _LONG_TYPES:
            label = (f"({target}) ", *label)
    return (*subject, " == ", *label)


def _edits(
    program: AnalysedProgram, plan: _Plan, subject: Pieces, name: str | None
) -> Iterator[Edit]:
    node, switch = plan.node, plan.switch
    source = program.source
    parent = node.parent
    is_block = parent is not None and parent.type in _BLOCK_PARENTS
    # A jump of C++ may not pass the variable's initialisation.
    is_wrapped = not is_block or (name is not None and program.language is not Language.JAVA)
    opening: list[str | Span] = ["{ "] if is_wrapped else []
    if name is not None:
        parted = separator(program, node)
        opening += [f"{plan.variable} {name} = ", span_of(switch.subject), f";{parted}"]
    first = switch.groups[0].labels[0].span.start
    start = switch.body.start_byte + 1
    yield Edit(node.start_byte, _skip(source, start, first), tuple(opening))
    before = ""
    for group in switch.groups:
        yield from _head(program, switch, group, subject, before)
        if group.leaving is not None:
            yield _without(source, group.leaving)
        before = "" if group.is_block else "} "
    end = switch.body.end_byte
    yield Edit(end - 1, end, before.strip() + (" }" if is_wrapped else ""))


def _head(
    program: AnalysedProgram,
    switch: Switch,
    group: Group,
    subject: Pieces,
    before: str,
) -> Iterator[Edit]:
    """The labels of a group as a condition, each in its place, so that comments stay."""
    is_first = group is switch.groups[0]
    brace = "" if group.is_block else " {"
    word = before if is_first else f"{before}else"
    labels = group.labels
    for number, label in enumerate(labels):
        pieces: list[str | Span] = []
        if number == 0:
            pieces.append(word if group.is_default else f"{word}{'' if is_first else ' '}if (")
        if not group.is_default:
            for place, value in enumerate(label.values):
                pieces += [" || "] if number or place else []
                pieces += _comparison(program, switch, subject, value)
        end = label.span.end
        if number + 1 < len(labels):
            end = _skip(program.source, end, labels[number + 1].span.start)
        else:
            pieces.append(brace if group.is_default else f"){brace}")
        yield Edit(label.span.start, end, tuple(pieces))


def _skip(source: bytes, start: int, end: int) -> int:
    """``end`` if nothing but white space is before it, else ``start``."""
    return start if source[start:end].strip() else end


def _without(source: bytes, leaving: Node) -> Edit:
    """Leave out a ``break``, and its line if it has one of its own."""
    start, end = span_of(leaving)
    after = source[end : end + 2]
    if after[:1] == b"\n" or after == b"\r\n":
        while source[start - 1 : start] in (b" ", b"\t"):
            start -= 1
        if source[start - 1 : start] == b"\n":
            start -= 2 if source[start - 2 : start] == b"\r\n" else 1
    return Edit(start, end, "")
