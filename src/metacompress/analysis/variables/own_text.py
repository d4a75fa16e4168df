"""Programs that show their own text: of a function of JavaScript, ``String(f)`` is its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from metacompress.lang.language import JS_FAMILY
from metacompress.lang.scopes import BindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.lang.edits import Span
    from metacompress.lang.program import AnalysedProgram

_READERS = re.compile(
    rb"Function\s*\.\s*prototype\s*\.\s*toString|toSource|callee\s*\.\s*toString"
    # White space has bounds, or a long stretch of it would be read again from each place.
    rb"|\}\s{0,20}\)?\s{0,20}\.\s{0,20}toString\b|\bString\(\s*(?:async\s+)?function\b"
)
_AS_TEXT_BEFORE = re.compile(rb"(?:\bString\(|\$\{|\+)\s*\Z")
_AS_TEXT_AFTER = re.compile(rb"\s*(?:\.\s*toString\b|\+(?!\+))")
_USED = re.compile(rb"\s*[(.\[`]")
_NEAR = 40
_FUNCTIONS = frozenset({"function_expression", "arrow_function", "generator_function", "class"})


def shows_own_text(program: AnalysedProgram) -> bool:
    """Whether a program may turn one of its functions into text, and so every change shows."""
    if program.language not in JS_FAMILY:
        return False
    source = program.source
    return _READERS.search(source) is not None or any(
        _AS_TEXT_AFTER.match(source, span.end)
        or (
            _AS_TEXT_BEFORE.search(source, max(0, span.start - _NEAR), span.start)
            and not _USED.match(source, span.end)
        )
        for span in _names_of_functions(program)
    )


def _names_of_functions(program: AnalysedProgram) -> Iterator[Span]:
    """Where the program names a function or class, or a variable that has one from the start."""
    assigned = set()
    for node in program.nodes("variable_declarator"):
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is not None and value is not None and value.type in _FUNCTIONS:
            assigned.add(name.start_byte)
    for binding in program.scopes.bindings:
        if binding.kind in (BindingKind.FUNCTION, BindingKind.TYPE) or any(
            span.start in assigned for span in binding.occurrences
        ):
            yield from binding.occurrences
