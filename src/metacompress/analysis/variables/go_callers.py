"""Which functions of a Go program only its own text can call.

The files of a package see one another's functions, exported or not. A program of package main with
its main function is taken to be one file where it uses nothing that another file would declare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from metacompress.lang.names import PREDECLARED_IN_GO
from metacompress.lang.scopes import BindingKind
from metacompress.lang.syntax import descendants

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding

# Ways for a program to see what its functions are called.
_REFLECTION = re.compile(rb"\b(?:FuncForPC|CallersFrames|Callers?|PrintStack|Stack)\b")
_WORD = re.compile(r"\w+")
_LOOKED_UP = frozenset({"identifier", "type_identifier", "package_identifier"})


def closed_in_go(program: AnalysedProgram) -> list[Binding]:
    """The functions of a program of one file; none of any other program."""
    functions = [
        binding for binding in program.scopes.bindings if binding.kind is BindingKind.FUNCTION
    ]
    is_whole = (
        any(binding.name == "main" for binding in functions)
        and _REFLECTION.search(program.source) is None
        and _is_self_contained(program)
    )
    return functions if is_whole else []


def _is_self_contained(program: AnalysedProgram) -> bool:
    known = set(PREDECLARED_IN_GO)
    for spec in program.nodes("import_spec"):
        # The last part of a path usually is the package's name, perhaps with something around it.
        known.update(_WORD.findall(program.text(spec)))
    free = {span.start for span, _ in program.scopes.unbound}
    return all(
        program.text(node) in known or _is_elsewhere(node)
        for node in descendants(program.parsed.root)
        if node.type in _LOOKED_UP and node.start_byte in free
    )


def _is_elsewhere(name: Node) -> bool:
    """Whether a name is not looked up in the package: a field as a key, a name behind a dot."""
    parent = name.parent
    if parent is None or parent.type in ("package_clause", "function_declaration"):
        return True
    if parent.type == "qualified_type":
        return name.type == "type_identifier"
    around = parent.parent
    return (
        parent.type == "literal_element"
        and around is not None
        and around.type == "keyed_element"
        and around.child_by_field_name("key") == parent
    )
