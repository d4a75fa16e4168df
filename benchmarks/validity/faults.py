"""Wrong rewritings, one of each kind: what the proof must find.

Each looks like the work of a careless transformation. They copy the program's tokens as spans, so
that the gate gets no easier a task than with a right one.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, ClassVar

from metacompress.analysis.types.inference import operator_of
from metacompress.lang.edits import Edit, Pieces, Span, exchanged
from metacompress.lang.language import C_AND_JAVA, C_JAVA_PYTHON, Language
from metacompress.lang.scopes import BindingKind
from metacompress.lang.syntax import span_of
from metacompress.transforms.base import FixedTransformation, Site
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_VARIABLES = (BindingKind.LOCAL, BindingKind.PARAMETER)
_OPERATIONS = ("binary_expression", "binary_operator", "comparison_operator")


class Fault(FixedTransformation):
    """A rewriting that changes what a program means; one site a variant."""

    level: ClassVar[Level] = Level.SYNTACTIC
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON | {Language.JAVASCRIPT, Language.GO}
    may_drop: ClassVar[bool] = True

    def choose(
        self, sites: Sequence[Site[list[Edit]]], rng: Generator
    ) -> Sequence[Site[list[Edit]]]:
        """One of them."""
        return [sites[int(rng.integers(len(sites)))]]


class SwapSubtraction(Fault):
    """``a - b`` becomes ``b - a``."""

    name: ClassVar[str] = "swap-subtraction"

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        for node in program.nodes(*_OPERATIONS):
            left, right = node.children[0], node.children[-1]
            if len(node.children) == 3 and operator_of(program, node) in ("-", "/", "%"):
                yield Site(span_of(node), exchanged(span_of(left), span_of(right)))


class OffByOne(Fault):
    """A number becomes the next one."""

    name: ClassVar[str] = "off-by-one"

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        numbers = ("number_literal", "decimal_integer_literal", "integer", "number", "int_literal")
        for node in program.nodes(*numbers):
            if program.text(node).isdecimal():
                number = str(int(program.text(node)) + 1)
                yield Site(span_of(node), [Edit(*span_of(node), number)])


class LooseComparison(Fault):
    """``a < b`` becomes ``a <= b``."""

    name: ClassVar[str] = "loose-comparison"

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        for node in program.nodes(*_OPERATIONS):
            if len(node.children) == 3 and operator_of(program, node) in ("<", ">"):
                operator = node.children[1]
                yield Site(span_of(node), [Edit(operator.end_byte, operator.end_byte, "=")])


class DropUpdateOfContinue(Fault):
    """``for`` becomes ``while`` with the update at the end, which ``continue`` jumps over."""

    name: ClassVar[str] = "drop-update-of-continue"
    languages: ClassVar[frozenset[Language]] = C_AND_JAVA

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        for jump in program.nodes("continue_statement"):
            loop = jump.parent
            while loop is not None and loop.type not in ("for_statement", "while_statement"):
                loop = loop.parent
            if loop is None or loop.type != "for_statement":
                continue
            update, body = (loop.child_by_field_name(field) for field in ("update", "body"))
            if update is not None and body is not None and body.type in _BLOCKS:
                edits = [
                    Edit(*span_of(update), ""),
                    Edit(body.end_byte - 1, body.end_byte - 1, (span_of(update), "; ")),
                ]
                yield Site(span_of(loop), edits)


class CapturingRename(Fault):
    """A local variable gets the name of another one."""

    name: ClassVar[str] = "capturing-rename"
    level: ClassVar[Level] = Level.LEXICAL

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        local = [b for b in program.scopes.bindings if b.kind in _VARIABLES and b.fixed is None]
        for one, other in itertools.pairwise(local):
            if one.name != other.name:
                edits = [Edit(*span, (other.occurrences[0],)) for span in one.occurrences]
                yield Site(one.occurrences[0], edits)


class ForgottenOccurrence(Fault):
    """A local variable is renamed everywhere but in one place."""

    name: ClassVar[str] = "forgotten-occurrence"
    level: ClassVar[Level] = Level.LEXICAL

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        for binding in program.scopes.bindings:
            if binding.kind in _VARIABLES and len(binding.occurrences) > 2:
                edits = [Edit(*span, f"{binding.name}Q") for span in binding.occurrences[:-1]]
                yield Site(binding.occurrences[0], edits)


class LostKey(Fault):
    """A variable of JavaScript is renamed, and with it a property: ``{a}`` becomes ``{b}``."""

    name: ClassVar[str] = "lost-key"
    level: ClassVar[Level] = Level.LEXICAL
    languages: ClassVar[frozenset[Language]] = frozenset({Language.JAVASCRIPT})

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        for binding in program.scopes.bindings:
            if binding.keyed:
                edits = [Edit(*span, f"{binding.name}Q") for span in binding.occurrences]
                yield Site(binding.occurrences[0], edits)


class DropStatement(Fault):
    """A statement is lost."""

    name: ClassVar[str] = "drop-statement"

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        for node in program.nodes("expression_statement"):
            lost = "pass" if program.language is Language.PYTHON else ";"
            yield Site(span_of(node), [Edit(*span_of(node), lost)])


class RepeatStatement(Fault):
    """A statement is done twice."""

    name: ClassVar[str] = "repeat-statement"

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        between = "; " if program.language in (Language.PYTHON, Language.GO) else " "
        for node in program.nodes("expression_statement"):
            if node.parent is not None and node.parent.type in _BLOCKS:
                edits = [Edit(node.end_byte, node.end_byte, (between, span_of(node)))]
                yield Site(span_of(node), edits)


class ExchangeStatements(Fault):
    """Two statements in a row change places, whether one needs the other or not."""

    name: ClassVar[str] = "exchange-statements"

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        for node in program.nodes("expression_statement"):
            other = node.next_named_sibling
            if other is not None and other.type == "expression_statement":
                span = Span(node.start_byte, other.end_byte)
                yield Site(span, exchanged(span_of(node), span_of(other)))


class ExchangeBranches(Fault):
    """The branches of ``if`` and ``else`` change places, and the condition stays."""

    name: ClassVar[str] = "exchange-branches"
    level: ClassVar[Level] = Level.CONTROL_FLOW

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        for node in program.nodes("if_statement"):
            first = node.child_by_field_name("consequence")
            second = node.child_by_field_name("alternative")
            if second is not None and second.type == "else_clause":
                second = second.named_children[-1]
            if first is not None and second is not None and first.type == second.type in _BLOCKS:
                yield Site(span_of(node), exchanged(span_of(first), span_of(second)))


class NarrowScope(Fault):
    """A declaration gets a block of its own, and its name is unknown behind that."""

    name: ClassVar[str] = "narrow-scope"
    languages: ClassVar[frozenset[Language]] = C_AND_JAVA

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        for node in program.nodes("declaration", "local_variable_declaration"):
            if node.parent is not None and node.parent.type in _BLOCKS:
                edits = [
                    Edit(node.start_byte, node.start_byte, "{ "),
                    Edit(node.end_byte, node.end_byte, " }"),
                ]
                yield Site(span_of(node), edits)


class LoseBrace(Fault):
    """A closing bracket is lost."""

    name: ClassVar[str] = "lose-brace"

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        kinds = ("compound_statement", "block", "statement_block", "argument_list", "arguments")
        for node in program.nodes(*kinds):
            if node.children and node.children[-1].type in ("}", ")"):
                end = node.children[-1]
                yield Site(span_of(node), [Edit(*span_of(end), "")])


class BecomeConstant(Fault):
    """A variable becomes a constant, and assignments to it are errors."""

    name: ClassVar[str] = "become-constant"
    languages: ClassVar[frozenset[Language]] = C_AND_JAVA

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        word = "final " if program.language is Language.JAVA else "const "
        assigned = {
            binding.name
            for node in program.nodes("assignment_expression", "update_expression")
            for part in node.children
            if (binding := program.binding_of(part)) is not None
        }
        for node in program.nodes("declaration", "local_variable_declaration"):
            words = {program.text(part) for part in _identifiers(node)}
            if words & assigned and node.parent is not None and node.parent.type in _BLOCKS:
                yield Site(span_of(node), [Edit(node.start_byte, node.start_byte, word)])


class DropReturn(Fault):
    """A function ends without its value: an error in Java, another value elsewhere."""

    name: ClassVar[str] = "drop-return"
    level: ClassVar[Level] = Level.CONTROL_FLOW

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        for node in program.nodes("return_statement"):
            value = node.named_children
            if value and program.text(value[0]) not in ("0", "None", "EXIT_SUCCESS"):
                text: Pieces = (span_of(value[0]),)
                if program.language is not Language.PYTHON:
                    text = ("(void) (", span_of(value[0]), ");")
                if program.language is Language.JAVA:
                    text = (";",)
                if program.language is Language.JAVASCRIPT:
                    text = ("void (", span_of(value[0]), ");")
                if program.language is Language.GO:
                    text = ("_ = ", span_of(value[0]))
                yield Site(span_of(node), [Edit(*span_of(node), text)])


class UnreachableReturn(Fault):
    """A statement behind ``return``: an error in Java, and nothing elsewhere."""

    name: ClassVar[str] = "unreachable-statement"
    languages: ClassVar[frozenset[Language]] = frozenset({Language.JAVA})
    level: ClassVar[Level] = Level.CONTROL_FLOW

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        for node in program.nodes("return_statement", "break_statement", "continue_statement"):
            if node.parent is not None and node.parent.type == "block":
                edits = [Edit(node.end_byte, node.end_byte, " int unreachableQ = 1;")]
                yield Site(span_of(node), edits)


class ChangeText(Fault):
    """A string gets longer."""

    name: ClassVar[str] = "change-text"
    level: ClassVar[Level] = Level.LEXICAL

    def sites(self, program: AnalysedProgram) -> Iterable[Site[list[Edit]]]:
        for node in program.nodes(
            "string_content", "string_fragment", "interpreted_string_literal_content"
        ):
            yield Site(span_of(node), [Edit(node.end_byte, node.end_byte, " ")])


_BLOCKS = ("compound_statement", "block", "statement_block", "statement_list")
FAULTS: tuple[type[Fault], ...] = (
    SwapSubtraction,
    OffByOne,
    LooseComparison,
    DropUpdateOfContinue,
    CapturingRename,
    ForgottenOccurrence,
    LostKey,
    DropStatement,
    RepeatStatement,
    ExchangeStatements,
    ExchangeBranches,
    NarrowScope,
    LoseBrace,
    BecomeConstant,
    DropReturn,
    UnreachableReturn,
    ChangeText,
)


def _identifiers(node: Node) -> list[Node]:
    found, pending = [], [node]
    while pending:
        part = pending.pop()
        if part.type == "identifier":
            found.append(part)
        pending.extend(part.children)
    return found
