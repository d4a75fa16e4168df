"""Python's scopes: which names each of them binds, and what every name refers to.

The rules are those of Python 3.11 (language reference, 4.2 "Naming and binding", and 6.2.1 for
the mangling of private names).
"""

from __future__ import annotations

import unicodedata
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.symbols import Scope, Symbol, SymbolTable
from metacompress.lang.scopes.walk import Walk
from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from metacompress.lang.edits import Span
    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.symbols import Token

# A name with several kinds of binding in one scope is of the last of these.
_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            BindingKind.LOCAL,
            BindingKind.FUNCTION,
            BindingKind.TYPE,
            BindingKind.IMPORT,
            BindingKind.PARAMETER,
        )
    )
}
# Builtins whose result depends on the names around the call.
REFLECTIVE_BUILTINS = frozenset({"dir", "eval", "exec", "globals", "locals", "vars"})


class ScopeKind(Enum):
    """What a scope belongs to; a lambda is a function."""

    MODULE = auto()
    FUNCTION = auto()
    CLASS = auto()
    COMPREHENSION = auto()


class PythonScope(Scope):
    """The names of one scope, before anything is resolved.

    Attributes:
        kind: what the scope belongs to.
        name: the key of the function in the scope around it; empty for all but functions.
        children: the scopes inside of it.
        private_prefix: what mangling puts before private names; empty outside of classes.
        bound: how each name that the scope binds is bound, by key.
        fixed: why a name that the scope binds must stay as it is, by key.
        tokens: all identifier tokens that are looked up in this scope, by key.
        reads: in a class, the keys of names that are read.
        keyword_parameters: keys of the parameters that a call may name.
        global_names: keys of names declared global.
        nonlocal_names: keys of names declared nonlocal.
        symbols: the resolved bindings, by key.
    """

    __slots__ = (
        "bound",
        "children",
        "fixed",
        "global_names",
        "keyword_parameters",
        "kind",
        "name",
        "nonlocal_names",
        "private_prefix",
        "reads",
        "symbols",
        "tokens",
    )

    def __init__(
        self, parent: PythonScope | None, span: Span, kind: ScopeKind = ScopeKind.FUNCTION
    ) -> None:
        super().__init__(parent, span)
        self.kind = kind
        self.name = ""
        self.children: list[PythonScope] = []
        self.private_prefix: str = parent.private_prefix if parent is not None else ""
        self.bound: dict[str, BindingKind] = {}
        self.fixed: dict[str, FixedReason] = {}
        self.tokens: list[tuple[str, Token]] = []
        self.reads: set[str] = set()
        self.keyword_parameters: set[str] = set()
        self.global_names: set[str] = set()
        self.nonlocal_names: set[str] = set()
        self.symbols: dict[str, PythonSymbol] = {}
        if parent is not None:
            parent.children.append(self)

    def key(self, name: str) -> str:
        """The name that Python itself uses: normalised, and mangled if private in a class."""
        if not name.isascii():
            name = unicodedata.normalize("NFKC", name)
        if self.private_prefix and name.startswith("__") and not name.endswith("__"):
            return self.private_prefix + name
        return name

    def use(self, token: Token) -> None:
        """Record a name that is read."""
        if not token.name:
            return
        key = self.key(token.name)
        self.tokens.append((key, token))
        if self.kind is ScopeKind.CLASS:
            self.reads.add(key)

    def bind(self, token: Token, kind: BindingKind, fixed: FixedReason | None = None) -> None:
        """Record a name that is bound (or deleted, which makes it the scope's own as well).

        The last reason given is kept: it is that of what the name is at the end of the scope.
        """
        if not token.name:
            return
        key = self.key(token.name)
        self.tokens.append((key, token))
        known = self.bound.get(key)
        if known is None or _RANK[kind] > _RANK[known]:
            self.bound[key] = kind
        if fixed is not None:
            self.fixed[key] = fixed

    def assignment_scope(self) -> PythonScope:
        """The scope in which ``:=`` binds: that of the function around a comprehension."""
        scope = self
        while scope.kind is ScopeKind.COMPREHENSION and scope.parent is not None:
            scope = scope.parent
        return scope


PythonSymbol = Symbol[PythonScope]
PythonTable = SymbolTable[PythonScope]


def python_table(program: ParsedProgram) -> PythonTable:
    """An empty table whose outermost scope is the module."""
    module = PythonScope(None, span_of(program.root), ScopeKind.MODULE)
    table: PythonTable = SymbolTable(program.source, module)
    table.set_errors_aside(program.root)
    return table


def resolve_scopes(table: PythonTable) -> list[tuple[PythonScope, Token]]:
    """Declare the symbols of a module and of all scopes inside, and hand them their tokens.

    Returns:
        The uses of reflective builtins, with the scopes where they are.
    """
    resolution = _Resolution(table)
    resolution.run([partial(resolution.resolve, table.outermost)])
    return resolution.reflections


class _Resolution(Walk[PythonTable]):
    """A walk over scopes in place of nodes: those of a function are visible in all inside."""

    def __init__(self, table: PythonTable) -> None:
        super().__init__(table)
        self.reflections: list[tuple[PythonScope, Token]] = []

    def resolve(self, scope: PythonScope) -> None:
        self.table.enter(scope)
        self._declare(scope)
        if scope.kind in (ScopeKind.FUNCTION, ScopeKind.COMPREHENSION):
            module = self.table.outermost
            own = {key: module.symbols[key] for key in scope.global_names} | scope.symbols
            for key, symbol in own.items():
                self.table.show(key, symbol, scope)
        self._hand_out_tokens(scope)
        children = [partial(self.resolve, child) for child in scope.children]
        self.next([*children, self.table.leave])

    def _declare(self, scope: PythonScope) -> None:
        names = {key: token.name for key, token in reversed(scope.tokens)}
        for key, kind in scope.bound.items():
            if key in scope.global_names or key in scope.nonlocal_names:
                continue
            if kind is BindingKind.LOCAL and scope.kind is ScopeKind.MODULE:
                kind = BindingKind.MODULE_VARIABLE
            # A module's variable may have no token but those of functions that declare it global.
            symbol = self.table.create(names.get(key, key), kind, scope, scope.fixed.get(key))
            if scope.kind is ScopeKind.CLASS:
                symbol.fix(FixedReason.CLASS_ATTRIBUTE)
            if key.startswith("__") and key.endswith("__"):
                symbol.fix(FixedReason.DUNDER)
            if key == "super":  # the compiler looks for this word
                symbol.fix(FixedReason.BUILTIN)
            scope.symbols[key] = symbol

    def _hand_out_tokens(self, scope: PythonScope) -> None:
        module = self.table.outermost
        for key, token in scope.tokens:
            symbol = scope.symbols.get(key)
            if symbol is None and key not in scope.global_names:
                symbol = self.table.lookup(key)
            if symbol is None:
                if key in REFLECTIVE_BUILTINS:
                    self.reflections.append((scope, token))
                if key not in scope.nonlocal_names:
                    symbol = module.symbols.get(key)
            if symbol is None:
                self.table.leave_unbound(token)
                continue
            symbol.spans.append(token.span)
            if token.name != key or symbol.name != token.name:
                is_ascii = token.name.isascii()
                symbol.fix(FixedReason.MANGLED if is_ascii else FixedReason.UNICODE)
        if scope.kind is ScopeKind.CLASS:
            # In a class body, a name that is not bound yet is looked up in the module.
            for key in scope.reads & scope.symbols.keys() & module.symbols.keys():
                module.symbols[key].fix(FixedReason.CLASS_ATTRIBUTE)
