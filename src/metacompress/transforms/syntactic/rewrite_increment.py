"""Write an increment in another form: ``i++``, ``++i``, ``i += 1`` or ``i = i + 1``."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from metacompress.analysis.expressions.effects import operand
from metacompress.analysis.expressions.lvalues import may_repeat
from metacompress.analysis.expressions.opaque import OpaqueText
from metacompress.analysis.macros import has_macro
from metacompress.analysis.types.inference import operator_of, type_of
from metacompress.analysis.types.scalars import FLOAT, INTEGER, POINTER
from metacompress.lang.edits import Edit, Pieces
from metacompress.lang.language import C_AND_JAVA, Language
from metacompress.lang.syntax import is_movable, is_short, operands, padded, span_of
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames

_POSTFIX, _PREFIX, _COMPOUND, _PLAIN = "postfix", "prefix", "compound", "plain"
_SIGNS = {"++": "+", "--": "-", "+=": "+", "-=": "-"}
# Types of Java that ``x + 1`` does not keep.
_JAVA_NARROW = frozenset({"byte", "short", "char"})
_STEPPED = frozenset({INTEGER, FLOAT, POINTER})


class _Increment(NamedTuple):
    """What adds or subtracts one.

    Attributes:
        form: how it is written.
        sign: ``+`` or ``-``.
        target: what it changes.
    """

    form: str
    sign: str
    target: Node


class _Choice(NamedTuple):
    """An increment, and the other forms that it can have."""

    found: _Increment
    forms: list[str]


class RewriteIncrement(Transformation[_Choice]):
    """Add or subtract one in another way, where nothing uses the value.

    Precondition: it is a statement, or the step of a ``for`` loop. In C++ and Java the type is
    known to be a number (or a pointer): classes overload operators, ``+= 1`` may join a string,
    and of a boxed number, and in JavaScript, only ``x++`` and ``++x`` are exchanged. ``x = x + 1``
    needs a variable that can be named twice (``lvalues.may_repeat``), and a cast in Java for
    narrow types.
    """

    name: ClassVar[str] = "rewrite-increment"
    level: ClassVar[Level] = Level.SYNTACTIC
    languages: ClassVar[frozenset[Language]] = C_AND_JAVA | {Language.JAVASCRIPT, Language.GO}
    # ``x = x + 1`` names its variable twice, and the other forms once.
    may_drop: ClassVar[bool] = True

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Choice]]:
        """See Transformation."""
        opaque = program.fact(OpaqueText)
        for node in sorted(_unused(program), key=lambda node: node.byte_range):
            if not is_short(node) or not is_movable(node) or opaque.covers(node):
                continue
            found = _increment(program, node)
            if found is not None and not has_macro(program, found.target):
                forms = [form for form in _forms(program, found) if form != found.form]
                if forms:
                    yield Site(span_of(node), _Choice(found, forms))

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Choice], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        found, forms = site.target
        form = forms[int(rng.integers(len(forms)))]
        pieces = _written(program, found, form)
        return [Edit(*site.span, padded(program.source, site.span, pieces))]


def _unused(program: AnalysedProgram) -> Iterator[Node]:
    """The expressions whose value nothing uses."""
    if program.language is Language.GO:
        yield from program.nodes("inc_statement", "dec_statement", "assignment_statement")
        return
    for statement in program.nodes("expression_statement"):
        inner = operands(statement)
        if len(inner) == 1 and not _is_value(statement):
            yield from _parts(program, inner[0])
    for loop in program.nodes("for_statement"):
        for field in ("update", "increment"):
            for update in loop.children_by_field_name(field):
                if update.is_named:
                    yield from _parts(program, update)


def _is_value(statement: Node) -> bool:
    """Whether a statement gives its value to what is around it.

    In Java ``case 1 -> i++;`` may, and so does the last one in ``({ ... })`` of GNU C.
    """
    block = statement.parent
    while block is not None and block.type in ("labeled_statement", "case_statement"):
        block = block.parent
    if block is None or block.type == "switch_rule":
        return True
    outer = block.parent
    return (
        block.type == "compound_statement"
        and outer is not None
        and outer.type in ("parenthesized_expression", "argument_list")
    )


def _parts(program: AnalysedProgram, node: Node) -> Iterator[Node]:
    """``node``, or the expressions that commas part in it."""
    pending, parts = [node], []
    while pending:
        part = pending.pop()
        if part.type == "comma_expression":
            pending.extend(reversed(operands(part)))
        else:
            parts.append(part)
    # A class may overload the comma, and then take both sides.
    if (
        len(parts) == 1
        or program.language is not Language.CPP
        or all(type_of(program, part) is not None for part in parts)
    ):
        yield from parts


def _increment(program: AnalysedProgram, node: Node) -> _Increment | None:
    operator = operator_of(program, node)
    if node.type in ("inc_statement", "dec_statement"):
        return _Increment(_POSTFIX, _SIGNS[node.children[-1].type], operands(node)[0])
    if node.type == "update_expression":
        inner = operands(node)
        if len(inner) != 1:
            return None
        is_prefix = node.children[0].type in _SIGNS
        sign = _SIGNS[node.children[0 if is_prefix else -1].type]
        return _Increment(_PREFIX if is_prefix else _POSTFIX, sign, inner[0])
    if node.type not in ("assignment_expression", "assignment_statement"):
        return None
    target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
    if target is None or value is None:
        return None
    if program.language is Language.GO:
        targets, values = operands(target), operands(value)
        if len(targets) != 1 or len(values) != 1:
            return None
        (target,), (value,) = targets, values
    if operator in ("+=", "-=") and program.text(value) == "1":
        return _Increment(_COMPOUND, _SIGNS[operator], target)
    if operator != "=" or value.type != "binary_expression":
        return None
    left, right = value.child_by_field_name("left"), value.child_by_field_name("right")
    sign = operator_of(program, value)
    if left is None or right is None or sign not in ("+", "-") or program.text(right) != "1":
        return None
    if left.type != target.type or program.text(left) != program.text(target):
        return None
    return _Increment(_PLAIN, sign, target)


def _forms(program: AnalysedProgram, found: _Increment) -> Sequence[str]:
    """The forms that do what ``found`` does."""
    target = found.target
    repeats = may_repeat(program, target)
    if found.form == _PLAIN and not repeats:
        return ()
    forms = [_POSTFIX, _PREFIX, _COMPOUND, *([_PLAIN] if repeats else [])]
    if program.language is Language.C:
        return forms
    if program.language is Language.GO:
        return [form for form in forms if form != _PREFIX]
    kind = type_of(program, target)
    if kind is None or kind.kind not in _STEPPED:
        is_boxed = program.language is not Language.CPP and found.form in (_POSTFIX, _PREFIX)
        return (_POSTFIX, _PREFIX) if is_boxed else ()
    return forms


def _written(program: AnalysedProgram, found: _Increment, form: str) -> Pieces:
    target, sign = span_of(found.target), found.sign
    if form == _POSTFIX:
        return (*operand(found.target), sign * 2)
    if form == _PREFIX:
        return (sign * 2, *operand(found.target))
    if form == _COMPOUND:
        return (target, f" {sign}= 1")
    kind = type_of(program, found.target)
    if program.language is Language.JAVA and kind is not None and kind.name in _JAVA_NARROW:
        return (target, f" = ({kind.name}) (", target, f" {sign} 1)")
    return (target, " = ", target, f" {sign} 1")
