"""Which functions and parameters of a program only its own text can name.

A snippet's outermost functions are its interface: whoever calls them does so from outside, by
names that must stay. A program with an entry point is whole, and has no such callers, unless it is
a class of a named Java package, or a file of Go that uses another one of its package.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from metacompress.analysis.variables.go_callers import closed_in_go
from metacompress.analysis.variables.javascript_callers import closed_in_javascript
from metacompress.analysis.variables.python_callers import closed_in_python
from metacompress.lang.language import JS_FAMILY, Language
from metacompress.lang.scopes import BindingKind
from metacompress.lang.scopes.java.modifiers import modifiers_of
from metacompress.lang.syntax import descendants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding

# A string that is a name and nothing else may be looked up while the program runs.
# ``"Main.half"`` and ``"Main#half"`` end with one.
_QUOTED_NAME = re.compile(rb"""["'](?:[\w$.]+(?:[.#]|::?))?(\w+)["']""")
# Ways for a Java program to see what its methods are called.
_JAVA_REFLECTION = re.compile(
    rb"\b(?:getMethods?|getDeclaredMethods?|getEnclosingMethod|getMethodName|getStackTrace"
    rb"|StackWalker|MethodHandles)\b"
)
# One for it to see what their parameters are called, if the compiler keeps that.
_JAVA_PARAMETERS = re.compile(rb"\bgetParameters\s*\(\s*\)|\bParameterNameDiscoverer\b")


def closed_names(program: AnalysedProgram) -> frozenset[Span]:
    """The functions whose callers are all in view, and the parameters of which that is true.

    Each is named by its first occurrence. A parameter counts where no call out of view may name
    it, which calls of Python do. The scope analysis decides whether what is in view is certain.
    """
    closed: Iterable[Binding]
    if program.language is Language.PYTHON:
        closed = closed_in_python(program)
    elif program.language in JS_FAMILY:
        closed = closed_in_javascript(program)
    elif program.language is Language.GO:
        closed = (*closed_in_go(program), *_of_kind(program, BindingKind.PARAMETER))
    else:
        find = _closed_in_java if program.language is Language.JAVA else _closed_in_c
        quoted = _quoted_names(program.source)
        shows_parameters = find is _closed_in_java and _JAVA_PARAMETERS.search(program.source)
        closed = [
            *(binding for binding in find(program) if binding.name not in quoted),
            *(() if shows_parameters else _of_kind(program, BindingKind.PARAMETER)),
        ]
    return frozenset(binding.occurrences[0] for binding in closed)


def _of_kind(program: AnalysedProgram, kind: BindingKind) -> Iterator[Binding]:
    return (binding for binding in program.scopes.bindings if binding.kind is kind)


def _quoted_names(text: bytes) -> set[str]:
    return {name.decode(errors="replace") for name in _QUOTED_NAME.findall(text)}


def _bound_by(program: AnalysedProgram, names: Iterable[Node | None]) -> Iterator[Binding]:
    for name in names:
        binding = None if name is None else program.binding_of(name)
        if binding is not None:
            yield binding


# C and C++: functions of a whole program, and static ones that another function uses.


def _closed_in_c(program: AnalysedProgram) -> Iterator[Binding]:
    functions = list(_of_kind(program, BindingKind.FUNCTION))
    if any(binding.name == "main" for binding in functions):
        yield from functions
        return
    definitions = program.nodes("function_definition")
    starts = [node.start_byte for node in definitions]
    for node in definitions:
        is_static = any(
            child.type == "storage_class_specifier" and program.text(child) == "static"
            for child in node.children
        )
        name = _declared_name(node) if is_static else None
        binding = None if name is None else program.binding_of(name)
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


def _closed_in_java(program: AnalysedProgram) -> Iterator[Binding]:
    if _JAVA_REFLECTION.search(program.source):
        return
    open_methods: set[Span] = set()
    declared: list[Binding] = []
    methods = program.nodes("method_declaration")
    # Others may call a class that they can import, be it a program or not.
    is_whole = not program.nodes("package_declaration", "module_declaration") and any(
        _is_entry_point(program, node) for node in methods
    )
    extended = {
        program.text(part)
        for node in program.nodes("superclass")
        for part in descendants(node)
        if part.type == "type_identifier"
    }
    for node in methods:
        binding = next(_bound_by(program, [node.child_by_field_name("name")]), None)
        if binding is None:
            continue
        declared.append(binding)
        is_private = "private" in modifiers_of(node)
        if not is_private and (not is_whole or _class_name(program, node) in extended):
            open_methods.add(binding.occurrences[0])
    yield from (binding for binding in declared if binding.occurrences[0] not in open_methods)


def _is_entry_point(program: AnalysedProgram, method: Node) -> bool:
    name = method.child_by_field_name("name")
    modifiers = modifiers_of(method)
    return name is not None and program.text(name) == "main" and {"public", "static"} <= modifiers


def _class_name(program: AnalysedProgram, method: Node) -> str:
    declaration = method.parent.parent if method.parent is not None else None
    name = declaration.child_by_field_name("name") if declaration is not None else None
    return "" if name is None else program.text(name)
