"""Python's scopes: which names each of them binds, and what every name refers to.

The rules are those of Python 3.11 (language reference, 4.2 "Naming and binding", and 6.2.1 for
the mangling of private names). Why a binding becomes fixed is told in
`metacompress.lang.scopes.python`.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from enum import Enum, auto
from typing import TYPE_CHECKING

from metacompress.lang.scopes.model import BindingKind

if TYPE_CHECKING:
    from metacompress.lang.edits import Span
    from metacompress.lang.scopes.symbols import Symbol, SymbolTable, Token

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


class PythonScope:
    """The names of one scope, before anything is resolved.

    Attributes:
        kind: what the scope belongs to.
        span: its bytes.
        parent: the scope around it, None for the module.
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

    def __init__(self, kind: ScopeKind, span: Span, parent: PythonScope | None) -> None:
        self.kind = kind
        self.span = span
        self.parent = parent
        self.name = ""
        self.children: list[PythonScope] = []
        self.private_prefix: str = parent.private_prefix if parent is not None else ""
        self.bound: dict[str, BindingKind] = {}
        self.fixed: dict[str, str] = {}
        self.tokens: list[tuple[str, Token]] = []
        self.reads: set[str] = set()
        self.keyword_parameters: set[str] = set()
        self.global_names: set[str] = set()
        self.nonlocal_names: set[str] = set()
        self.symbols: dict[str, Symbol] = {}
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

    def bind(self, token: Token, kind: BindingKind, fixed: str | None = None) -> None:
        """Record a name that is bound (or deleted, which makes it the scope's own as well)."""
        if not token.name:
            return
        key = self.key(token.name)
        self.tokens.append((key, token))
        known = self.bound.get(key)
        if known is None or _RANK[kind] > _RANK[known]:
            self.bound[key] = kind
        if fixed is not None:
            self.fixed.setdefault(key, fixed)

    def assignment_scope(self) -> PythonScope:
        """The scope in which ``:=`` binds: that of the function around a comprehension."""
        scope = self
        while scope.kind is ScopeKind.COMPREHENSION and scope.parent is not None:
            scope = scope.parent
        return scope


def resolve_scopes(table: SymbolTable, module: PythonScope) -> list[tuple[PythonScope, Token]]:
    """Declare the symbols of a module and of all scopes inside, and hand them their tokens.

    Returns:
        The uses of reflective builtins, with the scopes where they are.
    """
    reflections: list[tuple[PythonScope, Token]] = []
    visible: defaultdict[str, list[Symbol]] = defaultdict(list)
    pending: list[tuple[PythonScope, list[str] | None]] = [(module, None)]
    while pending:
        scope, pushed = pending.pop()
        if pushed is not None:
            for key in pushed:
                visible[key].pop()
            continue
        _declare(table, scope)
        pushed = []
        if scope.kind in (ScopeKind.FUNCTION, ScopeKind.COMPREHENSION):
            own = {key: module.symbols[key] for key in scope.global_names} | scope.symbols
            for key, symbol in own.items():
                visible[key].append(symbol)
            pushed = list(own)
        reflections += _resolve_tokens(table, scope, module, visible)
        pending.append((scope, pushed))
        pending.extend((child, None) for child in scope.children)
    return reflections


def _declare(table: SymbolTable, scope: PythonScope) -> None:
    names = {key: token.name for key, token in reversed(scope.tokens)}
    for key, kind in scope.bound.items():
        if key in scope.global_names or key in scope.nonlocal_names:
            continue
        if kind is BindingKind.LOCAL and scope.kind is ScopeKind.MODULE:
            kind = BindingKind.MODULE_VARIABLE
        # A module's variable may have no token but those of functions that declare it global.
        symbol = table.declare(names.get(key, key), kind, scope.span, scope.fixed.get(key))
        if scope.kind is ScopeKind.CLASS:
            symbol.fix("class-attribute")
        if key.startswith("__") and key.endswith("__"):
            symbol.fix("dunder")
        if key == "super":  # the compiler looks for this word
            symbol.fix("builtin")
        scope.symbols[key] = symbol


def _resolve_tokens(
    table: SymbolTable,
    scope: PythonScope,
    module: PythonScope,
    visible: dict[str, list[Symbol]],
) -> list[tuple[PythonScope, Token]]:
    reflections = []
    for key, token in scope.tokens:
        symbol = scope.symbols.get(key)
        if symbol is None and key not in scope.global_names and visible.get(key):
            symbol = visible[key][-1]
        if symbol is None:
            if key in REFLECTIVE_BUILTINS:
                reflections.append((scope, token))
            if key not in scope.nonlocal_names:
                symbol = module.symbols.get(key)
        if symbol is None:
            table.unbound.append((token.span, token.name))
            continue
        symbol.spans.append(token.span)
        if token.name != key or symbol.name != token.name:
            symbol.fix("mangled" if token.name.isascii() else "unicode")
    if scope.kind is ScopeKind.CLASS:
        # In a class body, a name that is not bound yet is looked up in the module.
        for key in scope.reads & scope.symbols.keys() & module.symbols.keys():
            module.symbols[key].fix("class-attribute")
    return reflections
