"""Write an integer in another way: ``42`` as ``0x2a`` or ``(40 + 2)``, ``0x2a`` as ``42``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from metacompress.analysis.expressions.opaque import OpaqueText
from metacompress.lang.edits import Edit
from metacompress.lang.language import C_JAVA_PYTHON, JS_FAMILY, Language
from metacompress.lang.syntax import begins_statement, padded, span_of
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames

# Neither octal nor binary, and without separators.
_NUMBER = re.compile(r"(0|[1-9][0-9]*|0[xX][0-9a-fA-F]+)([uUlL]*)")
# None that is longer can be as small as that but for its leading zeros.
_MOST_DIGITS = 40
# Above this, hexadecimal and decimal numbers have different types in C, other values in Java.
_GREATEST = 2**31 - 1
_HEXADECIMAL, _DECIMAL, _SUM = "hexadecimal", "decimal", "sum"
# Where the language or its parser expects a number, or a cast would look like a call.
_NO_SUM = frozenset({"cast_expression", "switch_label"})
_NO_SITE = frozenset({"attribute", "user_defined_literal", "literal_type"})
# A pure virtual function has ``= 0`` and nothing else.
_PURE = frozenset({"field_declaration", "function_definition", "pure_virtual_clause"})


class _Literal(NamedTuple):
    """An integer, its suffix, and the notations that it can have."""

    value: int
    suffix: str
    forms: Sequence[str]


class RewriteLiteral(Transformation[_Literal]):
    """Write a decimal or hexadecimal integer with the same value and type in another way.

    Precondition: it is below ``2**31``, where both notations have the same type; suffixes are
    kept. It is in no directive, attribute, template argument or macro call, which may paste or
    quote it, in no f-string, annotation or pattern of Python, and no key of a property. A sum of
    two literals is a constant like the literal itself.
    """

    name: ClassVar[str] = "rewrite-literal"
    level: ClassVar[Level] = Level.LEXICAL
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON | {Language.JAVASCRIPT, Language.GO}

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Literal]]:
        """See Transformation."""
        opaque = program.fact(OpaqueText)
        for node in program.nodes(
            "number_literal",
            "decimal_integer_literal",
            "hex_integer_literal",
            "integer",
            "number",
            "int_literal",
        ):
            found = _NUMBER.fullmatch(program.text(node))
            if (
                found is None
                or len(found[1]) > _MOST_DIGITS
                or opaque.covers(node)
                or _is_joined(program, node)
            ):
                continue
            value, suffix = int(found[1], 0), found[2]
            forms = _forms(program, node, value) if value <= _GREATEST else ()
            if forms and not (program.language is Language.PYTHON and suffix):
                yield Site(span_of(node), _Literal(value, suffix, forms))

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Literal], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        value, suffix, forms = site.target
        form = forms[int(rng.integers(len(forms)))]
        if form == _DECIMAL:
            text = f"{value}{suffix}"
        elif form == _HEXADECIMAL:
            text = (f"0x{value:x}" if rng.random() < 0.5 else f"0x{value:X}") + suffix
        else:
            part = int(rng.integers(1, value))
            text = f"({part}{suffix} + {value - part}{suffix})"
        return [Edit(*site.span, padded(program.source, site.span, (text,)))]


def _is_joined(program: AnalysedProgram, node: Node) -> bool:
    """Whether a word touches the number, as in ``1if``: ``0x1else`` starts with another number."""
    following = program.source[node.end_byte : node.end_byte + 1]
    return following.isalnum() or following in (b"_", b".", b"'") or following >= b"\x80"


def _forms(program: AnalysedProgram, node: Node, value: int) -> Sequence[str]:
    parent = node.parent
    if parent is None or parent.type in _NO_SITE:
        return ()
    if program.language is Language.CPP and parent.type in _PURE:
        return ()
    if program.language is Language.PYTHON and _asks_identity(parent):
        return ()
    if program.language in JS_FAMILY and _is_key(parent, node):
        return ()
    is_decimal = program.text(node)[:2].lower() != "0x"
    forms = [_HEXADECIMAL if is_decimal else _DECIMAL]
    may_begin = program.language not in JS_FAMILY or not begins_statement(node)
    if value >= 2 and parent.type not in _NO_SUM and may_begin:
        forms.append(_SUM)
    return forms


def _is_key(parent: Node, node: Node) -> bool:
    """Whether a number of JavaScript is the name of a property."""
    return any(parent.child_by_field_name(field) == node for field in ("key", "name", "property"))


def _asks_identity(node: Node) -> bool:
    """Whether two numbers are asked to be one object, which equal ones need not be."""
    return any(child.type in ("is", "is not") for child in node.children)
