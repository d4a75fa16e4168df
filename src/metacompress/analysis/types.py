"""Types of expressions, as far as a snippet shows them: declared scalars, literals, operators.

What is not certain is None: a name of unseen origin, a call, a typedef that is not standard.
Sizes are those of LP64, where ``int64_t`` is ``long``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metacompress.analysis.macros import find_macros, number_in
from metacompress.lang.language import C_FAMILY, Language
from metacompress.lang.scopes.model import BindingKind
from metacompress.lang.syntax import descendants, operands

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding


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
_POINTER = Type(POINTER, "pointer")

_C_WORDS = frozenset("char short int long signed unsigned float double bool _Bool".split())
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
_JAVA_TYPES = {
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
_STRING_METHODS = {
    "length": Type(INTEGER, "int"),
    "charAt": Type(INTEGER, "char"),
    "indexOf": Type(INTEGER, "int"),
    "lastIndexOf": Type(INTEGER, "int"),
    "compareTo": Type(INTEGER, "int"),
    "equals": Type(BOOL, "boolean"),
    "isEmpty": Type(BOOL, "boolean"),
}
# Of arrays of more dimensions, the type of an element is left open.
_DEEPEST = 8
COMPARISONS = frozenset({"<", ">", "<=", ">=", "==", "!="})
_LOCALS = (BindingKind.LOCAL, BindingKind.PARAMETER)
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
    if node.type == "identifier":
        binding = program.binding_of(node)
        if binding is None:
            number = number_in(program.fact(find_macros).get(program.text(node)))
            return None if number is None else _c_number_type(number)
        return declared_type(program, binding)
    rule = _RULES[program.language].get(node.type)
    return None if rule is None else rule(program, node)


def declared_type(program: AnalysedProgram, binding: Binding) -> Type | None:
    """The type that a variable is declared with; None for Python and for what is unclear."""
    declaration = _declaration(program, binding)
    return None if declaration is None else _named(program, *declaration)


def _declaration(program: AnalysedProgram, binding: Binding) -> tuple[str, int] | None:
    """How a variable is declared: a type, and how many pointers to it or arrays of it."""
    if program.language is Language.PYTHON:
        return None
    if not _C_WORDS.isdisjoint(program.fact(find_macros)):
        return None  # for example #define int long long
    name = program.name_of(binding)
    if name is None:
        return None
    return (_c_declaration if program.language in C_FAMILY else _java_declaration)(program, name)


def _named(program: AnalysedProgram, specifiers: str, depth: int) -> Type | None:
    if program.language in C_FAMILY:
        return _POINTER if depth else c_type(specifiers)
    kind = None if depth else _JAVA_TYPES.get(specifiers)
    return None if kind is None else Type(kind, specifiers)


def declaration_around(program: AnalysedProgram, binding: Binding, *endings: str) -> Node | None:
    """The innermost node around where a variable is declared whose type ends with one of these."""
    node = program.name_of(binding)
    while node is not None and not node.type.endswith(endings):
        node = node.parent
    return node


def is_volatile(program: AnalysedProgram, binding: Binding) -> bool:
    """Whether a variable's declaration, or what encloses it, says ``volatile`` or ``atomic``."""
    if program.language is Language.JAVA and binding.kind in _LOCALS:
        return False
    node = declaration_around(program, binding, "declaration")
    text = "" if node is None else program.text(node)
    return "volatile" in text or "tomic" in text


def c_type(text: str) -> Type | None:
    """The scalar type that C or C++ declaration specifiers name."""
    words = [
        word
        for word in text.split()
        if word not in ("const", "static", "register", "volatile", "restrict", "inline", "auto")
    ]
    if len(words) == 1 and words[0] in _C_TYPEDEFS:
        return Type(INTEGER, _C_TYPEDEFS[words[0]])
    if not words or not _C_WORDS.issuperset(words):
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
        return Type(INTEGER, "int")
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


def operator_of(program: AnalysedProgram, node: Node) -> str:
    """The operator of a unary, binary or assignment expression."""
    operator = node.child_by_field_name("operator") or node.child_by_field_name("operators")
    return "" if operator is None else program.text(operator)


def _c_declaration(program: AnalysedProgram, name: Node) -> tuple[str, int] | None:
    node, depth = name, 0
    while (parent := node.parent) is not None:
        if parent.type in ("declaration", "parameter_declaration"):
            specifier = parent.child_by_field_name("type")
            if specifier is None or specifier == node:
                return None
            return program.text(specifier), depth
        if parent.type in ("pointer_declarator", "array_declarator"):
            depth += 1
        elif parent.type == "init_declarator":
            if parent.child_by_field_name("declarator") != node:
                return None
        else:
            return None
        node = parent
    return None


def _java_declaration(program: AnalysedProgram, name: Node) -> tuple[str, int] | None:
    declarator = name.parent
    if declarator is None or declarator.child_by_field_name("name") != name:
        return None
    declaration = declarator.parent if declarator.type == "variable_declarator" else declarator
    if declaration is None or declaration.type not in (
        "local_variable_declaration",
        "field_declaration",
        "formal_parameter",
        "enhanced_for_statement",
    ):
        return None
    specifier = declaration.child_by_field_name("type")
    if specifier is None:
        return None
    depth = 0
    if specifier.type == "array_type":
        depth += _dimensions(program, specifier)
        element = specifier.child_by_field_name("element")
        specifier = specifier if element is None else element
    return program.text(specifier), depth + _dimensions(program, declarator)


def _dimensions(program: AnalysedProgram, node: Node) -> int:
    dimensions = node.child_by_field_name("dimensions")
    return 0 if dimensions is None else program.text(dimensions).count("[")


def _fixed(kind: str, name: str) -> Callable[[AnalysedProgram, Node], Type | None]:
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
        return Type(INTEGER, "int")
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
    truth = Type(INTEGER, "int") if program.language is Language.C else Type(BOOL, "bool")
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
            return Type(INTEGER, "int")
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


def declared_as(program: AnalysedProgram, node: Node) -> tuple[str, int] | None:
    """Like ``_declaration``, for a variable or an element of one."""
    depth = 0
    while node.type != "identifier":
        if node.type in ("subscript_expression", "array_access") or (
            node.type == "pointer_expression" and node.children[0].type == "*"
        ):
            depth += 1
            inner = node.child_by_field_name("argument") or node.child_by_field_name("array")
        else:
            inner = operands(node)[0] if node.type == "parenthesized_expression" else None
        if inner is None or depth > _DEEPEST:
            return None
        node = inner
    binding = program.binding_of(node)
    declaration = None if binding is None else _declaration(program, binding)
    if declaration is None or declaration[1] < depth:
        return None
    return declaration[0], declaration[1] - depth


def _element_type(program: AnalysedProgram, node: Node) -> Type | None:
    element = declared_as(program, node)
    return None if element is None else _named(program, *element)


def _java_field(program: AnalysedProgram, node: Node) -> Type | None:
    """The length of an array."""
    array, field = node.child_by_field_name("object"), node.child_by_field_name("field")
    if array is None or field is None or program.text(field) != "length":
        return None
    element = declared_as(program, array)
    return Type(INTEGER, "int") if element is not None and element[1] else None


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
    return _POINTER if text.rstrip().endswith("*") else c_type(text)


def _java_cast(program: AnalysedProgram, node: Node) -> Type | None:
    target = node.child_by_field_name("type")
    text = "" if target is None else program.text(target)
    return Type(_JAVA_TYPES[text], text) if text in _JAVA_TYPES else None


def _python_binary(program: AnalysedProgram, node: Node) -> Type | None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if (
        left is None
        or right is None
        or operator_of(program, node) not in ("+", "-", "*", "//", "%")
    ):
        return None
    kinds = {type_of(program, left), type_of(program, right)}
    return Type(INTEGER, "int") if kinds == {Type(INTEGER, "int")} else None


_C_RULES: dict[str, Callable[[AnalysedProgram, Node], Type | None]] = {
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
    "subscript_expression": _element_type,
    "pointer_expression": _element_type,
}


_RULES: dict[Language, dict[str, Callable[[AnalysedProgram, Node], Type | None]]] = {
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
        "array_access": _element_type,
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
