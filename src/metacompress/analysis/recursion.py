"""Functions that call themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.language import C_FAMILY, JS_FAMILY, Language
from metacompress.lang.syntax import descendants

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram

_DEFINITIONS = frozenset(
    """
    function_definition method_declaration function_declaration generator_function_declaration
    function_expression generator_function method_definition
    """.split()
)
_CALLS = frozenset({"call_expression", "method_invocation", "call"})
_CLASS_BODIES = frozenset({"class_body", "enum_body_declarations", "interface_body"})
_LOOKED_AT = _DEFINITIONS | _CALLS | _CLASS_BODIES
_OWN_OBJECTS = frozenset({"this", "self", "cls"})


def has_recursion(program: AnalysedProgram) -> bool:
    """Whether a call inside of a function or method is one of the function itself.

    It goes by the name, by the number of arguments where names may be overloaded, and by the
    object: a method is called on ``this``, ``self`` or ``cls``, on the receiver in Go, or on
    nothing where the language has that. Functions that call each other in turn are not found.
    """
    # The ends of the definitions and bodies of classes around, with what a call there may mean.
    open_until: list[tuple[int, frozenset[_Signature]]] = []
    for node in descendants(program.parsed.root):
        kind = node.type
        if kind not in _LOOKED_AT:
            continue
        while open_until and open_until[-1][0] <= node.start_byte:
            open_until.pop()
        around = open_until[-1][1] if open_until else frozenset()
        if kind in _DEFINITIONS:
            found = _signature(node, program)
            if found is not None:
                open_until.append((node.end_byte, around | {found}))
        elif kind in _CLASS_BODIES:
            # The methods of an inner class are called on another object.
            open_until.append((node.end_byte, frozenset()))
        elif around and _called(node, program) & around:
            return True
    return False


_Signature = tuple[str, int | None, bool]
"""A name, a number of arguments where names may be overloaded, and whether an object has it."""


def _signature(definition: Node, program: AnalysedProgram) -> _Signature | None:
    language = program.language
    name = definition.child_by_field_name("name")
    if language in C_FAMILY:
        name = _declared_name(definition)
    if name is None:
        return None
    text = program.text(name)
    if language is Language.JAVA:
        parameters = definition.child_by_field_name("parameters")
        kinds = [] if parameters is None else [one.type for one in parameters.named_children]
        count = sum(kind == "formal_parameter" for kind in kinds)
        return text, None if "spread_parameter" in kinds else count, False
    if language in JS_FAMILY:
        return text, None, definition.type == "method_definition"
    if language is Language.GO and definition.type == "method_declaration":
        return f"{_receiver(program, definition)}.{text}", None, True
    return text, None, language is Language.PYTHON and _is_method(definition)


def _receiver(program: AnalysedProgram, method: Node) -> str:
    """The name of a Go method's receiver; empty where it has none."""
    receiver = method.child_by_field_name("receiver")
    parameter = None if receiver is None else next(iter(receiver.named_children), None)
    name = None if parameter is None else parameter.child_by_field_name("name")
    return "" if name is None else program.text(name)


def _declared_name(definition: Node) -> Node | None:
    """The name that a definition of C or C++ declares, without its qualifiers."""
    node = definition.child_by_field_name("declarator")
    while node is not None and node.type not in ("identifier", "field_identifier"):
        inner = node.child_by_field_name("declarator") or node.child_by_field_name("name")
        if inner is None and node.named_child_count == 1 and node.type.endswith("declarator"):
            inner = node.named_children[0]
        node = inner
    return node


def _is_method(definition: Node) -> bool:
    """Whether a definition of Python stands in the body of a class."""
    parent = definition.parent
    if parent is not None and parent.type == "decorated_definition":
        parent = parent.parent
    around = None if parent is None else parent.parent
    return around is not None and around.type == "class_definition"


def _called(call: Node, program: AnalysedProgram) -> frozenset[_Signature]:
    """The signatures that a call may be one of."""
    language = program.language
    function = call.child_by_field_name("function")
    if language is Language.JAVA:
        name, owner = call.child_by_field_name("name"), call.child_by_field_name("object")
        arguments = call.child_by_field_name("arguments")
        count = 0 if arguments is None else arguments.named_child_count
        if name is None or (owner is not None and owner.type != "this"):
            return frozenset()
        text = program.text(name)
        return frozenset({(text, count, False), (text, None, False)})
    if function is None:
        return frozenset()
    if function.type == "identifier":
        return frozenset({(program.text(function), None, False)})
    if language is Language.GO:
        return frozenset({(program.text(function), None, True)})
    owner = function.child_by_field_name("argument") or function.child_by_field_name("object")
    name = (
        function.child_by_field_name("field")
        or function.child_by_field_name("attribute")
        or function.child_by_field_name("property")
    )
    if owner is None or name is None or program.text(owner) not in _OWN_OBJECTS:
        return frozenset()
    is_method = language is Language.PYTHON or language in JS_FAMILY
    return frozenset({(program.text(name), None, is_method)})
