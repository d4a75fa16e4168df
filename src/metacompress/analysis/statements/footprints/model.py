"""Footprint of a statement, and what names and writes add to it in C, C++ and Java."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metacompress.analysis.macros import find_macros, number_in
from metacompress.analysis.types.declared import VARIABLES, declared_type, is_volatile
from metacompress.lang.language import Language
from metacompress.lang.scopes import BindingKind
from metacompress.lang.syntax import operands

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.program import AnalysedProgram

    # Adds what a node itself touches; False where that is not understood.
    Rule = Callable[[AnalysedProgram, Node, "Footprint"], bool]
    Rules = Mapping[str, Rule]


@dataclass
class Footprint:
    """Variables and state that a statement may read or write when it runs.

    Attributes:
        reads: first occurrences of the variables that it names and reads.
        writes: those that it declares or assigns.
        names: every name in it.
        declared: the names that it declares.
        reads_memory: it reads through a pointer, a field, an element or an unseen name.
        writes_memory: it writes there.
        is_open: it runs code that is out of sight.
        may_fail: it may throw, or is undefined for some values.
        computes: it does arithmetic, which may overflow.
    """

    reads: set[Span] = field(default_factory=set)
    writes: set[Span] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    declared: set[str] = field(default_factory=set)
    reads_memory: bool = False
    writes_memory: bool = False
    is_open: bool = False
    may_fail: bool = False
    computes: bool = False


def note_name(program: AnalysedProgram, node: Node, found: Footprint) -> None:
    """Add what reading a name touches."""
    name = program.text(node)
    found.names.add(name)
    binding = program.binding_of(node)
    if binding is not None:
        if binding.kind in VARIABLES or binding.kind is BindingKind.MODULE_VARIABLE:
            found.reads.add(binding.occurrences[0])
            if is_volatile(program, binding):
                found.is_open = found.reads_memory = found.writes_memory = True
            # In C++ the variable may be a reference.
            if program.language is Language.CPP and declared_type(program, binding) is None:
                found.reads_memory = True
    elif number_in(program.fact(find_macros).get(name)) is None:
        parent = node.parent
        is_callee = parent is not None and parent.type in ("call_expression", "method_invocation")
        found.reads_memory |= not is_callee


def note_write(program: AnalysedProgram, target: Node, found: Footprint) -> None:
    """Add what writing to ``target`` touches."""
    inner: Node | None = target
    while inner is not None and inner.type == "parenthesized_expression":
        inner = operands(inner)[0] if operands(inner) else None
    if inner is None or inner.type != "identifier":
        found.writes_memory = True
        # A field or an element may be a part of a variable.
        while inner is not None and inner.type != "identifier":
            inner = inner.child_by_field_name("argument")
    if inner is None or inner.type != "identifier":
        return
    binding = program.binding_of(inner)
    if binding is None:
        found.writes_memory = True
        return
    found.writes.add(binding.occurrences[0])
    if program.language is Language.CPP and declared_type(program, binding) is None:
        found.writes_memory = True
