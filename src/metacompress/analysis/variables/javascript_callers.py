"""Which functions and parameters of a JavaScript program only its own text can name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from metacompress.lang.scopes import BindingKind
from metacompress.lang.syntax import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding

_AROUND = frozenset(
    """
    function_declaration generator_function_declaration function_expression generator_function
    arrow_function method_definition class_static_block
    """.split()
)
# What a module has and a script of a page has not: nothing else sees its functions.
_OF_MODULES = frozenset({"require", "module", "exports", "process"})
_MODULE_STATEMENTS = ("import_statement", "export_statement")
_WORDS = re.compile(r"[\w$]+")


def closed_in_javascript(program: AnalysedProgram) -> Iterator[Binding]:
    """The functions whose callers are all in view, and all parameters: calls do not name them.

    A function inside of another is closed, and so is one of a module. Those of a script can be
    called by the page that holds it, and a snippet's outermost one by anyone. A name that a text
    of the program mentions may be looked up by it.
    """
    quoted: set[str] | None = None
    is_module = bool(program.nodes(*_MODULE_STATEMENTS)) or not _OF_MODULES.isdisjoint(
        name for _, name in program.scopes.unbound
    )
    for binding in program.scopes.bindings:
        if binding.kind is BindingKind.PARAMETER:
            yield binding
        elif binding.kind is BindingKind.FUNCTION:
            if quoted is None:
                quoted = _words_of_texts(program)
            is_inside = _is_inside(program.name_of(binding))
            if binding.name not in quoted and (is_inside or is_module):
                yield binding


def _is_inside(name: Node | None) -> bool:
    """Whether a function is declared in another one, or is the name of an expression."""
    if name is None or name.parent is None:
        return False
    declaration = name.parent
    if declaration.type in ("function_expression", "generator_function"):
        return True
    return any(outer.type in _AROUND for outer in ancestors(declaration))


def _words_of_texts(program: AnalysedProgram) -> set[str]:
    return {
        word
        for node in program.nodes("string_fragment", "jsx_text")
        for word in _WORDS.findall(program.text(node))
    }
