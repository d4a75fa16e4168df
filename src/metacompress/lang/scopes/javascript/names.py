"""JavaScript's scopes: which names each of them declares, and what every name refers to.

The rules are those of ECMAScript 2025: ``var`` and functions are visible in the whole function,
``let``, ``const`` and classes in the whole block, before their declaration too.
"""

from __future__ import annotations

from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.symbols import Scope, Symbol, SymbolTable
from metacompress.lang.scopes.walk import Walk
from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from metacompress.lang.edits import Span
    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.symbols import Token

# A name with several declarations in one scope is of the last of these kinds.
_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            BindingKind.LOCAL,
            BindingKind.FUNCTION,
            BindingKind.PARAMETER,
            BindingKind.TYPE,
            BindingKind.IMPORT,
        )
    )
}
_OWN_WORDS = frozenset({"arguments", "eval"})


class ScopeKind(Enum):
    """What a scope belongs to."""

    MODULE = auto()
    PARAMETERS = auto()
    FUNCTION = auto()
    BLOCK = auto()
    WITH = auto()


class Use(NamedTuple):
    """A token that is looked up in a scope.

    Attributes:
        token: name and place.
        is_key: whether it is the key of a property as well.
        home: the scope in which a ``var`` with this token declares the name.
    """

    token: Token
    is_key: bool = False
    home: JsScope | None = None


class JsScope(Scope):
    """The names of one scope, before anything is resolved.

    ``boundary``, of a scope in a ``with``, is the depth from which on names are certain: those
    that are declared outside of it may be properties of an object.

    Attributes:
        kind: what the scope belongs to.
        children: the scopes inside of it.
        bound: how each name that the scope declares is bound.
        fixed: why a name that the scope declares must stay as it is.
        uses: all identifier tokens that are looked up in this scope.
        block_functions: functions that a block declares.
        symbols: the resolved bindings, by name.
    """

    __slots__ = (
        "block_functions",
        "bound",
        "children",
        "fixed",
        "kind",
        "symbols",
        "uses",
    )

    def __init__(
        self, parent: JsScope | None, span: Span, kind: ScopeKind = ScopeKind.BLOCK
    ) -> None:
        super().__init__(parent, span)
        self.kind = kind
        self.children: list[JsScope] = []
        self.bound: dict[str, BindingKind] = {}
        self.fixed: dict[str, FixedReason] = {}
        self.uses: list[Use] = []
        self.block_functions: set[str] = set()
        self.symbols: dict[str, JsSymbol] = {}
        if kind is ScopeKind.WITH:
            self.boundary = self.depth
        if parent is not None:
            parent.children.append(self)

    def declare(self, name: str, kind: BindingKind, fixed: FixedReason | None = None) -> None:
        """Record that the scope declares a name; the first reason given is kept."""
        known = self.bound.get(name)
        if known is None or _RANK[kind] > _RANK[known]:
            self.bound[name] = kind
        if fixed is not None:
            self.fixed.setdefault(name, fixed)

    def home_of_var(self, name: str) -> JsScope:
        """The scope in which a ``var`` or a function of this name is declared.

        A parameter of the name is the same variable.
        """
        scope = self
        while scope.parent is not None and scope.kind not in (
            ScopeKind.FUNCTION,
            ScopeKind.MODULE,
        ):
            scope = scope.parent
        outer = scope.parent
        is_parameter = (
            outer is not None and outer.kind is ScopeKind.PARAMETERS and name in outer.bound
        )
        return outer if outer is not None and is_parameter else scope


JsSymbol = Symbol[JsScope]
JsTable = SymbolTable[JsScope]


def javascript_table(program: ParsedProgram) -> JsTable:
    """An empty table whose outermost scope is the module or script."""
    table: JsTable = SymbolTable(
        program.source, JsScope(None, span_of(program.root), ScopeKind.MODULE)
    )
    table.set_errors_aside(program.root)
    return table


def resolve_scopes(table: JsTable) -> list[JsScope]:
    """Declare the symbols of a program and hand them their tokens.

    Returns:
        The scopes in which ``eval`` is named and means the function of the language.
    """
    resolution = _Resolution(table)
    resolution.run([partial(resolution.resolve, table.outermost)])
    return resolution.evaluating


class _Resolution(Walk[JsTable]):
    """A walk over scopes in place of nodes."""

    def __init__(self, table: JsTable) -> None:
        super().__init__(table)
        self.evaluating: list[JsScope] = []

    def resolve(self, scope: JsScope) -> None:
        self.table.enter(scope)
        for name, kind in scope.bound.items():
            if kind is BindingKind.LOCAL and scope.kind is ScopeKind.MODULE:
                kind = BindingKind.MODULE_VARIABLE
            symbol = self.table.create(name, kind, scope, scope.fixed.get(name))
            if name in _OWN_WORDS:
                symbol.fix(FixedReason.BUILTIN)
            scope.symbols[name] = symbol
            self.table.show(name, symbol, scope)
        for use in scope.uses:
            self._hand_out(scope, use)
        children = [partial(self.resolve, child) for child in scope.children]
        self.next([*children, self.table.leave])

    def _hand_out(self, scope: JsScope, use: Use) -> None:
        name, span = use.token
        symbol = self.table.lookup(name)
        if symbol is None:
            if name == "eval":
                self.evaluating.append(scope)
            self.table.leave_unbound(use.token)
            return
        symbol.spans.append(span)
        if use.is_key:
            symbol.keyed.add(span)
            # ``{__proto__: b}`` sets the prototype, ``{__proto__}`` does not.
            if name == "__proto__":
                symbol.fix(FixedReason.BUILTIN)
        if symbol.scope.depth < scope.boundary:
            symbol.fix(FixedReason.REFLECTION)
        if use.home is not None and symbol.scope is not use.home:
            # ``catch (e) { var e = 1 }`` declares one variable and writes another.
            self.table.taint(name, FixedReason.AMBIGUOUS)
