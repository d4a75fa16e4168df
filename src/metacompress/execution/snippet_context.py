"""Declarations that let a compiler look into a C or C++ snippet that lacks its context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.errors import ProgramError
from metacompress.lang.program import AnalysedProgram
from metacompress.lang.syntax import descendants

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.language import Language

# Their types are everywhere in C, and a compiler knows them without further ado.
_HEADERS = "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>"
_STANDARD = frozenset({"bool", "size_t", "ptrdiff_t", "wchar_t", "intptr_t", "uintptr_t"}) | {
    f"{sign}int{kind}{bits}_t"
    for sign in ("", "u")
    for kind in ("", "_least", "_fast")
    for bits in (8, 16, 32, 64)
}
_POINTERS = ("pointer_declarator", "abstract_pointer_declarator")


def snippet_context(text: str, language: Language) -> str:
    """Declare the types that a snippet uses and does not declare.

    Without them gcc skips the body of a function that has a parameter of unknown type. A type
    that the snippet points to becomes a structure, any other an integer: this rarely is what it
    was, but it is the same for all variants of a snippet, which is what counts.
    """
    try:
        program = AnalysedProgram.of(text, language)
        free = {span.start for span, _ in program.scopes.unbound}
    except ProgramError:
        return ""
    pointed_to: dict[str, bool] = {}
    # All nodes: what is left alone in analyses still has to be compiled.
    for node in descendants(program.parsed.root):
        if node.type != "type_identifier":
            continue
        name = program.text(node)
        if node.start_byte in free and name not in _STANDARD:
            pointed_to[name] = pointed_to.get(name, False) or _is_pointed_to(node)
    lines = [_HEADERS]
    for name in sorted(pointed_to):
        kind = f"struct {name}" if pointed_to[name] else "int"
        lines.append(f"typedef {kind} {name};")
    return "\n".join(lines) + "\n"


def _is_pointed_to(type_name: Node) -> bool:
    holder = type_name.parent
    if holder is None:
        return False
    if holder.type.endswith("_specifier"):
        return True  # struct NAME, not NAME alone
    for declarator in holder.children_by_field_name("declarator"):
        inner: Node | None = declarator
        if declarator.type == "init_declarator":
            inner = declarator.child_by_field_name("declarator")
        if inner is not None and inner.type in _POINTERS:
            return True
    return False
