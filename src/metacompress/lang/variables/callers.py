"""Which functions and parameters of a program only its own text can name.

A snippet's outermost functions are its interface: whoever calls them does so from outside, by
names that must stay. A program with an entry point is whole, and has no such callers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from metacompress.lang.language import Language
from metacompress.lang.scopes import BindingKind
from metacompress.lang.scopes.java import modifiers_of
from metacompress.lang.syntax import descendants, operands, span_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.module import Module
    from metacompress.lang.scopes import Binding

# A string that is a name and nothing else may be looked up while the program runs.
_QUOTED_NAME = re.compile(rb"""["'](\w+)["']""")
_PYTHON_STRING_WORD = re.compile(rb"\w+")
# Ways for a Java program to see what its methods are called.
_JAVA_REFLECTION = re.compile(
    rb"\b(?:getMethods?|getDeclaredMethods?|getEnclosingMethod|getMethodName|getStackTrace"
    rb"|StackWalker|MethodHandles)\b"
)
# Modules that show the names of functions.
_PYTHON_REFLECTION = re.compile(rb"\b(?:inspect|traceback|logging|pickle|shelve|funcName)\b")


def closed_names(module: Module) -> frozenset[Span]:
    """The functions whose callers are all in view, and the parameters of which that is true.

    Each is told by its first occurrence. A parameter counts where no call out of view may name
    it, which calls of Python do. The scope analysis decides whether what is in view is certain.
    """
    closed: Iterable[Binding]
    if module.language is Language.PYTHON:
        closed = _closed_in_python(module)
    else:
        find = _closed_in_java if module.language is Language.JAVA else _closed_in_c
        quoted = _quoted_names(module.source)
        closed = [
            *(binding for binding in find(module) if binding.name not in quoted),
            *_of_kind(module, BindingKind.PARAMETER),
        ]
    return frozenset(binding.occurrences[0] for binding in closed)


def _of_kind(module: Module, kind: BindingKind) -> Iterator[Binding]:
    return (binding for binding in module.scopes.bindings if binding.kind is kind)


def _quoted_names(text: bytes) -> set[str]:
    return {name.decode(errors="replace") for name in _QUOTED_NAME.findall(text)}


def _bound_by(module: Module, names: Iterable[Node | None]) -> Iterator[Binding]:
    for name in names:
        binding = None if name is None else module.binding_of(name)
        if binding is not None:
            yield binding


# C and C++: functions of a whole program, and static ones that another function uses.


def _closed_in_c(module: Module) -> Iterator[Binding]:
    functions = list(_of_kind(module, BindingKind.FUNCTION))
    if any(binding.name == "main" for binding in functions):
        yield from functions
        return
    definitions = module.nodes("function_definition")
    starts = [node.start_byte for node in definitions]
    for node in definitions:
        is_static = any(
            child.type == "storage_class_specifier" and module.text(child) == "static"
            for child in node.children
        )
        name = _declared_name(node) if is_static else None
        binding = None if name is None else module.binding_of(name)
        if binding is None:
            continue
        for span in binding.occurrences:
            position = bisect_right(starts, span.start) - 1
            user = definitions[position] if position >= 0 else node
            if user != node and span.end <= user.end_byte:
                yield binding
                break


def _declared_name(function: Node) -> Node | None:
    name = function.child_by_field_name("declarator")
    while name is not None and name.type != "identifier":
        name = name.child_by_field_name("declarator")
    return name


# Java: private methods, and those of a whole program that nothing unseen overrides.


def _closed_in_java(module: Module) -> Iterator[Binding]:
    if _JAVA_REFLECTION.search(module.source):
        return
    open_methods: set[Span] = set()
    declared: list[Binding] = []
    is_whole = False
    methods = module.nodes("method_declaration")
    for node in methods:
        is_whole = is_whole or _is_entry_point(module, node)
    extended = {
        module.text(part)
        for node in module.nodes("superclass")
        for part in descendants(node)
        if part.type == "type_identifier"
    }
    for node in methods:
        binding = next(_bound_by(module, [node.child_by_field_name("name")]), None)
        if binding is None:
            continue
        declared.append(binding)
        is_private = "private" in modifiers_of(node)
        if not is_private and (not is_whole or _class_name(module, node) in extended):
            open_methods.add(binding.occurrences[0])
    yield from (binding for binding in declared if binding.occurrences[0] not in open_methods)


def _is_entry_point(module: Module, method: Node) -> bool:
    name = method.child_by_field_name("name")
    modifiers = modifiers_of(method)
    return name is not None and module.text(name) == "main" and {"public", "static"} <= modifiers


def _class_name(module: Module, method: Node) -> str:
    declaration = method.parent.parent if method.parent is not None else None
    name = declaration.child_by_field_name("name") if declaration is not None else None
    return "" if name is None else module.text(name)


# Python: functions inside of functions, all functions of a script, and their parameters.


def _closed_in_python(module: Module) -> Iterator[Binding]:
    is_whole = _is_script(module)
    in_strings = _words_in_strings(module)
    shows_names = _PYTHON_REFLECTION.search(module.source) is not None
    top = span_of(module.program.root)
    for binding in _of_kind(module, BindingKind.FUNCTION):
        is_inner = binding.scope != top
        if (is_whole or is_inner) and not shows_names and binding.name not in in_strings:
            yield binding
    quoted = _quoted_names(module.source)
    called_here = _called_here(module)
    for node in module.nodes("function_definition", "lambda"):
        parameters = node.child_by_field_name("parameters")
        if parameters is None:
            continue
        is_closed = is_whole or node.start_byte in called_here
        for name, may_be_named in _parameters(parameters):
            for binding in _bound_by(module, [name]):
                if not may_be_named or (is_closed and binding.name not in quoted):
                    yield binding


def _is_script(module: Module) -> bool:
    """Whether the module runs by itself: it calls or prints, or asks if it is ``__main__``.

    One that lists what others may import is a library all the same.
    """
    if b"__all__" in module.source:
        return False
    for node in operands(module.program.root):
        if node.type == "if_statement":
            condition = node.child_by_field_name("condition")
            if condition is not None and b"__name__" in (condition.text or b""):
                return True
        elif node.type == "expression_statement":
            call = operands(node)[0] if operands(node) else None
            function = call.child_by_field_name("function") if call is not None else None
            if function is not None and function.type == "identifier":
                binding = module.binding_of(function)
                if binding is None:
                    if module.text(function) == "print":
                        return True
                elif binding.kind is BindingKind.FUNCTION:
                    return True
    return False


def _words_in_strings(module: Module) -> frozenset[str]:
    return frozenset(
        word.decode(errors="replace")
        for node in module.nodes("string_content")
        for word in _PYTHON_STRING_WORD.findall(node.text or b"")
    )


def _called_here(module: Module) -> set[int]:
    """Where functions start that are not handed out, so that all of their calls are in view.

    A lambda expression that is an argument is taken to be called by position.
    """
    starts: set[int] = set()
    in_view: set[int] = set()
    for call in module.nodes("call"):
        function = call.child_by_field_name("function")
        arguments = call.child_by_field_name("arguments")
        in_view.add(call.start_byte if function is None else function.start_byte)
        for argument in () if arguments is None else operands(arguments):
            value = argument.child_by_field_name("value") or argument
            if value.type == "lambda":
                starts.add(value.start_byte)
    names = [
        (node, name)
        for node in module.nodes("function_definition")
        if (name := node.child_by_field_name("name")) is not None
    ]
    in_view.update(name.start_byte for _, name in names)
    top = span_of(module.program.root)
    for node, name in names:
        binding = module.binding_of(name)
        if (
            binding is not None
            and binding.scope != top
            and binding.kind is BindingKind.FUNCTION
            and binding.fixed is None
            and all(span.start in in_view for span in binding.occurrences)
        ):
            starts.add(node.start_byte)
    return starts


def _parameters(parameters: Node) -> Iterator[tuple[Node | None, bool]]:
    """The names of parameters, and whether a call may use them as keywords."""
    names = operands(parameters)
    separator = next((i for i, node in enumerate(names) if node.type == "positional_separator"), -1)
    for position, node in enumerate(names):
        name: Node | None = node
        if node.type not in ("identifier", *_SPLATS):
            name = node.child_by_field_name("name") or next(iter(operands(node)), None)
        is_splat = name is not None and name.type in _SPLATS
        if is_splat and name is not None:
            name = next(iter(operands(name)), None)
        if name is not None and name.type == "identifier":
            yield name, position > separator and not is_splat


_SPLATS = ("list_splat_pattern", "dictionary_splat_pattern")
