"""The symbol table of the C and C++ scope analysis: nested scopes and what is visible in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.edits import Span
from metacompress.lang.language import Language
from metacompress.lang.scopes.c_macros import C_KEYWORDS, CPP_KEYWORDS
from metacompress.lang.scopes.model import BindingKind
from metacompress.lang.scopes.symbols import spelled_out

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram

# A struct, union or enum tag is looked up under its name with this in front, which no
# identifier can have.
_TAG = "tag "


class Symbol:
    """One declared name, as far as the program has been read.

    Attributes:
        depth: nesting depth of the declaring scope; 0 is the file.
        scope: the bytes of the declaring scope.
        function: the bytes of the function around it, or of the file.
        spans: occurrences in the order in which they were met.
        fixed: the first reason that was found not to rename it.
        defined: False for a function or variable that is declared only.
        is_tag: declared as a struct, union or enum tag.
    """

    __slots__ = (
        "defined",
        "depth",
        "fixed",
        "function",
        "is_tag",
        "kind",
        "name",
        "scope",
        "spans",
    )

    def __init__(self, name: str, kind: BindingKind, scope: Scope) -> None:
        self.name = name
        self.kind = kind
        self.depth = scope.depth
        self.scope = scope.span
        self.function = scope.owner.span
        self.spans: list[Span] = []
        self.fixed: str | None = None
        self.defined = False
        self.is_tag = False

    def fix(self, reason: str) -> None:
        """Note why the name must stay; the first reason is kept."""
        if self.fixed is None:
            self.fixed = reason


class Scope:
    """One scope while it is open.

    Attributes:
        keys: what it has declared.
        transparent: a template's parameter scope, which what follows it is declared outside of.
        collects_members: names declared in it are members of a class or namespace.
        boundary: a name found at a smaller depth than this may be hidden by a member.
        has_unknown_members: the enclosing class may have members that are out of sight.
        owner: the scope of the enclosing function, or of the file.
        labels: the labels of a function, or of the file.
        function: a function's symbol, where it has one.
    """

    __slots__ = (
        "boundary",
        "collects_members",
        "depth",
        "function",
        "has_unknown_members",
        "keys",
        "labels",
        "owner",
        "parent",
        "span",
        "transparent",
    )

    def __init__(self, parent: Scope | None, span: Span) -> None:
        self.parent = parent
        self.span = span
        self.keys: list[str] = []
        self.transparent = False
        self.collects_members = False
        if parent is None:
            self.owner, self.depth, self.boundary, self.has_unknown_members = self, 0, 0, False
        else:
            self.owner = parent.owner
            self.depth = parent.depth + 1
            self.boundary = parent.boundary
            self.has_unknown_members = parent.has_unknown_members

    def own(self, function: Symbol | None) -> None:
        """Make this the scope of a function, or of the file."""
        self.owner = self
        self.labels: dict[str, Symbol] = {}
        self.function = function


class SymbolTable:
    """Open scopes, and for every name the stack of symbols that are in scope, innermost last.

    Attributes:
        symbols: everything declared so far.
        unbound: tokens that no lookup applies to, such as members.
        unresolved: ordinary names that nothing visible declares.
        unresolved_tags: the same for tags.
        early_calls: unresolved C calls; the function may be defined further down.
        crossings: uses of a name from outside of the class in which it is used, with whether
            the class may have members that are out of sight.
        members: names of all members of classes and namespaces.
        entangled: names for which more is declared than the table tells apart.
    """

    def __init__(self, program: ParsedProgram) -> None:
        self._source = program.source
        self._cpp = program.language is Language.CPP
        self._keywords = CPP_KEYWORDS if self._cpp else C_KEYWORDS
        self._visible: dict[str, list[Symbol]] = {}
        self.scope = Scope(None, Span(0, len(program.source)))
        self.scope.own(None)
        self.symbols: list[Symbol] = []
        self.unbound: list[tuple[Span, str]] = []
        self.unresolved: list[tuple[Span, str]] = []
        self.unresolved_tags: list[tuple[Span, str]] = []
        self.early_calls: list[tuple[Span, str]] = []
        self.crossings: list[tuple[Symbol, Span, bool]] = []
        self.members: set[str] = set()
        self.entangled: set[str] = set()

    def text(self, node: Node) -> str:
        """The source text of ``node``."""
        return spelled_out(self._source[node.start_byte : node.end_byte])

    def enter(self, span: Span) -> Scope:
        """Open a scope."""
        self.scope = Scope(self.scope, span)
        return self.scope

    def enter_function(self, span: Span, function: Symbol | None) -> Scope:
        """Open the scope of a function's parameters and outermost block."""
        scope = self.enter(span)
        scope.own(function)
        return scope

    def leave(self) -> None:
        """Close the innermost scope."""
        scope = self.scope
        for key in scope.keys:
            self._visible[key].pop()
        if scope.owner is scope:
            self._settle_labels(scope)
        if scope.parent is not None:
            self.scope = scope.parent

    @property
    def in_block(self) -> bool:
        """Whether what is declared here is local to a function or a prototype."""
        scope = self._declaring_scope()
        return scope.depth > 0 and not scope.collects_members

    def own_symbols(self) -> list[Symbol]:
        """What the innermost scope has declared so far."""
        return [self._visible[key][-1] for key in self.scope.keys]

    def _declaring_scope(self) -> Scope:
        scope = self.scope
        while scope.transparent and scope.parent is not None:
            scope = scope.parent
        return scope

    def lookup(self, name: str) -> Symbol | None:
        """The symbol that an ordinary ``name`` means here, or None."""
        stack = self._visible.get(name)
        return stack[-1] if stack else None

    def is_type(self, name: str) -> bool | None:
        """Whether ``name`` is a type here; None where nothing visible declares it."""
        symbol = self.lookup(name)
        return None if symbol is None else symbol.kind is BindingKind.TYPE

    def use(self, node: Node, *, called: bool = False) -> Symbol | None:
        """Record an occurrence of an ordinary name; ``called``: it is what a call calls."""
        start, end = node.start_byte, node.end_byte
        name = spelled_out(self._source[start:end])
        stack = self._visible.get(name)
        if stack:
            symbol = stack[-1]
            self._add_use(symbol, Span(start, end))
            return symbol
        if start < end:
            early = called and not self._cpp
            (self.early_calls if early else self.unresolved).append((Span(start, end), name))
        return None

    def use_tag(self, node: Node) -> None:
        """Record an occurrence of a struct, union or enum tag."""
        name = self.text(node)
        symbol = self.lookup(_TAG + name) or (self.lookup(name) if self._cpp else None)
        span = Span(node.start_byte, node.end_byte)
        if symbol is not None:
            self._add_use(symbol, span)
        elif span.start < span.end:
            self.unresolved_tags.append((span, name))
            if self._cpp:
                # The mention declares a type that hides what has the same name.
                self.entangled.add(name)

    def _add_use(self, symbol: Symbol, span: Span) -> None:
        symbol.spans.append(span)
        if symbol.depth < self.scope.boundary:
            self.crossings.append((symbol, span, self.scope.has_unknown_members))

    def leave_unbound(self, node: Node) -> str:
        """Record a token that no lookup applies to, and return its text."""
        name = self.text(node)
        if name:
            self.unbound.append((Span(node.start_byte, node.end_byte), name))
        return name

    def declare(self, node: Node, kind: BindingKind, *, defined: bool = True) -> Symbol | None:
        """Declare the name ``node`` in the innermost scope; None where it becomes no symbol."""
        scope = self._declaring_scope()
        name = self.text(node)
        if name in self._keywords or not name or scope.collects_members:
            self.members.add(name)
            self.leave_unbound(node)
            return None
        if kind is BindingKind.MODULE_VARIABLE and scope.depth:
            kind = BindingKind.LOCAL
        symbol = self.lookup(name)
        if symbol is None or symbol.depth != scope.depth:
            symbol = self._create(name, name, kind, scope)
        elif symbol.is_tag and kind is not BindingKind.TYPE:
            symbol.fix("ambiguous")
            symbol = self._create(name, name, kind, scope)
            symbol.fix("ambiguous")
        elif not self._may_repeat(symbol, kind, defined):
            symbol.fix("ambiguous")
        symbol.defined |= defined
        symbol.spans.append(Span(node.start_byte, node.end_byte))
        return symbol

    def _may_repeat(self, symbol: Symbol, kind: BindingKind, defined: bool) -> bool:
        if symbol.kind is not kind:
            return False
        if kind is BindingKind.FUNCTION:
            return self._cpp or not (symbol.defined and defined)
        return kind in (BindingKind.PARAMETER, BindingKind.TYPE) or (
            kind is BindingKind.MODULE_VARIABLE and symbol.depth == 0
        )

    def declare_linked(self, node: Node, kind: BindingKind) -> Symbol | None:
        """Declare, inside of a block, a function or variable that the file or another has."""
        symbol = self.lookup(self.text(node))
        if symbol is None:
            scope = self.scope
            while scope.parent is not None:
                if scope.collects_members:
                    return self.declare(node, kind, defined=False)
                scope = scope.parent
            name = self.text(node)
            if name in self._keywords or not name:
                self.leave_unbound(node)
                return None
            symbol = self._create(name, name, kind, scope)
        elif symbol.depth or symbol.kind is not kind:
            # What it links to may be hidden here.
            self.entangled.add(symbol.name)
        self._add_use(symbol, Span(node.start_byte, node.end_byte))
        return symbol

    def declare_tag(self, node: Node) -> None:
        """Declare a struct, union, class or enum that has a body."""
        scope = self._declaring_scope()
        name = self.text(node)
        if name in self._keywords or not name or scope.collects_members:
            self.members.add(name)
            self.leave_unbound(node)
            return
        symbol = self.lookup(_TAG + name)
        if symbol is None or symbol.depth != scope.depth:
            ordinary = self.lookup(name) if self._cpp else None
            if ordinary is not None and ordinary.depth == scope.depth:
                ordinary.fix("ambiguous")
                symbol = self._create(_TAG + name, name, BindingKind.TYPE, scope)
                symbol.fix("ambiguous")
            else:
                symbol = self._create(_TAG + name, name, BindingKind.TYPE, scope)
                if self._cpp:
                    self._show(name, symbol, scope)
            symbol.is_tag = True
            symbol.defined = True
        else:
            symbol.fix("ambiguous")
        symbol.spans.append(Span(node.start_byte, node.end_byte))

    def _create(self, key: str, name: str, kind: BindingKind, scope: Scope) -> Symbol:
        symbol = Symbol(name, kind, scope)
        self.symbols.append(symbol)
        self._show(key, symbol, scope)
        return symbol

    def _show(self, key: str, symbol: Symbol, scope: Scope) -> None:
        self._visible.setdefault(key, []).append(symbol)
        scope.keys.append(key)

    def mention_label(self, node: Node, *, declared: bool = False) -> Symbol | None:
        """Record an occurrence of a label of the enclosing function."""
        name = self.text(node)
        if not name:
            return None
        owner = self.scope.owner
        symbol = owner.labels.get(name)
        if symbol is None:
            symbol = owner.labels[name] = Symbol(name, BindingKind.LABEL, owner)
        elif declared and symbol.defined:
            symbol.fix("ambiguous")
        symbol.defined |= declared
        symbol.spans.append(Span(node.start_byte, node.end_byte))
        return symbol

    def _settle_labels(self, scope: Scope) -> None:
        for symbol in scope.labels.values():
            if symbol.defined and symbol.name not in self._keywords:
                self.symbols.append(symbol)
            else:
                self.unbound.extend((span, symbol.name) for span in symbol.spans)
