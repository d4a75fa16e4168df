"""Bindings while a resolver collects them, and what makes some of them unsafe to rename."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from metacompress.lang.edits import Span
from metacompress.lang.scopes.model import Binding, ScopeAnalysis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.model import BindingKind

_IDENTIFIERS = frozenset({"identifier", "type_identifier"})


# As C and C++ write a letter of a name.
_UNIVERSAL = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")


def spelled_out(identifier: bytes) -> str:
    """A name, its universal character names replaced by the letters that they are.

    ``\\u00e4`` and the letter are one name to a compiler.
    """
    name = identifier.decode(errors="replace")
    return _UNIVERSAL.sub(_letter, name) if "\\" in name else name


def _letter(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    is_letter = number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return chr(number) if is_letter else match[0]


class Token(NamedTuple):
    """An identifier token; its name is empty where the parser has put one that is missing."""

    name: str
    span: Span


class Symbol:
    """One declared name whose occurrences are still being collected."""

    __slots__ = ("fixed", "kind", "name", "scope", "spans")

    def __init__(self, name: str, kind: BindingKind, scope: Span, fixed: str | None = None) -> None:
        self.name = name
        self.kind = kind
        self.scope = scope
        self.fixed = fixed
        self.spans: list[Span] = []

    def fix(self, reason: str) -> None:
        """Forbid a change of the name; the first reason given is kept."""
        if self.fixed is None:
            self.fixed = reason


class SymbolTable:
    """All symbols and unbound tokens of one program.

    Attributes:
        symbols: in the order in which they were declared.
        unbound: identifier tokens that belong to no symbol, in any order.
        tainted: names that occur where they cannot be resolved, with the reason; every symbol
            of such a name ends up fixed.

    The identifiers inside of ERROR nodes are recorded from the start, as unbound and tainted; a
    resolver passes over these nodes.
    """

    def __init__(self, program: ParsedProgram) -> None:
        self.symbols: list[Symbol] = []
        self.unbound: list[tuple[Span, str]] = []
        self.tainted: dict[str, str] = {}
        self._source = program.source
        self._errors: list[Span] = []
        for node in _errors(program):
            self._errors.append(Span(*node.byte_range))
            for leaf in _identifiers(node, inside_errors=True):
                token = self.token(leaf)
                self.unbound.append((token.span, token.name))
                self.tainted.setdefault(token.name, "syntax-error")

    def token(self, node: Node) -> Token:
        """The text of an identifier node and where it stands."""
        start, end = node.byte_range
        return Token(spelled_out(self._source[start:end]), Span(start, end))

    def declare(
        self, name: str, kind: BindingKind, scope: Span, fixed: str | None = None
    ) -> Symbol:
        """Add a symbol that has no occurrence yet."""
        symbol = Symbol(name, kind, scope, fixed)
        self.symbols.append(symbol)
        return symbol

    def leave_unbound(self, node: Node, taint: str | None = None) -> None:
        """Record all identifier tokens of a subtree as unbound.

        Args:
            node: an identifier or any larger node.
            taint: why no symbol with one of these names may be renamed, if so.
        """
        for leaf in _identifiers(node):
            name, span = self.token(leaf)
            self.unbound.append((span, name))
            if taint is not None:
                self.tainted.setdefault(name, taint)

    def taint(self, node: Node, reason: str) -> None:
        """Forbid the renaming of every symbol whose name occurs in the subtree."""
        for leaf in _identifiers(node):
            self.tainted.setdefault(self.token(leaf).name, reason)

    def analysis(self) -> ScopeAnalysis:
        """The finished analysis: sorted, with tainted and damaged symbols fixed."""
        bindings = []
        for symbol in self.symbols:
            if not symbol.spans:
                continue
            if symbol.name in self.tainted:
                symbol.fix(self.tainted[symbol.name])
            elif self._is_damaged(symbol.scope):
                symbol.fix("syntax-error")
            occurrences = tuple(sorted(symbol.spans))
            bindings.append(
                Binding(symbol.name, symbol.kind, occurrences, symbol.scope, symbol.fixed)
            )
        bindings.sort(key=lambda binding: binding.occurrences[0])
        return ScopeAnalysis(tuple(bindings), tuple(sorted(self.unbound)))

    def _is_damaged(self, scope: Span) -> bool:
        # Error recovery may drop a brace or a header: nothing around an error is certain.
        position = bisect_left(self._errors, scope.start, key=lambda error: error.end)
        return position < len(self._errors) and self._errors[position].start <= scope.end


def _errors(program: ParsedProgram) -> Iterator[Node]:
    """The outermost ERROR nodes and the MISSING nodes, in source order."""
    pending = [program.root]
    while pending:
        node = pending.pop()
        if node.is_error or node.is_missing:
            yield node
        elif node.has_error:
            pending.extend(reversed(node.children))


def _identifiers(node: Node, *, inside_errors: bool = False) -> Iterator[Node]:
    pending = [node]
    while pending:
        current = pending.pop()
        if current.type in _IDENTIFIERS:
            if not current.is_missing:
                yield current
        elif inside_errors or not current.is_error:
            pending.extend(current.children)
