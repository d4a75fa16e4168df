"""Symbol table: scopes, the names that are visible in them, and the tokens that refer to each."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from metacompress.lang.scopes.model import Binding, FixedReason, ScopeAnalysis
from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Self

    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.scopes.model import BindingKind

S = TypeVar("S", bound="Scope")

IDENTIFIERS = frozenset(
    {
        "identifier",
        "field_identifier",
        "type_identifier",
        "statement_identifier",
        "namespace_identifier",
        "property_identifier",
        "private_property_identifier",
        "shorthand_property_identifier",
        "shorthand_property_identifier_pattern",
        "package_identifier",
        "label_name",
    }
)
"""The types of the nodes that are names."""

# As C, C++ and JavaScript write a letter of a name.
_UNIVERSAL = re.compile(
    r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\u\{0*([0-9a-fA-F]{1,6})\}", re.ASCII
)


def spelled_out(name: str) -> str:
    """A name, its universal character names replaced by the letters that they are.

    ``\\u00e4`` and the letter are one name to a compiler.
    """
    return _UNIVERSAL.sub(_letter, name)


def _letter(match: re.Match[str]) -> str:
    number = int(match[1] or match[2] or match[3], 16)
    is_letter = number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return chr(number) if is_letter else match[0]


def identifiers(node: Node, *, skip_errors: bool = False) -> Iterator[Node]:
    """All identifier tokens in ``node``, in source order."""
    pending = [node]
    while pending:
        current = pending.pop()
        if current.type in IDENTIFIERS:
            yield current
        elif not (skip_errors and current.is_error):
            pending.extend(current.children[::-1])


class Token(NamedTuple):
    """An identifier token; its name is empty where the parser has put one that is missing."""

    name: str
    span: Span


# As in ``span_of``: a call of ``Token`` takes longer.
_as_token: Callable[[tuple[str, Span]], Token] = partial(tuple.__new__, Token)


class Scope:
    """One scope of a program. The scopes of a language hold more.

    Attributes:
        parent: the scope around it; None for the outermost.
        span: its bytes.
        depth: how many scopes are around it.
        boundary: a name that is declared at a smaller depth than this may be hidden by a member of
            a class around.
        keys: what was made visible in it while it is open.
    """

    __slots__ = ("boundary", "depth", "keys", "parent", "span")

    def __init__(self, parent: Self | None, span: Span) -> None:
        self.parent = parent
        self.span = span
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.boundary: int = 0 if parent is None else parent.boundary
        self.keys: list[str] = []


class Symbol(Generic[S]):
    """One declared name, as far as the program has been read.

    Attributes:
        name: the identifier.
        kind: what it is bound to.
        scope: the scope that declares it.
        fixed: the first reason that was found not to rename it.
        spans: occurrences in the order in which they were met.
        keyed: those of them that are the key of a property as well.
        is_defined: False for a function, variable or label of C that is declared or mentioned only.
        is_tag: declared as a struct, union or enum tag of C or as a class of C++.
    """

    __slots__ = ("fixed", "is_defined", "is_tag", "keyed", "kind", "name", "scope", "spans")

    def __init__(
        self, name: str, kind: BindingKind, scope: S, fixed: FixedReason | None = None
    ) -> None:
        self.name = name
        self.kind = kind
        self.scope = scope
        self.fixed = fixed
        self.spans: list[Span] = []
        self.keyed: set[Span] = set()
        self.is_defined = False
        self.is_tag = False

    def fix(self, reason: FixedReason) -> None:
        """Forbid a change of the name; the first reason given is kept."""
        if self.fixed is None:
            self.fixed = reason


class SymbolTable(Generic[S]):
    """All symbols and unbound tokens of one program, and the scopes that are open.

    For each key there is a stack of what is visible under it, innermost last. A scope remembers
    its keys and pops them when it ends, so that a look-up takes constant time at any nesting
    depth. A key is a name, with something in front for name spaces beside that of variables.

    Attributes:
        outermost: the scope of the whole program.
        scope: the innermost open scope.
        symbols: in the order in which they were declared.
        unbound: identifier tokens that belong to no symbol, in any order.
        tainted: names that occur where they cannot be resolved, with the reason; every symbol
            of such a name ends up fixed.
    """

    def __init__(self, source: bytes, outermost: S) -> None:
        self.outermost = outermost
        self.scope = outermost
        self.symbols: list[Symbol[S]] = []
        self.unbound: list[tuple[Span, str]] = []
        self.tainted: dict[str, FixedReason] = {}
        self._source = source
        # The text of a program in which every name is a slice of it, as in nearly all.
        is_plain = source.isascii() and b"\\u" not in source and b"\\U" not in source
        self._plain = source.decode() if is_plain else None
        self._visible: dict[str, list[Symbol[S] | None]] = {}
        self._errors: list[Span] | None = None

    # Tokens.

    def text(self, node: Node) -> str:
        """The text of an identifier or another node."""
        start, end = node.start_byte, node.end_byte
        if self._plain is not None:
            return self._plain[start:end]
        return spelled_out(self._source[start:end].decode(errors="replace"))

    def token(self, node: Node) -> Token:
        """The text of an identifier node and where it stands."""
        return _as_token((self.text(node), span_of(node)))

    def leave_unbound(self, token: Token) -> None:
        """Record a token that refers to no symbol."""
        name, span = token
        if name:
            self.unbound.append((span, name))

    def pass_over(self, node: Node, taint: FixedReason | None = None) -> None:
        """Record all identifier tokens of a subtree as unbound.

        Args:
            node: an identifier or any larger node.
            taint: why no symbol with one of these names may be renamed, if so.
        """
        for leaf in identifiers(node, skip_errors=self._errors is not None):
            token = self.token(leaf)
            self.leave_unbound(token)
            if taint is not None:
                self.taint(token.name, taint)

    def taint(self, name: str, reason: FixedReason) -> None:
        """Forbid the renaming of every symbol of that name; the first reason given is kept."""
        self.tainted.setdefault(name, reason)

    def taint_tokens(self, node: Node, reason: FixedReason) -> None:
        """Forbid the renaming of every symbol whose name occurs in the subtree."""
        for leaf in identifiers(node, skip_errors=self._errors is not None):
            self.taint(self.text(leaf), reason)

    def set_errors_aside(self, root: Node) -> None:
        """Record the identifiers inside of ERROR nodes as unbound and tainted.

        From now on these nodes are passed over, and every symbol whose scope touches an error
        ends up fixed.
        """
        errors = []
        pending = [root]
        while pending:
            node = pending.pop()
            if node.is_error or node.is_missing:
                errors.append(span_of(node))
                self.pass_over(node, FixedReason.SYNTAX_ERROR)
            elif node.has_error:
                pending.extend(reversed(node.children))
        self._errors = errors

    # Scopes and what is visible in them.

    def enter(self, scope: S) -> S:
        """Make ``scope`` the innermost one."""
        self.scope = scope
        return scope

    def open(self, span: Span) -> S:
        """Open a scope inside of the innermost one."""
        return self.enter(type(self.scope)(self.scope, span))

    def leave(self) -> None:
        """Close the innermost scope, unless it is the outermost, and hide what it has declared."""
        scope = self.scope
        for key in scope.keys:
            self._visible[key].pop()
        scope.keys.clear()
        if scope.parent is not None:
            self.scope = scope.parent

    def create(
        self, name: str, kind: BindingKind, scope: S, fixed: FixedReason | None = None
    ) -> Symbol[S]:
        """Add a symbol that has no occurrence yet and that is not visible."""
        symbol = Symbol(name, kind, scope, fixed)
        self.symbols.append(symbol)
        return symbol

    def show(self, key: str, symbol: Symbol[S] | None, scope: S) -> None:
        """Make a symbol visible to the end of ``scope``; None hides what has been so far."""
        self._visible.setdefault(key, []).append(symbol)
        scope.keys.append(key)

    def lookup(self, key: str) -> Symbol[S] | None:
        """What is visible under ``key``, or None."""
        stack = self._visible.get(key)
        return stack[-1] if stack else None

    def is_known(self, key: str) -> bool:
        """Whether ``key`` is visible, or was hidden by a declaration that is not followed."""
        return bool(self._visible.get(key))

    # The outcome.

    def fix_tainted(self) -> None:
        """Fix every symbol of a tainted name."""
        for symbol in self.symbols:
            reason = self.tainted.get(symbol.name)
            if reason is not None:
                symbol.fix(reason)

    def analysis(self) -> ScopeAnalysis:
        """The finished analysis: sorted, with tainted and damaged symbols fixed."""
        self.fix_tainted()
        bindings = []
        for symbol in self.symbols:
            if not symbol.spans:
                continue
            scope = symbol.scope.span
            if self._errors and self._is_damaged(scope):
                symbol.fix(FixedReason.SYNTAX_ERROR)
            occurrences = tuple(sorted(symbol.spans))
            keyed = frozenset(symbol.keyed)
            bindings.append(
                Binding(symbol.name, symbol.kind, occurrences, scope, symbol.fixed, keyed)
            )
        bindings.sort(key=lambda binding: binding.occurrences[0])
        return ScopeAnalysis(tuple(bindings), tuple(sorted(self.unbound)))

    def _is_damaged(self, scope: Span) -> bool:
        # Error recovery may drop a brace or a header: nothing around an error is certain.
        errors = self._errors or []
        position = bisect_left(errors, scope.start, key=lambda error: error.end)
        return position < len(errors) and errors[position].start <= scope.end
