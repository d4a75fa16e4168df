"""A program with its syntax tree, its bindings and the facts that analyses found."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from metacompress.lang.misread_casts import is_misread
from metacompress.lang.parsing import ParsedProgram, parse
from metacompress.lang.scopes import Binding, ScopeAnalysis, resolve
from metacompress.lang.syntax import sound_nodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from metacompress.lang.language import Language

T = TypeVar("T")


@dataclass(frozen=True)
class AnalysedProgram:
    """What transformations and validity checks read of a program.

    Attributes:
        parsed: its bytes with their syntax tree.
    """

    parsed: ParsedProgram
    _facts: dict[Callable[[AnalysedProgram], Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, text: str | bytes, language: Language) -> AnalysedProgram:
        """Parse ``text``; see ``parse`` for errors."""
        return cls(parse(text, language))

    def fact(self, find: Callable[[AnalysedProgram], T]) -> T:
        """The result of the analysis ``find``, which runs once on each program.

        Raises:
            ProgramError: the program cannot be analysed; the next call tries again.
        """
        if find not in self._facts:
            self._facts[find] = find(self)
        found: T = self._facts[find]
        return found

    @property
    def source(self) -> bytes:
        """The program's UTF-8 bytes."""
        return self.parsed.source

    @property
    def language(self) -> Language:
        """The program's language."""
        return self.parsed.language

    @cached_property
    def scopes(self) -> ScopeAnalysis:
        """The program's bindings."""
        return resolve(self.parsed)

    @cached_property
    def _by_type(self) -> dict[str, list[Node]]:
        return sound_nodes(self.parsed, lambda cast: is_misread(self.parsed, cast, self.binding_of))

    def nodes(self, *types: str) -> list[Node]:
        """The nodes of these types in source order, without those that a syntax error is near."""
        found = [node for kind in types for node in self._by_type.get(kind, ())]
        return found if len(types) == 1 else sorted(found, key=lambda node: node.byte_range)

    @cached_property
    def _binding_at(self) -> dict[int, Binding]:
        return {
            span.start: binding for binding in self.scopes.bindings for span in binding.occurrences
        }

    @cached_property
    def _bindings_by_name(self) -> dict[str, list[Binding]]:
        found: dict[str, list[Binding]] = {}
        for binding in self.scopes.bindings:
            found.setdefault(binding.name, []).append(binding)
        return found

    def bindings_named(self, name: str) -> list[Binding]:
        """Every binding of this name."""
        return self._bindings_by_name.get(name, [])

    def binding_of(self, identifier: Node) -> Binding | None:
        """What an identifier token refers to; None where the program does not declare it."""
        return self._binding_at.get(identifier.start_byte)

    def name_of(self, binding: Binding) -> Node | None:
        """The token that a binding occurs in first."""
        return self.parsed.root.descendant_for_byte_range(*binding.occurrences[0])

    def text(self, node: Node) -> str:
        """The text of a node."""
        return self.source[node.start_byte : node.end_byte].decode(errors="replace")
