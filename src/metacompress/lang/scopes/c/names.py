"""What the names of a C or C++ program mean at one place of it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from metacompress.lang.edits import Span
from metacompress.lang.language import Language
from metacompress.lang.scopes.c.macros import C_KEYWORDS, CPP_KEYWORDS
from metacompress.lang.scopes.model import BindingKind, FixedReason, ScopeAnalysis
from metacompress.lang.scopes.symbols import Scope, Symbol, SymbolTable, Token
from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram

# A struct, union or enum tag is looked up under its name with this in front, which no
# identifier can have.
_TAG = "tag "


class CScope(Scope):
    """One scope of C or C++.

    Attributes:
        transparent: a template's parameter scope, which what follows it is declared outside of.
        collects_members: names declared in it are members of a class or namespace.
        has_unknown_members: the enclosing class may have members that are out of sight.
        owner: the scope of the enclosing function, or of the file.
        labels: the labels of a function, or of the file.
        function: a function's symbol, where it has one.
    """

    __slots__ = (
        "collects_members",
        "function",
        "has_unknown_members",
        "labels",
        "owner",
        "transparent",
    )

    def __init__(self, parent: CScope | None, span: Span) -> None:
        super().__init__(parent, span)
        self.transparent = False
        self.collects_members = False
        if parent is None:
            self.has_unknown_members = False
            self.own(None)
        else:
            self.has_unknown_members = parent.has_unknown_members
            self.owner: CScope = parent.owner

    def own(self, function: CSymbol | None) -> None:
        """Make this the scope of a function, or of the file."""
        self.owner = self
        self.labels: dict[str, CSymbol] = {}
        self.function = function


CSymbol = Symbol[CScope]


class CNames(SymbolTable[CScope]):
    """The symbols of a C or C++ program.

    Attributes:
        unresolved: ordinary names that nothing visible declares.
        unresolved_tags: the same for tags.
        early_calls: unresolved C calls; the function may be defined further down.
        crossings: uses of a name from outside of the class in which it is used, with whether
            the class may have members that are out of sight.
        members: names of all members of classes and namespaces.
        entangled: names for which more is declared than the table tells apart.
    """

    def __init__(self, program: ParsedProgram) -> None:
        super().__init__(program.source, CScope(None, Span(0, len(program.source))))
        self._cpp = program.language is Language.CPP
        self._keywords = CPP_KEYWORDS if self._cpp else C_KEYWORDS
        self.unresolved: list[tuple[Span, str]] = []
        self.unresolved_tags: list[tuple[Span, str]] = []
        self.early_calls: list[tuple[Span, str]] = []
        self.crossings: list[tuple[CSymbol, Span, bool]] = []
        self.members: set[str] = set()
        self.entangled: set[str] = set()

    def enter_function(self, span: Span, function: CSymbol | None) -> CScope:
        """Open the scope of a function's parameters."""
        scope = self.open(span)
        scope.own(function)
        return scope

    def enter_body(self, span: Span) -> None:
        """Go on with a function's parameters in the scope of its outermost block."""
        body = copy.copy(self.scope)
        body.span, body.owner = span, body
        self.enter(body)

    def leave(self) -> None:
        """Close the innermost scope."""
        scope = self.scope
        super().leave()
        if scope.owner is scope:
            self._settle_labels(scope)

    @property
    def in_block(self) -> bool:
        """Whether what is declared here is local to a function or a prototype."""
        scope = self._declaring_scope()
        return scope.depth > 0 and not scope.collects_members

    def own_symbols(self) -> list[CSymbol]:
        """What the innermost scope has declared so far."""
        return [symbol for key in self.scope.keys if (symbol := self.lookup(key)) is not None]

    def _declaring_scope(self) -> CScope:
        scope = self.scope
        while scope.transparent and scope.parent is not None:
            scope = scope.parent
        return scope

    def is_type(self, name: str) -> bool | None:
        """Whether ``name`` is a type here; None where nothing visible declares it."""
        symbol = self.lookup(name)
        return None if symbol is None else symbol.kind is BindingKind.TYPE

    def use(self, name: str, node: Node, *, called: bool = False) -> CSymbol | None:
        """Record an occurrence of an ordinary name.

        Args:
            name: the text of ``node``.
            node: the token.
            called: whether it is what a call calls.
        """
        symbol = self.lookup(name)
        if symbol is not None:
            self._add_use(symbol, span_of(node))
        elif name:
            early = called and not self._cpp
            (self.early_calls if early else self.unresolved).append((span_of(node), name))
        return symbol

    def use_tag(self, node: Node) -> None:
        """Record an occurrence of a struct, union or enum tag."""
        name, span = self.token(node)
        symbol = self.lookup(_TAG + name) or (self.lookup(name) if self._cpp else None)
        if symbol is not None:
            self._add_use(symbol, span)
        elif name:
            self.unresolved_tags.append((span, name))
            if self._cpp:
                # The mention declares a type that hides what has the same name.
                self.entangled.add(name)

    def _add_use(self, symbol: CSymbol, span: Span) -> None:
        symbol.spans.append(span)
        if symbol.scope.depth < self.scope.boundary:
            self.crossings.append((symbol, span, self.scope.has_unknown_members))

    def declare(self, node: Node, kind: BindingKind, *, defined: bool = True) -> CSymbol | None:
        """Declare the name ``node`` in the innermost scope; None where it becomes no symbol."""
        scope = self._declaring_scope()
        name, span = self.token(node)
        if self._is_member(name, span, scope):
            return None
        if kind is BindingKind.MODULE_VARIABLE and scope.depth:
            kind = BindingKind.LOCAL
        symbol = self.lookup(name)
        if symbol is None or symbol.scope.depth != scope.depth:
            symbol = self._declare(name, name, kind, scope)
        elif symbol.is_tag and kind is not BindingKind.TYPE:
            symbol.fix(FixedReason.AMBIGUOUS)
            symbol = self._declare(name, name, kind, scope)
            symbol.fix(FixedReason.AMBIGUOUS)
        elif not self._may_repeat(symbol, kind, defined):
            symbol.fix(FixedReason.AMBIGUOUS)
        symbol.is_defined |= defined
        symbol.spans.append(span)
        return symbol

    def _may_repeat(self, symbol: CSymbol, kind: BindingKind, defined: bool) -> bool:
        if symbol.kind is not kind:
            return False
        if kind is BindingKind.FUNCTION:
            return self._cpp or not (symbol.is_defined and defined)
        return kind in (BindingKind.PARAMETER, BindingKind.TYPE) or (
            kind is BindingKind.MODULE_VARIABLE and symbol.scope.depth == 0
        )

    def declare_linked(self, node: Node, kind: BindingKind) -> CSymbol | None:
        """Declare, inside of a block, a function or variable that the file or another has."""
        token = self.token(node)
        symbol = self.lookup(token.name)
        if symbol is None:
            scope = self.scope
            while scope.parent is not None:
                if scope.collects_members:
                    return self.declare(node, kind, defined=False)
                scope = scope.parent
            if not self._is_identifier(token.name):
                self.leave_unbound(token)
                return None
            symbol = self._declare(token.name, token.name, kind, scope)
        elif symbol.scope.depth or symbol.kind is not kind:
            # What it links to may be hidden here.
            self.entangled.add(symbol.name)
        self._add_use(symbol, token.span)
        return symbol

    def declare_tag(self, node: Node) -> None:
        """Declare a struct, union, class or enum that has a body."""
        scope = self._declaring_scope()
        name, span = self.token(node)
        if self._is_member(name, span, scope):
            return
        symbol = self.lookup(_TAG + name)
        if symbol is None or symbol.scope.depth != scope.depth:
            ordinary = self.lookup(name) if self._cpp else None
            symbol = self._declare(_TAG + name, name, BindingKind.TYPE, scope)
            if ordinary is not None and ordinary.scope.depth == scope.depth:
                ordinary.fix(FixedReason.AMBIGUOUS)
                symbol.fix(FixedReason.AMBIGUOUS)
            elif self._cpp:
                self.show(name, symbol, scope)
            symbol.is_tag = symbol.is_defined = True
        else:
            symbol.fix(FixedReason.AMBIGUOUS)
        symbol.spans.append(span)

    def _is_member(self, name: str, span: Span, scope: CScope) -> bool:
        """Whether a declared name becomes no symbol; if so, it is recorded as a member."""
        if self._is_identifier(name) and not scope.collects_members:
            return False
        self.members.add(name)
        self.leave_unbound(Token(name, span))
        return True

    def _is_identifier(self, name: str) -> bool:
        return bool(name) and name not in self._keywords

    def _declare(self, key: str, name: str, kind: BindingKind, scope: CScope) -> CSymbol:
        symbol = self.create(name, kind, scope)
        self.show(key, symbol, scope)
        return symbol

    def mention_label(self, node: Node, *, declared: bool = False) -> None:
        """Record an occurrence of a label of the enclosing function."""
        name, span = self.token(node)
        if not name:
            return
        owner = self.scope.owner
        symbol = owner.labels.get(name)
        if symbol is None:
            symbol = owner.labels[name] = Symbol(name, BindingKind.LABEL, owner)
        elif declared and symbol.is_defined:
            symbol.fix(FixedReason.AMBIGUOUS)
        symbol.is_defined |= declared
        symbol.spans.append(span)

    def _settle_labels(self, scope: CScope) -> None:
        for symbol in scope.labels.values():
            if symbol.is_defined and self._is_identifier(symbol.name):
                self.symbols.append(symbol)
            else:
                self.unbound.extend((span, symbol.name) for span in symbol.spans)

    def analysis(self) -> ScopeAnalysis:
        """The finished analysis."""
        self.unbound += [*self.unresolved, *self.unresolved_tags]
        return super().analysis()
