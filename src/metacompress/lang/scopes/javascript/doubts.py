"""What makes a JavaScript binding unsafe to rename although its scope is certain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from metacompress.lang.scopes.javascript.names import ScopeKind
from metacompress.lang.scopes.model import BindingKind, FixedReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from metacompress.lang.edits import Span
    from metacompress.lang.scopes.javascript.bindings import ProgramFacts
    from metacompress.lang.scopes.javascript.names import JsScope, JsSymbol, JsTable

# Through these a program sees what its functions are called.
_NAME_READERS = frozenset(
    """
    name caller callee stack captureStackTrace prepareStackTrace trace getFunctionName
    displayName
    """.split()
)
# What prints a value prints the name of a function that is in it.
_PRINTING = re.compile(rb"\b(?:console|inspect|assert|print|alert)\b")
_CALL = re.compile(rb"\s*(?:\(|`)")
_BEFORE_CALLBACK = re.compile(rb"([\w$.]*)\((?:[^()'\"`{}]*,)?\s*\Z")
_AFTER_CALLBACK = re.compile(rb"\s*[,)]")
_SHOWN_BY = re.compile(rb"(?:^|\.)(?:console\.\w+|inspect|assert(?:\.\w+)?|print|String|alert)\Z")
_NEAR = 200


def fix_doubtful(
    table: JsTable, facts: ProgramFacts, evaluating: Iterable[JsScope], source: bytes
) -> None:
    """Fix every symbol that something outside of its scope's text may look up by name."""
    for start in evaluating:
        _fix_visible(start)
    for scope, name, home in facts.blocks_with_functions:
        _fix_hoisted(table, scope, name, home)
    _fix_names_of_functions(table, facts, source)


def _fix_visible(start: JsScope) -> None:
    """``eval`` sees all names that are visible where it stands."""
    scope: JsScope | None = start
    while scope is not None:
        for symbol in scope.symbols.values():
            symbol.fix(FixedReason.REFLECTION)
        scope = scope.parent


def _fix_hoisted(table: JsTable, scope: JsScope, name: str, home: JsScope) -> None:
    """A function in a block is a variable of the function around as well, but in strict mode.

    Its name stays unless every token of it in that function means the one in the block.
    """
    symbol = scope.symbols[name]
    own = set(symbol.spans)
    around = home if home.kind is not ScopeKind.FUNCTION or home.parent is None else home.parent
    for inner in _scopes(around):
        if any(use.token.name == name and use.token.span not in own for use in inner.uses):
            table.taint(name, FixedReason.AMBIGUOUS)
            return


def _fix_names_of_functions(table: JsTable, facts: ProgramFacts, source: bytes) -> None:
    """Fix the names that functions carry along, where the program may show them."""
    reads_names = bool(facts.properties & _NAME_READERS) or b"name" in _quoted(source)
    prints = _PRINTING.search(source) is not None
    for symbol in table.symbols:
        if symbol.kind is BindingKind.LABEL or not facts.named_functions & set(symbol.spans):
            continue
        if reads_names or (prints and _may_be_shown(symbol, facts.named_functions, source)):
            symbol.fix(FixedReason.REFLECTION)


def _may_be_shown(symbol: JsSymbol, named: set[Span], source: bytes) -> bool:
    """Whether a function gets anywhere but into a call, as callee or as a plain callback."""
    for span in symbol.spans:
        if span in named or _CALL.match(source, span.end):
            continue
        before = _BEFORE_CALLBACK.search(source, max(0, span.start - _NEAR), span.start)
        is_argument = before is not None and _AFTER_CALLBACK.match(source, span.end)
        if before is None or not is_argument or not before[1] or _SHOWN_BY.search(before[1]):
            return True
    return False


def _quoted(source: bytes) -> set[bytes]:
    return set(re.findall(rb"""["'`]([\w$]+)["'`]""", source))


def _scopes(outermost: JsScope) -> Iterator[JsScope]:
    pending = [outermost]
    while pending:
        scope = pending.pop()
        yield scope
        pending.extend(scope.children)
