"""A parsed program with its scope analysis, each computed once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from metacompress.lang.effort import Effort, effort_of
from metacompress.lang.enclosing import Enclosing
from metacompress.lang.expressions.misread_casts import is_misread
from metacompress.lang.expressions.opaque import OpaqueText
from metacompress.lang.expressions.python_values import PythonValues
from metacompress.lang.expressions.unseen_calls import UnseenCalls
from metacompress.lang.language import Language
from metacompress.lang.macros import defined_macros
from metacompress.lang.parsing import ParsedProgram, parse
from metacompress.lang.python_syntax import parses_in_python
from metacompress.lang.scopes import Binding, ScopeAnalysis, resolve
from metacompress.lang.statements.jumps import Jumps
from metacompress.lang.syntax import FUNCTIONS, sound_nodes
from metacompress.lang.variables.bound_names import BoundNames, find_bound_names
from metacompress.lang.variables.exposure import find_exposed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.expressions.types import Type


@dataclass(frozen=True)
class Module:
    """What transformations and validity checks read of a program."""

    program: ParsedProgram

    @classmethod
    def of(cls, text: str | bytes, language: Language) -> Module:
        """Parse ``text``; see ``parse`` for errors."""
        return cls(parse(text, language))

    @property
    def source(self) -> bytes:
        """The program's UTF-8 bytes."""
        return self.program.source

    @property
    def language(self) -> Language:
        """The program's language."""
        return self.program.language

    @cached_property
    def scopes(self) -> ScopeAnalysis:
        """The program's bindings."""
        return resolve(self.program)

    @cached_property
    def effort(self) -> Effort:
        """See ``effort.effort_of``."""
        return effort_of(self.program)

    @cached_property
    def _by_type(self) -> dict[str, list[Node]]:
        return sound_nodes(self.program, self._is_misread)

    def _is_misread(self, cast: Node) -> bool:
        return is_misread(self, cast)

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
    def macros(self) -> Mapping[str, str | None]:
        """What ``macros.defined_macros`` finds in a C or C++ program."""
        is_c = self.language in (Language.C, Language.CPP)
        return defined_macros(self.source) if is_c else {}

    @cached_property
    def functions(self) -> Enclosing:
        """Functions, methods and lambdas, and the classes of Java that lie in one."""
        return Enclosing(self.nodes(*FUNCTIONS, "class_body", "static_initializer"))

    @cached_property
    def watches(self) -> Enclosing:
        """The statements that go on after a failure inside."""
        return Enclosing(
            self.nodes("try_statement", "try_with_resources_statement", "with_statement")
        )

    @cached_property
    def exposed(self) -> frozenset[Span]:
        """See ``exposure.find_exposed``."""
        return find_exposed(self)

    @cached_property
    def bound_names(self) -> BoundNames:
        """See ``bound_names.find_bound_names``; for Python."""
        return find_bound_names(self)

    @cached_property
    def python_values(self) -> PythonValues:
        """See ``python_values.PythonValues``."""
        return PythonValues(self)

    @cached_property
    def is_python(self) -> bool:
        """Whether Python itself parses it, too."""
        return self.language is Language.PYTHON and parses_in_python(self.source) is True

    @cached_property
    def opaque(self) -> OpaqueText:
        """See ``opaque.OpaqueText``."""
        return OpaqueText(self)

    @cached_property
    def unseen_calls(self) -> UnseenCalls:
        """See ``unseen_calls.UnseenCalls``; for C and C++."""
        return UnseenCalls(self)

    @cached_property
    def known_sites(self) -> dict[object, tuple[Any, ...]]:
        """What transformations found already, by the transformation."""
        return {}

    @cached_property
    def known_types(self) -> dict[int, Type | None]:
        """What ``types.type_of`` found already, by the id of the node."""
        return {}

    @cached_property
    def jumps(self) -> Jumps:
        """Where its jumps go."""
        return Jumps(self.program.root)

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

    def text(self, node: Node) -> str:
        """The text of a node."""
        return self.source[node.start_byte : node.end_byte].decode(errors="replace")

    @cached_property
    def masked(self) -> bytes:
        """The source with every occurrence of a bound name replaced by its binding's number.

        Bindings are numbered by first occurrence. Two programs of equal masked text differ in
        bound names only, and every token refers to the same thing in both: one is a
        capture-free renaming of the other, and all else, string literals and comments
        included, is byte for byte the same.
        """
        spans = sorted(
            (span.start, span.end, number)
            for number, binding in enumerate(self.scopes.bindings)
            for span in binding.occurrences
        )
        pieces: list[bytes] = []
        position = 0
        for start, end, number in spans:
            # An identifier holds no NUL byte, so no renaming can forge a mask.
            pieces += (self.source[position:start], b"\0%d\0" % number)
            position = end
        pieces.append(self.source[position:])
        return b"".join(pieces)
