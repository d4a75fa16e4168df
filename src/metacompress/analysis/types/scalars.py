"""Scalar types, as far as a snippet names them, and how operators convert them.

Sizes are those of LP64, where ``int64_t`` is ``long``.
"""

from __future__ import annotations

from typing import NamedTuple

from metacompress.lang.language import Language


class Type(NamedTuple):
    """A scalar type, or a string of Java or Python.

    Attributes:
        kind: bool, integer, float, pointer or string.
        name: canonical: ``unsigned int``, ``long`` (C); ``int``, ``char``, ``String`` (Java);
            ``int``, ``float``, ``str``, ``bool`` (Python); ``pointer``.
    """

    kind: str
    name: str


BOOL, INTEGER, FLOAT, POINTER, STRING = "bool", "integer", "float", "pointer", "string"
NUMBERS = frozenset({BOOL, INTEGER, FLOAT})
INT = Type(INTEGER, "int")
ADDRESS = Type(POINTER, "pointer")

C_TYPE_WORDS = frozenset("char short int long signed unsigned float double bool _Bool".split())
_C_TYPEDEFS = {
    "int8_t": "signed char",
    "uint8_t": "unsigned char",
    "int16_t": "short",
    "uint16_t": "unsigned short",
    "int32_t": "int",
    "uint32_t": "unsigned int",
    "int64_t": "long",
    "uint64_t": "unsigned long",
    "size_t": "unsigned long",
    "ssize_t": "long",
    "ptrdiff_t": "long",
    "intptr_t": "long",
    "uintptr_t": "unsigned long",
    "uint": "unsigned int",
}
# Conversion ranks (C17 6.3.1.1); below int everything is promoted to int.
_C_RANKS = {
    "int": 0,
    "unsigned int": 1,
    "long": 2,
    "unsigned long": 3,
    "long long": 4,
    "unsigned long long": 5,
    "float": 6,
    "double": 7,
    "long double": 8,
}
_JAVA_RANKS = {"int": 0, "long": 1, "float": 2, "double": 3}
JAVA_TYPES = {
    "boolean": BOOL,
    "byte": INTEGER,
    "short": INTEGER,
    "char": INTEGER,
    "int": INTEGER,
    "long": INTEGER,
    "float": FLOAT,
    "double": FLOAT,
    "String": STRING,
}


def c_type(text: str) -> Type | None:
    """The scalar type that C or C++ declaration specifiers name."""
    words = [
        word
        for word in text.split()
        if word not in ("const", "static", "register", "volatile", "restrict", "inline", "auto")
    ]
    if len(words) == 1 and words[0] in _C_TYPEDEFS:
        return Type(INTEGER, _C_TYPEDEFS[words[0]])
    if not words or not C_TYPE_WORDS.issuperset(words):
        return None
    given = set(words)
    if given & {"bool", "_Bool"}:
        return Type(BOOL, "bool")
    if "float" in given:
        return Type(FLOAT, "float")
    if "double" in given:
        return Type(FLOAT, "long double" if "long" in given else "double")
    if "char" in given:
        sign = next((word for word in ("signed", "unsigned") if word in given), "")
        return Type(INTEGER, f"{sign} char".strip())
    size = "short" if "short" in given else ("long " * words.count("long")).strip() or "int"
    return Type(INTEGER, f"unsigned {size}" if "unsigned" in given else size)


def promoted(kind: Type, language: Language) -> Type:
    """``kind`` after integer promotion (C17 6.3.1.1, JLS 5.6)."""
    ranks = _JAVA_RANKS if language is Language.JAVA else _C_RANKS
    if kind.kind in (INTEGER, BOOL) and kind.name not in ranks:
        return INT
    return kind


def arithmetic_type(left: Type, right: Type, language: Language) -> Type | None:
    """The type in which an operator computes: the usual arithmetic conversions."""
    left, right = promoted(left, language), promoted(right, language)
    if language is Language.PYTHON:
        return left if left == right and left.kind == INTEGER else None
    ranks = _JAVA_RANKS if language is Language.JAVA else _C_RANKS
    if left.name not in ranks or right.name not in ranks:
        return None
    return max(left, right, key=lambda kind: ranks[kind.name])
