"""Whether the branches of ``c ? a : b`` reach their target as if each were given to it alone.

Before that, the operator converts both to one type: ``c ? -1 : 1u`` is never negative, and
``c ? 1 : box`` takes a null out of its box.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metacompress.analysis.expressions.conditions import unwrapped
from metacompress.analysis.expressions.literal_values import literal_value
from metacompress.analysis.macros import find_macros
from metacompress.analysis.statements.enclosing import find_functions
from metacompress.analysis.statements.reachability import is_never_constant
from metacompress.analysis.types.declared import declared_as
from metacompress.analysis.types.inference import type_of
from metacompress.analysis.types.scalars import (
    ADDRESS,
    FLOAT,
    INTEGER,
    NUMBERS,
    POINTER,
    STRING,
    Type,
    arithmetic_type,
    c_type,
    promoted,
)
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_BITS = {
    "int": 32,
    "unsigned int": 32,
    "long": 64,
    "unsigned long": 64,
    "long long": 64,
    "unsigned long long": 64,
}
_SMALL = {"char": 8, "signed char": 8, "unsigned char": 8, "short": 16, "unsigned short": 16}
# Up to here a float holds every integer.
_EXACT = 2**24
_JAVA_ANY = frozenset({"boolean", "byte", "short", "char", "int", "long", "float"})
_JAVA_SMALL = frozenset({"byte", "short", "char"})
_JAVA_PRIMITIVES = _JAVA_ANY | {"double"}
_FUNCTION_NAMES = ("identifier", "field_identifier", "qualified_identifier", "operator_name")
# What a number in a box can be assigned to: there a branch may have been taken out of its own.
_JAVA_BOXES = frozenset(
    """
    Object Number Comparable Serializable Constable ConstantDesc Boolean Byte Short Character
    Integer Long Float Double
    """.split()
)


class Choice(NamedTuple):
    """A conditional expression: ``condition ? first : second``."""

    condition: Node
    first: Node
    second: Node


class Target(NamedTuple):
    """What a value is assigned to or returned as.

    Attributes:
        kind: its type, if it is a scalar or string that is known.
        name: of Java, the name of the type as written, with its dimensions; None if it is out of
            sight.
    """

    kind: Type | None
    name: str | None = None


def assigned_target(program: AnalysedProgram, left: Node) -> Target:
    """What an assignment to ``left`` converts to."""
    kind = type_of(program, left)
    declared = declared_as(program, left) if program.language is Language.JAVA else None
    return Target(kind, None if declared is None else declared[0] + "[]" * declared[1])


def returned_target(program: AnalysedProgram, statement: Node) -> Target | None:
    """What a ``return`` converts to; None in a lambda, whose type depends on its values."""
    function = program.fact(find_functions).innermost(statement.start_byte)
    if function is None or function.type not in ("function_definition", "method_declaration"):
        return None
    specifier = function.child_by_field_name("type")
    text = None if specifier is None else program.text(specifier)
    if program.language is Language.JAVA:
        if function.child_by_field_name("dimensions") is not None:
            return Target(None)
        return Target(None, text)
    declarator = function.child_by_field_name("declarator")
    if declarator is None or text is None:
        return Target(None)
    if declarator.type == "pointer_declarator":
        return Target(ADDRESS)
    name = declarator.child_by_field_name("declarator")
    is_value = name is not None and name.type in _FUNCTION_NAMES
    is_clear = is_value and program.fact(find_macros).keys().isdisjoint(text.split())
    return Target(c_type(text) if is_clear else None)


def converts_alike(program: AnalysedProgram, choice: Choice, target: Target) -> bool:
    """Whether the choice's own conversion of its branches makes no difference to ``target``."""
    condition, first, second = choice
    if program.language is Language.JAVA:
        return _java_alike(program, condition, first, second, target)
    kinds = type_of(program, first), type_of(program, second)
    if program.language is Language.CPP:
        # A class may be made of a value in many ways.
        return target.kind is not None and _cpp_alike(program, first, second, target.kind)
    if kinds[0] is not None and kinds[1] is not None and {k.kind for k in kinds if k} <= NUMBERS:
        return _numbers_alike(kinds[0], kinds[1], target.kind, program.language)
    if ADDRESS in kinds:
        return all(
            kind in (ADDRESS, None) or _value(program, node) == 0
            for kind, node in zip(kinds, (first, second), strict=True)
        )
    return _has_same_type(program, first, second) or any(
        value is not None and (value >= 0 or _is_narrow(target.kind))
        for value in (_value(program, first), _value(program, second))
    )


def _has_same_type(program: AnalysedProgram, first: Node, second: Node) -> bool:
    """Whether two variables, or elements of them, are declared with one type, known or not."""
    declared = declared_as(program, first)
    if declared is None or declared != declared_as(program, second):
        return False
    names = set(declared[0].split())
    # A type's name may have another meaning in an inner block.
    return all(
        sum(binding.name == name for binding in program.scopes.bindings) < 2 for name in names
    )


def _value(program: AnalysedProgram, node: Node) -> int | None:
    """The value of a literal that every arithmetic type can hold, but for its sign."""
    value = literal_value(program, unwrapped(node))
    return None if value is None or abs(value) > _EXACT else value


def _is_narrow(target: Type | None) -> bool:
    """Whether ``target`` is an integer that keeps only bits that no conversion loses."""
    if target is None or target.kind != INTEGER:
        return False
    return (_BITS | _SMALL).get(target.name, 64) <= _BITS["int"]


def _numbers_alike(first: Type, second: Type, target: Type | None, language: Language) -> bool:
    common = arithmetic_type(first, second, language)
    return common is not None and all(
        _keeps(promoted(kind, language), common, target) for kind in (first, second)
    )


def _keeps(kind: Type, common: Type, target: Type | None) -> bool:
    """Whether converting to ``common`` on the way to ``target`` changes nothing."""
    if kind == common or target == common:
        return True
    if kind.kind == FLOAT:
        return True  # to a wider one
    if common.kind == FLOAT:
        # Every int is a double, and then it is rounded once or not at all.
        is_exact = _BITS[kind.name] <= _BITS["int"] and common.name != "float"
        return is_exact and target is not None and target.kind == FLOAT
    is_signed = not kind.name.startswith("unsigned")
    if is_signed and common.name.startswith("unsigned"):
        if target is None or target.kind != INTEGER:
            return False
        return (_BITS | _SMALL).get(target.name, 65) <= _BITS[common.name]
    return True


def _cpp_alike(program: AnalysedProgram, first: Node, second: Node, target: Type) -> bool:
    kinds = [type_of(program, node) for node in (first, second)]
    if target.kind == POINTER:
        is_text = all(node.type == "string_literal" for node in (first, second))
        has_null = any(
            node.type == "null" or _value(program, node) == 0 for node in (first, second)
        )
        return is_text or (has_null and ADDRESS in kinds)
    if kinds[0] is None or kinds[1] is None or target.kind not in NUMBERS:
        return False
    if kinds[0].kind not in NUMBERS or kinds[1].kind not in NUMBERS:
        return False
    return _numbers_alike(kinds[0], kinds[1], target, Language.CPP)


def _java_alike(
    program: AnalysedProgram, condition: Node, first: Node, second: Node, target: Target
) -> bool:
    kinds = [type_of(program, node) for node in (first, second)]
    has_null = any(unwrapped(node).type == "null_literal" for node in (first, second))
    name = None if target.name is None else _simple(target.name)
    if name is None or name == "var":
        is_same = kinds[0] is not None and kinds[0] == kinds[1]
        return is_same or (has_null and Type(STRING, "String") in kinds)
    if name in _JAVA_PRIMITIVES:
        if has_null:
            return False  # a null that may never be taken
        if name in _JAVA_SMALL and not is_never_constant(program, condition):
            return False  # then only the chosen branch must fit
        return name in _JAVA_ANY or _java_double(kinds)
    if has_null or name not in _JAVA_BOXES:
        return True
    return kinds[0] is not None and kinds[0] == kinds[1]


def _java_double(kinds: list[Type | None]) -> bool:
    """Whether no branch passes through ``float`` on its way to ``double``."""
    if Type(FLOAT, "double") in kinds:
        return True
    known = {kind.kind for kind in kinds if kind is not None}
    return None not in kinds and len(known) == 1


def _simple(name: str) -> str:
    """A type's name without arguments and packages; an array's with its brackets."""
    if name.endswith("]"):
        return name
    return name.split("<")[0].rsplit(".", 1)[-1].strip()
