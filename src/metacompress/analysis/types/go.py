"""Types of Go's variables and expressions, as far as a snippet shows them.

Only predeclared types are known, and no type that the program or another package declares. An
untyped constant takes the type that the expression around it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.types.scalars import BOOL, FLOAT, INTEGER, STRING, Type
from metacompress.lang.syntax import operands

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding

    _TypeOf = Callable[[AnalysedProgram, Node], Type | None]

UNTYPED = "untyped"
_INTEGERS = """
    int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr byte rune
"""
_TYPES = {
    **{name: Type(INTEGER, name) for name in _INTEGERS.split()},
    "float32": Type(FLOAT, "float32"),
    "float64": Type(FLOAT, "float64"),
    "string": Type(STRING, "string"),
    "bool": Type(BOOL, "bool"),
}
_LITERALS = {
    "int_literal": Type(INTEGER, UNTYPED),
    "rune_literal": Type(INTEGER, UNTYPED),
    "float_literal": Type(FLOAT, UNTYPED),
    "interpreted_string_literal": Type(STRING, UNTYPED),
    "raw_string_literal": Type(STRING, UNTYPED),
    "true": Type(BOOL, UNTYPED),
    "false": Type(BOOL, UNTYPED),
}
# What a variable gets that is declared with a constant without a type.
_DEFAULTS = {
    "int_literal": Type(INTEGER, "int"),
    "rune_literal": Type(INTEGER, "rune"),
    "float_literal": Type(FLOAT, "float64"),
    "interpreted_string_literal": Type(STRING, "string"),
    "raw_string_literal": Type(STRING, "string"),
    "true": Type(BOOL, "bool"),
    "false": Type(BOOL, "bool"),
}
_COMPARISONS = frozenset({"<", ">", "<=", ">=", "==", "!=", "&&", "||"})
_SIZES = frozenset({"len", "cap"})


def go_type(program: AnalysedProgram, node: Node, type_of: _TypeOf) -> Type | None:
    """The type of an expression; see ``inference.type_of``, which knows that of its parts."""
    kind = node.type
    if kind == "identifier":
        binding = program.binding_of(node)
        return None if binding is None else _declared(program, binding)
    if kind in _LITERALS:
        return _LITERALS[kind]
    if kind == "call_expression":
        return _called(program, node)
    if kind == "unary_expression":
        operand = node.child_by_field_name("operand")
        if node.children[0].type not in ("-", "+", "^", "!") or operand is None:
            return None
        return type_of(program, operand)
    if kind == "binary_expression":
        return _binary(program, node, type_of)
    if kind == "index_expression":
        text = node.child_by_field_name("operand")
        is_text = text is not None and _kind(type_of(program, text)) == STRING
        return Type(INTEGER, "byte") if is_text else None
    return None


def is_typed_integer(kind: Type) -> bool:
    """Whether a type is one of integers, and not that of a constant, which may become a float."""
    return kind.kind == INTEGER and kind.name != UNTYPED


def is_builtin(program: AnalysedProgram, name: Node) -> bool:
    """Whether a name is one that the language declares, unless a dot import hides it."""
    return program.binding_of(name) is None and not program.nodes("dot")


def predeclared(program: AnalysedProgram, name: Node) -> Type | None:
    """The type of this name, where it is one of the language."""
    found = _TYPES.get(program.text(name))
    return found if found is not None and is_builtin(program, name) else None


def _kind(found: Type | None) -> str:
    return "" if found is None else found.kind


def _called(program: AnalysedProgram, call: Node) -> Type | None:
    """The type of ``len(a)`` and of a conversion."""
    callee = call.child_by_field_name("function")
    if callee is None or callee.type != "identifier":
        return None
    if program.text(callee) in _SIZES and is_builtin(program, callee):
        return Type(INTEGER, "int")
    return predeclared(program, callee)


def _binary(program: AnalysedProgram, node: Node, type_of: _TypeOf) -> Type | None:
    operator = node.child_by_field_name("operator")
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if operator is None or left is None or right is None:
        return None
    if operator.type in _COMPARISONS:
        return Type(BOOL, UNTYPED)
    first = type_of(program, left)
    if operator.type in ("<<", ">>"):
        return first if _kind(first) == INTEGER else None
    second = type_of(program, right)
    # Both operands have one type, unless one of them is a constant without a type.
    for one in (first, second):
        if one is not None and one.name != UNTYPED:
            return one
    if first is None or second is None:
        return None
    return second if second.kind == FLOAT else first


def _declared(program: AnalysedProgram, binding: Binding) -> Type | None:
    name = program.name_of(binding)
    around = None if name is None else name.parent
    if name is None or around is None:
        return None
    if around.type in ("parameter_declaration", "var_spec", "const_spec"):
        written = around.child_by_field_name("type")
        if written is not None:
            is_name = written.type == "type_identifier" and written != name
            return predeclared(program, written) if is_name else None
        values = around.child_by_field_name("value")
        names = [child for child in around.named_children if child.type == "identifier"]
        return _initial(program, names, name, values, is_constant=around.type == "const_spec")
    declaration = around.parent
    if declaration is not None and declaration.type == "short_var_declaration":
        values = declaration.child_by_field_name("right")
        return _initial(program, operands(around), name, values, is_constant=False)
    return None


def _initial(
    program: AnalysedProgram,
    names: list[Node],
    name: Node,
    values: Node | None,
    *,
    is_constant: bool,
) -> Type | None:
    """The type of what a variable is declared with, where that is plain."""
    found = [] if values is None else operands(values)
    if len(found) != len(names) or name not in names:
        return None
    value = found[names.index(name)]
    while value.type == "unary_expression" and value.children[0].type in ("-", "+"):
        value = operands(value)[0]
    if value.type == "call_expression":
        return _called(program, value)
    return (_LITERALS if is_constant else _DEFAULTS).get(value.type)
