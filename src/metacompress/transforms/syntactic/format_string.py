"""Format text in another way: f-strings, ``format`` and ``%`` of Python, ``printf`` of C."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from metacompress.analysis.expressions.effects import is_constant
from metacompress.analysis.expressions.opaque import OpaqueText
from metacompress.analysis.expressions.python_values import PythonValues
from metacompress.analysis.expressions.templates import (
    Template,
    as_f_string,
    as_format,
    as_percent,
    read_f_string,
    read_format,
    read_percent,
)
from metacompress.analysis.types.inference import type_of
from metacompress.analysis.types.scalars import INT, promoted
from metacompress.analysis.variables.bound_names import find_bound_names
from metacompress.analysis.variables.dialects import is_python_2
from metacompress.analysis.variables.exposure import find_exposed
from metacompress.lang.edits import Edit, Pieces, Span
from metacompress.lang.language import Language
from metacompress.lang.syntax import ancestors, descendants, is_movable, operands, span_of
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames

_FUTURE = "future_import_statement"
_READERS = {"string": read_f_string, "call": read_format, "binary_operator": read_percent}
# The position of what is written among the arguments of functions that print or write text.
_PRINTERS = {"printf": 0, "fprintf": 1, "sprintf": 1, "snprintf": 2, "puts": 0, "putchar": 0}
_LINE_PRINTERS = frozenset({"printf", "puts", "putchar"})
_NEWLINE = '\\n"'
_ONE_CHARACTER = re.compile(r"\"(?:[ !#-&(-\[\]-~]|\\[nrtabfv\\])\"")
_SIMPLE_ESCAPES = frozenset("nrtabfv\\'\"")
_DEFINED = re.compile(r"#\s*define\s+(\w+)")


# What can take the place of a formatted text.
_Forms: TypeAlias = tuple[Pieces, ...]


class FormatString(Transformation[_Forms]):
    """Write one formatted text in another of its language's ways.

    Precondition in Python: every field is simple, and the program is no Python 2. An f-string
    formats each value before it evaluates the next, the others evaluate all values first: so
    formatting an earlier value has no effect (its type is built in), or evaluating the later
    ones is reading bound variables. ``%`` takes a tuple for all of its values, and ``%s`` and
    ``format`` are the same for built-in scalars: there the types are certain.

    Precondition in C and C++: the format of ``printf`` and its like is one literal without ``%``,
    or it is ``"%s"`` and its only argument is such a literal; the program does not define the
    function. In C a statement may call another function that writes the same: ``puts``,
    ``putchar`` and ``printf`` return different things. A null pointer is not given to ``puts``
    where ``printf`` had it.
    """

    name: ClassVar[str] = "format-string"
    level: ClassVar[Level] = Level.SYNTACTIC
    languages: ClassVar[frozenset[Language]] = frozenset(
        {Language.C, Language.CPP, Language.PYTHON}
    )
    # The names of ``format`` and ``printf`` vanish.
    may_drop: ClassVar[bool] = True

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Forms]]:
        """See Transformation."""
        found = _python(program) if program.language is Language.PYTHON else _printed(program)
        yield from (site for site in found if site.target)

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Forms], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        forms = site.target
        return [Edit(*site.span, forms[rng.integers(len(forms))])]


def _python(program: AnalysedProgram) -> Iterator[Site[_Forms]]:
    if is_python_2(program) or any(
        b"annotations" not in (n.text or b"") for n in program.nodes(_FUTURE)
    ):
        return
    values = program.fact(PythonValues)
    bound = program.fact(find_bound_names)
    exposed = program.fact(find_exposed)
    inside = {
        part.start_byte
        for outer in program.nodes("interpolation")
        for part in descendants(outer)
        if part.type in _READERS
    }

    def is_settled(node: Node) -> bool:
        if node.type != "identifier":
            return is_constant(node)
        binding = program.binding_of(node)
        return (
            binding is not None
            and binding.occurrences[0] not in exposed
            and bound.holds(program, node)
        )

    for node in program.nodes(*_READERS):
        parent = node.parent
        if node.start_byte in inside or parent is None or parent.type == "concatenated_string":
            continue
        template = _READERS[node.type](program, values, node)
        if template is None or not is_movable(node):
            continue
        may_interleave = _may_interleave(template, [is_settled(f.value) for f in template.fields])
        yield Site(span_of(node), _forms(program, node, template, may_interleave))


def _may_interleave(template: Template, settled: Sequence[bool]) -> bool:
    """Whether it makes no difference if a value is formatted before the next is evaluated."""
    last_unsettled = max((i for i, is_settled in enumerate(settled) if not is_settled), default=0)
    return all(
        field.kind is not None and not field.spec for field in template.fields[:last_unsettled]
    )


def _forms(
    program: AnalysedProgram, node: Node, template: Template, may_interleave: bool
) -> _Forms:
    forms = []
    is_f_string = node.type == "string"
    if not is_f_string and may_interleave:
        forms.append(as_f_string(program, template))
    if node.type != "call" and (may_interleave or not is_f_string):
        forms.append(as_format(template))
    if node.type != "binary_operator" and (may_interleave or not is_f_string):
        forms.append(as_percent(template))
    return tuple(form for form in forms if form is not None)


def _printed(program: AnalysedProgram) -> Iterator[Site[_Forms]]:
    opaque = program.fact(OpaqueText)
    defined = set(_DEFINED.findall(program.source.decode(errors="replace")))
    defined |= {binding.name for binding in program.scopes.bindings}
    for call in program.nodes("call_expression"):
        callee = call.child_by_field_name("function")
        arguments = call.child_by_field_name("arguments")
        name = "" if callee is None else program.text(callee)
        if (
            arguments is None
            or name not in _PRINTERS
            or name in defined
            or opaque.covers(call)
            or not is_movable(call)
            or (program.language is Language.CPP and _may_be_method(call))
        ):
            continue
        given = operands(arguments)[_PRINTERS[name] :]
        if name.endswith("printf"):
            yield from _literal_formats(program, given)
        if (
            program.language is Language.C
            and call.parent is not None
            and call.parent.type == "expression_statement"
            and not _LINE_PRINTERS & defined
        ):
            yield Site(span_of(call), tuple(_other_calls(program, name, given)))


def _literal_formats(program: AnalysedProgram, given: Sequence[Node]) -> Iterator[Site[_Forms]]:
    """A literal as the format, and as what ``%s`` stands for: the same function writes it."""
    if len(given) == 1 and _is_plain(program, given[0]):
        yield Site(span_of(given[0]), (('"%s", ', span_of(given[0])),))
    elif (
        len(given) == 2
        and program.text(given[0]) == '"%s"'
        and _is_plain(program, given[1])
        # Compilers warn of a format without any text.
        and program.text(given[1]) != '""'
    ):
        span = Span(given[0].start_byte, given[1].end_byte)
        yield Site(span, ((span_of(given[1]),),))


def _other_calls(program: AnalysedProgram, name: str, given: Sequence[Node]) -> Iterator[Pieces]:
    """Other functions that write the same; what they return may differ."""
    if not given:
        return
    text = program.text(given[0])
    if name == "puts" and len(given) == 1:
        yield ('printf("%s\\n", ', span_of(given[0]), ")")
        if _is_plain(program, given[0]) and _is_simple(program, given[0]):
            yield (f'printf({text[:-1]}\\n")',)
    elif name == "putchar" and len(given) == 1:
        kind = type_of(program, given[0])
        if kind is not None and promoted(kind, program.language) == INT:
            yield ('printf("%c", ', span_of(given[0]), ")")
    elif name == "printf" and len(given) == 2 and text == '"%c"':
        yield ("putchar(", span_of(given[1]), ")")
    elif name == "printf" and len(given) == 1 and _is_plain(program, given[0]):
        if _is_simple(program, given[0]) and program.text(given[0].children[-2]) == "\\n":
            yield (f'puts({text.removesuffix(_NEWLINE)}")',)
        if _ONE_CHARACTER.fullmatch(text):
            yield (f"putchar('{text[1:-1]}')",)


def _is_plain(program: AnalysedProgram, literal: Node) -> bool:
    text = program.text(literal)
    return literal.type == "string_literal" and text.startswith('"') and "%" not in text


def _is_simple(program: AnalysedProgram, literal: Node) -> bool:
    """Whether a literal has no escape by number: a NUL would end it earlier."""
    return all(
        program.text(part)[1:] in _SIMPLE_ESCAPES
        for part in literal.children
        if part.type == "escape_sequence"
    )


def _may_be_method(call: Node) -> bool:
    """Whether a class that a call lies in may have a function of that name."""
    return any(
        parent.type in ("class_specifier", "struct_specifier", "union_specifier")
        or (
            parent.type == "function_definition"
            and any(
                part.type == "qualified_identifier"
                for part in _declarators(parent.child_by_field_name("declarator"))
            )
        )
        for parent in ancestors(call)
    )


def _declarators(node: Node | None) -> Iterator[Node]:
    while node is not None:
        yield node
        node = node.child_by_field_name("declarator")
