"""Python's three ways to format values into text: f-strings, ``str.format`` and ``%``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from metacompress.analysis.types.scalars import BOOL, FLOAT, INTEGER, STRING
from metacompress.lang.edits import Pieces, Span
from metacompress.lang.syntax import operands, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from metacompress.analysis.expressions.python_values import PythonValues
    from metacompress.lang.program import AnalysedProgram


class Field(NamedTuple):
    """A value in a template.

    Attributes:
        value: its expression.
        conversion: ``r``, ``s``, ``a`` or nothing.
        spec: how it is formatted, in the language of ``format``.
        kind: the kind of the value, if it is certain.
    """

    value: Node
    conversion: str
    spec: str
    kind: str | None


class Template(NamedTuple):
    """Text with fields.

    Attributes:
        quote: what the literal starts and ends with.
        parts: text, in which braces and ``%`` mean themselves, and fields.
    """

    quote: str
    parts: tuple[str | Field, ...]

    @property
    def fields(self) -> list[Field]:
        """The fields, in order."""
        return [part for part in self.parts if isinstance(part, Field)]


_Pieces = Pieces
# Other escapes may make braces, which an f-string takes for text and ``format`` does not.
_PLAIN_TEXT = re.compile(r"(?:[^\\]|\\[ntr\"'\\])*", re.DOTALL)
_SPEC = re.compile(r":([^{}\[\]\\\n\"'#]*)")
_FORMAT_PART = re.compile(
    r"(\{\{|\}\})|\{(?:!([rsa]))?(?::([^{}\[\]\\\n\"'#]*))?\}|([^{}]+|.)", re.DOTALL
)
_PERCENT_PART = re.compile(r"(%%)|%([-0]?)(\d*)(\.\d+)?([sdrxf])|([^%]+|.)", re.DOTALL)
_PERCENT_SPEC = re.compile(r"(?P<integer>0?\d*[dx])|(?P<number>(?:[1-9]\d*)?\.\d+f)")
# What an f-string of Python 3.11 may hold whatever its own quotes are.
_BRACED_VALUE = re.compile(r"[A-Za-z_][\w.\[\]() ,+*/-]*", re.ASCII)
_BRACED_TYPES = frozenset({"identifier", "attribute", "call", "subscript", "binary_operator"})
_VALUE_TYPES = _BRACED_TYPES | frozenset(
    "integer float string parenthesized_expression unary_operator tuple list".split()
)


def read_f_string(program: AnalysedProgram, values: PythonValues, node: Node) -> Template | None:
    """The template of an f-string; None where it has no field, or one that is unusual."""
    quote = _quote(program, node, "f")
    if quote is None:
        return None
    parts: list[str | Field] = []
    position = node.children[0].end_byte
    for child in (*node.children, None):
        if child is not None and child.type != "interpolation":
            continue
        end = node.children[-1].start_byte if child is None else child.start_byte
        text = program.source[position:end].decode(errors="surrogateescape")
        if text:
            parts.append(text.replace("{{", "{").replace("}}", "}"))
        if child is not None:
            field = _interpolated(program, values, child)
            if field is None:
                return None
            parts.append(field)
            position = child.end_byte
    return _checked(quote, parts)


def _interpolated(program: AnalysedProgram, values: PythonValues, node: Node) -> Field | None:
    value, *rest = operands(node)
    if value.type not in _VALUE_TYPES or any(child.type == "=" for child in node.children):
        return None
    conversion = spec = ""
    for part in rest:
        text = program.text(part)
        if part.type == "type_conversion":
            conversion = text[1:]
        elif part.type == "format_specifier" and (found := _SPEC.fullmatch(text)):
            spec = found[1]
        else:
            return None
    return Field(value, conversion, spec, values.kind(value))


def read_format(program: AnalysedProgram, values: PythonValues, call: Node) -> Template | None:
    """The template of ``"...".format(...)`` with fields in order; None for any other call."""
    callee = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if callee is None or arguments is None or callee.type != "attribute":
        return None
    literal, name = callee.child_by_field_name("object"), callee.child_by_field_name("attribute")
    if literal is None or name is None or program.text(name) != "format":
        return None
    quote = _quote(program, literal, "")
    if quote is None or arguments.type != "argument_list":
        return None
    given = iter(operands(arguments))
    parts: list[str | Field] = []
    for found in _FORMAT_PART.finditer(_content(program, literal)):
        brace, conversion, spec, text = found.groups()
        if brace or text:
            if text in ("{", "}"):
                return None
            parts.append(brace[0] if brace else text)
            continue
        value = next(given, None)
        if value is None or value.type not in _VALUE_TYPES:
            return None
        parts.append(Field(value, conversion or "", spec or "", values.kind(value)))
    return None if next(given, None) is not None else _checked(quote, parts)


def read_percent(
    program: AnalysedProgram, values: PythonValues, operation: Node
) -> Template | None:
    """The template of ``"..." % values``; None where a value's type is not certain enough."""
    sides = operands(operation)
    if len(sides) != 2 or operation.children[1].type != "%":
        return None
    literal, right = sides
    quote = _quote(program, literal, "")
    if quote is None:
        return None
    if right.type == "tuple":
        given = iter(operands(right))
    elif values.kind(right) is not None:
        given = iter([right])
    else:
        # A tuple would be all of the values.
        return None
    parts: list[str | Field] = []
    for found in _PERCENT_PART.finditer(_content(program, literal)):
        percent, flag, width, precision, letter, text = found.groups()
        if percent or text:
            if text == "%":
                return None
            parts.append("%" if percent else text)
            continue
        value = next(given, None)
        if value is None or value.type not in _VALUE_TYPES:
            return None
        field = _percent_field(values, value, flag, width, precision or "", letter)
        if field is None:
            return None
        parts.append(field)
    return None if next(given, None) is not None else _checked(quote, parts)


def _percent_field(
    values: PythonValues, value: Node, flag: str, width: str, precision: str, letter: str
) -> Field | None:
    kind = values.kind(value)
    if letter in "sr":
        # Numbers and truth values are padded in other ways than their texts.
        is_known = letter == "r" or kind in ((STRING,) if width else (STRING, INTEGER, FLOAT, BOOL))
        if not is_known or flag == "0" or precision:
            return None
        spec = ("<" if flag else ">") + width if width else ""
        return Field(value, "r" if letter == "r" else "", spec, kind)
    sign = "<" if flag == "-" and width else flag.strip("-")
    if letter in "dx":
        if kind != INTEGER or precision:
            return None
        return Field(value, "", f"{sign}{width}{letter}" if width or letter == "x" else "", kind)
    # Zeros in front of an infinity differ.
    if kind not in (INTEGER, FLOAT) or flag == "0":
        return None
    return Field(value, "", f"{sign}{width}{precision}f", kind)


def _quote(program: AnalysedProgram, literal: Node, prefix: str) -> str | None:
    """The quotes of a literal with this prefix."""
    if literal.type != "string" or not literal.children:
        return None
    start = program.text(literal.children[0])
    quote = start.lstrip("fF") if prefix == "f" else start
    is_prefixed = len(start) - len(quote) == len(prefix)
    return quote if is_prefixed and quote in ("'", '"', "'''", '"""') else None


def _content(program: AnalysedProgram, literal: Node) -> str:
    start, end = literal.children[0].end_byte, literal.children[-1].start_byte
    return program.source[start:end].decode(errors="surrogateescape")


def _checked(quote: str, parts: Sequence[str | Field]) -> Template | None:
    is_plain = all(
        _PLAIN_TEXT.fullmatch(part) is not None for part in parts if isinstance(part, str)
    )
    template = Template(quote, tuple(parts))
    return template if is_plain and template.fields else None


def as_f_string(program: AnalysedProgram, template: Template) -> _Pieces | None:
    """The template as an f-string; None where a value cannot stand in one."""
    pieces: list[str | Span] = ["f" + template.quote]
    for part in template.parts:
        if isinstance(part, str):
            pieces.append(_braced(part))
        elif (
            part.value.type in _BRACED_TYPES
            and _BRACED_VALUE.fullmatch(program.text(part.value)) is not None
        ):
            pieces += ["{", span_of(part.value), f"{_suffix(part)}}}"]
        else:
            return None
    return (*pieces, template.quote)


def as_format(template: Template) -> _Pieces:
    """The template as a call of ``format``."""
    text = "".join(
        _braced(part) if isinstance(part, str) else f"{{{_suffix(part)}}}"
        for part in template.parts
    )
    return (
        f"{template.quote}{text}{template.quote}.format(",
        *_separated(template),
        ")",
    )


def as_percent(template: Template) -> _Pieces | None:
    """The template as an operand of ``%``, in parentheses; None where a field has no like."""
    text = ""
    for part in template.parts:
        if isinstance(part, str):
            text += part.replace("%", "%%")
            continue
        directive = _directive(part)
        if directive is None:
            return None
        text += directive
    comma = "," if len(template.fields) == 1 else ""
    return (
        f"({template.quote}{text}{template.quote} % (",
        *_separated(template),
        f"{comma}))",
    )


def _directive(field: Field) -> str | None:
    if field.conversion == "r" and not field.spec:
        return "%r"
    if field.conversion or field.kind is None:
        return None
    if not field.spec:
        return "%s"
    found = _PERCENT_SPEC.fullmatch(field.spec)
    if found is None:
        return None
    kinds = (INTEGER,) if found["integer"] else (INTEGER, FLOAT)
    return f"%{field.spec}" if field.kind in kinds else None


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _suffix(field: Field) -> str:
    conversion = f"!{field.conversion}" if field.conversion else ""
    return conversion + (f":{field.spec}" if field.spec else "")


def _separated(template: Template) -> Iterator[str | Span]:
    for number, field in enumerate(template.fields):
        if number:
            yield ", "
        yield span_of(field.value)
