"""Which functions and parameters of a Python program only its own code can name.

Calls may name parameters, so a parameter is closed only where every call of its function is in
view: no text, no unseen library and no reader of signatures may call by keyword. Not seen: what
messages of TypeError and UnboundLocalError say of names, and keywords that are put together while
the program runs and handed on without ``**``.
"""

from __future__ import annotations

import builtins
import re
from typing import TYPE_CHECKING

from metacompress.lang.scopes import BindingKind
from metacompress.lang.syntax import called_name, operands, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding

_WORD = re.compile(rb"\w+")
# A string that is a name and nothing else may be the key of keyword arguments.
_QUOTED_NAME = re.compile(rb"""["'](\w+)["']""")
# A call by keyword as docstrings, doctests and text that is run later write it.
# From the start of a word and without a way back: a word of a megabyte is read once.
_KEYWORD_USE = re.compile(rb"\b(\w++)\s*+=(?!=)")
# Modules that show the names of functions, and ways to get at the program's own module.
_REFLECTION = re.compile(
    rb"\b(?:inspect|traceback|logging|pickle|shelve|funcName|cProfile|profile|pstats|tracemalloc"
    rb"|faulthandler|dis|pydoc|help|runpy|import_module|__import__|import\s+__main__)\b"
)
# Functions that test runners find by their names, and whose parameters name fixtures.
_COLLECTED = re.compile(r"(?:test|pytest|setup|teardown|setUp|tearDown|load_tests)")
_BUILTINS = frozenset(dir(builtins))
# Keyword arguments whose value is called by position.
_CALLED_BY_POSITION = frozenset({"key", "target"})
_SPLATS = ("list_splat_pattern", "dictionary_splat_pattern")


def closed_in_python(program: AnalysedProgram) -> Iterator[Binding]:
    """Functions inside of functions, all functions of a script, and their parameters."""
    is_whole = _is_script(program)
    in_strings = _words_in_strings(program)
    shows_names = _REFLECTION.search(program.source) is not None
    top = span_of(program.parsed.root)
    for binding in program.scopes.bindings:
        if binding.kind is not BindingKind.FUNCTION or shows_names or binding.name in in_strings:
            continue
        if binding.scope != top or (is_whole and not _COLLECTED.match(binding.name)):
            yield binding
    in_text = _names_in_text(program)
    closed = _called_here(program)
    if is_whole:
        closed |= _called_by_script(program)
    for node in program.nodes("function_definition", "lambda"):
        parameters = node.child_by_field_name("parameters")
        if parameters is None:
            continue
        for name, may_be_named in _parameters(parameters):
            binding_of_name = None if name is None else program.binding_of(name)
            if binding_of_name is not None and (
                not may_be_named
                or (node.start_byte in closed and binding_of_name.name not in in_text)
            ):
                yield binding_of_name


def _is_script(program: AnalysedProgram) -> bool:
    """Whether the module runs by itself: it calls or prints, or asks if it is ``__main__``.

    One that lists what others may import is a library all the same.
    """
    if b"__all__" in program.source:
        return False
    for node in operands(program.parsed.root):
        if node.type == "if_statement":
            condition = node.child_by_field_name("condition")
            if condition is not None and b"__name__" in (condition.text or b""):
                return True
        elif node.type == "expression_statement":
            call = operands(node)[0] if operands(node) else None
            function = None if call is None else called_name(call)
            if function is not None:
                binding = program.binding_of(function)
                if binding is None:
                    if program.text(function) == "print":
                        return True
                elif binding.kind is BindingKind.FUNCTION:
                    return True
    return False


def _words_in_strings(program: AnalysedProgram) -> frozenset[str]:
    return frozenset(
        word.decode(errors="replace")
        for node in program.nodes("string_content")
        for word in _WORD.findall(node.text or b"")
    )


def _names_in_text(program: AnalysedProgram) -> set[str]:
    """Words that the program's text may hand to a call as keywords.

    These are quoted words, and words before an equals sign in a string or a comment.
    """
    found = set(_QUOTED_NAME.findall(program.source))
    for node in program.nodes("string_content", "comment"):
        found.update(_KEYWORD_USE.findall(node.text or b""))
    return {name.decode(errors="replace") for name in found}


def _called_by_script(program: AnalysedProgram) -> set[int]:
    """Where the functions of a script start whose parameters no library can name.

    A library may call by keyword what it is handed, or read the signature and make options of
    it, and so it may with the methods of a class that extends one of its own.
    """
    handed_out = _handed_to_libraries(program)
    starts: set[int] = set()
    for node in program.nodes("function_definition", "lambda"):
        name = node.child_by_field_name("name")
        binding = None if name is None else program.binding_of(name)
        is_collected = name is not None and _COLLECTED.match(program.text(name))
        if (
            not is_collected
            and (binding is None or binding.name not in handed_out)
            and not _may_override_unseen(program, node)
        ):
            starts.add(node.start_byte)
    return starts


def _handed_to_libraries(program: AnalysedProgram) -> set[str]:
    """Names that are arguments of calls of something imported."""
    found: set[str] = set()
    for call in program.nodes("call"):
        function, arguments = (call.child_by_field_name(f) for f in ("function", "arguments"))
        root = function
        while root is not None and root.type in ("attribute", "call"):
            root = root.child_by_field_name("object" if root.type == "attribute" else "function")
        binding = None if root is None else program.binding_of(root)
        if arguments is None or binding is None or binding.kind is not BindingKind.IMPORT:
            continue
        keys = {
            program.text(key)
            for argument in operands(arguments)
            if (key := argument.child_by_field_name("name")) is not None
        }
        for argument in operands(arguments):
            key = argument.child_by_field_name("name")
            value = argument.child_by_field_name("value") or argument
            by_position = (
                key is not None
                and program.text(key) in _CALLED_BY_POSITION
                and "kwargs" not in keys
            )
            if value.type in ("identifier", "attribute") and not by_position:
                found.add(program.text(value).rpartition(".")[2])
    return found


def _may_override_unseen(program: AnalysedProgram, function: Node) -> bool:
    """Whether a function is a method of a class that extends one of a library."""
    parent = function.parent
    while parent is not None and parent.type in ("block", "decorated_definition"):
        parent = parent.parent
    if parent is None or parent.type != "class_definition":
        return False
    seen: set[str] = set()
    pending = [parent]
    while pending:
        bases = pending.pop().child_by_field_name("superclasses")
        for base in () if bases is None else operands(bases):
            name = program.text(base)
            if base.type == "keyword_argument" or name in seen:
                continue
            seen.add(name)
            own = [
                node
                for node in program.nodes("class_definition")
                if (declared := node.child_by_field_name("name")) is not None
                and program.text(declared) == name
            ]
            if not own and name not in _BUILTINS:
                return True
            pending += own
    return False


def _called_here(program: AnalysedProgram) -> set[int]:
    """Where functions start that are not handed out, so that all of their calls are in view.

    A lambda expression that is an argument is taken to be called by position.
    """
    starts: set[int] = set()
    in_view: set[int] = set()
    for call in program.nodes("call"):
        function = call.child_by_field_name("function")
        arguments = call.child_by_field_name("arguments")
        in_view.add(call.start_byte if function is None else function.start_byte)
        for argument in () if arguments is None else operands(arguments):
            value = argument.child_by_field_name("value") or argument
            if value.type == "lambda":
                starts.add(value.start_byte)
    names = [
        (node, name)
        for node in program.nodes("function_definition")
        if (name := node.child_by_field_name("name")) is not None
    ]
    in_view.update(name.start_byte for _, name in names)
    top = span_of(program.parsed.root)
    for node, name in names:
        binding = program.binding_of(name)
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
