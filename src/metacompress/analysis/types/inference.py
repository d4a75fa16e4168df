"""Types of expressions, as far as a snippet shows them: declared scalars, literals, operators.

What is not certain is None: a name of unseen origin, a call, a typedef that is not standard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.macros import find_macros, number_in
from metacompress.analysis.types.declared import declared_as, declared_type, element_type
from metacompress.analysis.types.go import go_type
from metacompress.analysis.types.scalars import (
    ADDRESS,
    BOOL,
    FLOAT,
    INT,
    INTEGER,
    JAVA_TYPES,
    POINTER,
    STRING,
    Type,
    arithmetic_type,
    c_type,
    promoted,
)
from metacompress.lang.language import Language
from metacompress.lang.syntax import descendants, operands

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

    _Rule = Callable[[AnalysedProgram, Node], Type | None]

_STRING_METHODS = {
    "length": INT,
    "charAt": Type(INTEGER, "char"),
    "indexOf": INT,
    "lastIndexOf": INT,
    "compareTo": INT,
    "equals": Type(BOOL, "boolean"),
    "isEmpty": Type(BOOL, "boolean"),
}
COMPARISONS = frozenset({"<", ">", "<=", ">=", "==", "!="})
_ARITHMETIC = frozenset({"+", "-", "*", "/", "%", "&", "|", "^"})


def type_of(program: AnalysedProgram, node: Node) -> Type | None:
    """The type of an expression before any conversion by its surroundings; None if uncertain."""
    known = program.fact(_known_types)
    if node.id not in known:
        # Operands first, so that no rule has to go deep.
        for part in reversed(list(descendants(node))):
            if part.id not in known:
                known[part.id] = _type_by_rule(program, part)
    return known[node.id]


def _known_types(program: AnalysedProgram) -> dict[int, Type | None]:
    """A cache of ``type_of`` by the id of the node, empty at first."""
    return {}


def _type_by_rule(program: AnalysedProgram, node: Node) -> Type | None:
    if node.type == "parenthesized_expression":
        inner = operands(node)
        return type_of(program, inner[0]) if len(inner) == 1 else None
    if program.language is Language.GO:
        return go_type(program, node, type_of)
    if node.type == "identifier":
        binding = program.binding_of(node)
        if binding is None:
            number = number_in(program.fact(find_macros).get(program.text(node)))
            return None if number is None else _c_number_type(number)
        return declared_type(program, binding)
    rule = _RULES.get(program.language, {}).get(node.type)
    return None if rule is None else rule(program, node)


def operator_of(program: AnalysedProgram, node: Node) -> str:
    """The operator of a unary, binary or assignment expression."""
    operator = node.child_by_field_name("operator") or node.child_by_field_name("operators")
    return "" if operator is None else program.text(operator)


def _fixed(kind: str, name: str) -> _Rule:
    return lambda program, node: Type(kind, name)


def _c_number(program: AnalysedProgram, node: Node) -> Type | None:
    return _c_number_type(program.text(node))


def _c_number_type(literal: str) -> Type | None:
    text = literal.lower().replace("'", "")
    is_hexadecimal = text.startswith("0x")
    if "." in text or ("p" in text if is_hexadecimal else "e" in text):
        return Type(FLOAT, {"f": "float", "l": "long double"}.get(text[-1], "double"))
    digits = text.rstrip("ul")
    suffix = text[len(digits) :]
    try:
        value = int(digits, 8 if digits.startswith("0") and digits.isdigit() else 0)
    except ValueError:
        return None
    if suffix == "" and value < 2**31:
        return INT
    if suffix in ("l", "ul", "lu", "u") and value < 2**31:
        return Type(INTEGER, {"l": "long", "u": "unsigned int"}.get(suffix, "unsigned long"))
    return None


def _c_character(program: AnalysedProgram, node: Node) -> Type | None:
    if not program.text(node).startswith("'"):
        return None
    return Type(INTEGER, "int" if program.language is Language.C else "char")


def _java_integer(program: AnalysedProgram, node: Node) -> Type | None:
    return Type(INTEGER, "long" if program.text(node)[-1] in "lL" else "int")


def _java_float(program: AnalysedProgram, node: Node) -> Type | None:
    text = program.text(node).lower()
    return Type(FLOAT, "float" if text.endswith("f") and not text.startswith("0x") else "double")


def _binary(program: AnalysedProgram, node: Node) -> Type | None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = operator_of(program, node)
    truth = INT if program.language is Language.C else Type(BOOL, "bool")
    if program.language is Language.JAVA:
        truth = Type(BOOL, "boolean")
    if left is None or right is None:
        return None
    if operator in COMPARISONS or operator in ("&&", "||"):
        # C++ may overload operators: only scalars are certain.
        if program.language is not Language.CPP:
            return truth
        return truth if type_of(program, left) and type_of(program, right) else None
    left_type = type_of(program, left)
    if operator in ("<<", ">>", ">>>"):
        known = left_type is not None and left_type.kind == INTEGER
        return promoted(left_type, program.language) if left_type and known else None
    right_type = type_of(program, right)
    if left_type is None or right_type is None or operator not in _ARITHMETIC:
        return None
    if program.language is Language.JAVA:
        if operator == "+" and STRING in (left_type.kind, right_type.kind):
            return Type(STRING, "String")
        if left_type.kind == right_type.kind == BOOL:
            return truth
    return arithmetic_type(left_type, right_type, program.language)


def _unary(program: AnalysedProgram, node: Node) -> Type | None:
    argument = node.child_by_field_name("argument") or node.child_by_field_name("operand")
    kind = None if argument is None else type_of(program, argument)
    operator = operator_of(program, node)
    if operator == "!":
        if program.language is Language.C:
            return INT
        name = "boolean" if program.language is Language.JAVA else "bool"
        return Type(BOOL, name) if program.language is Language.JAVA or kind else None
    if kind is None or operator not in ("-", "+", "~"):
        return None
    return promoted(kind, program.language) if kind.kind in (INTEGER, FLOAT) else None


def _assigned(program: AnalysedProgram, node: Node) -> Type | None:
    left = node.child_by_field_name("left")
    return None if left is None else type_of(program, left)


def _conditional(program: AnalysedProgram, node: Node) -> Type | None:
    parts = [node.child_by_field_name(name) for name in ("consequence", "alternative")]
    kinds = {None if part is None else type_of(program, part) for part in parts}
    kind = kinds.pop()
    return kind if not kinds else None


def _argument_type(program: AnalysedProgram, node: Node) -> Type | None:
    argument = operands(node)
    return type_of(program, argument[0]) if argument else None


def _java_field(program: AnalysedProgram, node: Node) -> Type | None:
    """The length of an array."""
    array, field = node.child_by_field_name("object"), node.child_by_field_name("field")
    if array is None or field is None or program.text(field) != "length":
        return None
    element = declared_as(program, array)
    return INT if element is not None and element[1] else None


def _java_call(program: AnalysedProgram, node: Node) -> Type | None:
    """What some methods of a string return."""
    receiver, name = node.child_by_field_name("object"), node.child_by_field_name("name")
    if receiver is None or name is None or type_of(program, receiver) != Type(STRING, "String"):
        return None
    return _STRING_METHODS.get(program.text(name))


def _c_cast(program: AnalysedProgram, node: Node) -> Type | None:
    descriptor = node.child_by_field_name("type")
    if descriptor is None:
        return None
    text = program.text(descriptor)
    return ADDRESS if text.rstrip().endswith("*") else c_type(text)


def _java_cast(program: AnalysedProgram, node: Node) -> Type | None:
    target = node.child_by_field_name("type")
    text = "" if target is None else program.text(target)
    return Type(JAVA_TYPES[text], text) if text in JAVA_TYPES else None


def _python_binary(program: AnalysedProgram, node: Node) -> Type | None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if (
        left is None
        or right is None
        or operator_of(program, node) not in ("+", "-", "*", "//", "%")
    ):
        return None
    kinds = {type_of(program, left), type_of(program, right)}
    return INT if kinds == {INT} else None


_C_RULES: dict[str, _Rule] = {
    "number_literal": _c_number,
    "char_literal": _c_character,
    "sizeof_expression": _fixed(INTEGER, "unsigned long"),
    "string_literal": _fixed(POINTER, "pointer"),
    "null": _fixed(POINTER, "pointer"),
    "binary_expression": _binary,
    "unary_expression": _unary,
    "update_expression": _argument_type,
    "assignment_expression": _assigned,
    "conditional_expression": _conditional,
    "cast_expression": _c_cast,
    "subscript_expression": element_type,
    "pointer_expression": element_type,
}


_RULES: dict[Language, dict[str, _Rule]] = {
    Language.C: _C_RULES,
    Language.CPP: _C_RULES
    | {
        "true": _fixed(BOOL, "bool"),
        "false": _fixed(BOOL, "bool"),
    },
    Language.JAVA: {
        "decimal_integer_literal": _java_integer,
        "hex_integer_literal": _java_integer,
        "octal_integer_literal": _java_integer,
        "binary_integer_literal": _java_integer,
        "decimal_floating_point_literal": _java_float,
        "hex_floating_point_literal": _java_float,
        "character_literal": _fixed(INTEGER, "char"),
        "string_literal": _fixed(STRING, "String"),
        "true": _fixed(BOOL, "boolean"),
        "false": _fixed(BOOL, "boolean"),
        "binary_expression": _binary,
        "unary_expression": _unary,
        "update_expression": _argument_type,
        "assignment_expression": _assigned,
        "ternary_expression": _conditional,
        "cast_expression": _java_cast,
        "array_access": element_type,
        "field_access": _java_field,
        "method_invocation": _java_call,
        "instanceof_expression": _fixed(BOOL, "boolean"),
    },
    Language.PYTHON: {
        "integer": _fixed(INTEGER, "int"),
        "float": _fixed(FLOAT, "float"),
        "string": _fixed(STRING, "str"),
        "true": _fixed(BOOL, "bool"),
        "false": _fixed(BOOL, "bool"),
        "not_operator": _fixed(BOOL, "bool"),
        "binary_operator": _python_binary,
    },
}
