"""What makes a Python binding unsafe to rename although its scope is certain.

Python programs can look up names at run time. Each rule here fixes the bindings that such a
look-up might reach.
"""

from __future__ import annotations

import builtins
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.python.names import ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from metacompress.lang.scopes.python.names import PythonScope, PythonSymbol, PythonTable
    from metacompress.lang.scopes.symbols import Token

_BUILTINS = frozenset(dir(builtins))
_QUOTED_WORD = re.compile(r"""["'](\w+)["']""")
_CALL = re.compile(rb"\s*\(")

# Attributes through which a program sees the names of variables, parameters and functions.
_FRAME_ATTRIBUTES = frozenset({"__code__", "__globals__", "f_code", "f_globals", "f_locals"})
_SIGNATURE_READERS = frozenset(
    {
        "__annotations__",
        "__kwdefaults__",
        "get_annotations",
        "get_type_hints",
        "getargspec",
        "getcallargs",
        "getfullargspec",
        "signature",
    }
)
_NAME_ATTRIBUTES = frozenset({"__name__", "__qualname__"})


@dataclass
class ProgramFacts:
    """What a program does that decides whether its names may change.

    Attributes:
        attributes: all names after a dot, and all names imported from modules.
        keywords: keys of all keyword arguments.
        has_keyword_splat: a call passes ``**mapping``.
        has_star_import: there is a ``from m import *``.
        has_stored_annotations: annotations are kept as text (PEP 563).
        is_python2: there is syntax that Python 3.11 does not have.
    """

    attributes: set[str] = field(default_factory=set)
    keywords: set[str] = field(default_factory=set)
    has_keyword_splat: bool = False
    has_star_import: bool = False
    has_stored_annotations: bool = False
    is_python2: bool = False


def fix_doubtful(
    table: PythonTable,
    facts: ProgramFacts,
    reflections: Iterable[tuple[PythonScope, Token]],
    source: bytes,
) -> None:
    """Fix every symbol that something outside of its scope's text may look up by name."""
    module = table.outermost
    _fix_reflected(table, reflections, source)
    _fix_module_names(module, facts, source)
    if facts.is_python2:
        _fix_all(table.symbols, FixedReason.PYTHON_2)
    if facts.attributes & _FRAME_ATTRIBUTES:
        _fix_all(table.symbols, FixedReason.REFLECTION)
    if facts.attributes & _NAME_ATTRIBUTES:
        functions = (s for s in table.symbols if s.kind is BindingKind.FUNCTION)
        _fix_all(functions, FixedReason.REFLECTION)
    _fix_qualifiers(module)
    reads_signatures = bool(facts.attributes & _SIGNATURE_READERS)
    for scope in _scopes(module):
        for key, symbol in _keyword_parameters(scope).items():
            if facts.has_keyword_splat or key in facts.keywords:
                symbol.fix(FixedReason.KEYWORD_ARGUMENT)
            if reads_signatures:
                symbol.fix(FixedReason.REFLECTION)


def _fix_qualifiers(module: PythonScope) -> None:
    """Fix the functions around classes: their names are part of the classes' names."""
    reached: set[int] = set()
    for scope in _scopes(module):
        inner = scope if scope.kind is ScopeKind.CLASS else None
        while inner is not None and inner.parent is not None and id(inner) not in reached:
            reached.add(id(inner))
            if inner.name in inner.parent.symbols:
                inner.parent.symbols[inner.name].fix(FixedReason.QUALIFIED_NAME)
            inner = inner.parent


def _keyword_parameters(scope: PythonScope) -> dict[str, PythonSymbol]:
    return {key: scope.symbols[key] for key in scope.keyword_parameters if key in scope.symbols}


def _fix_all(symbols: Iterable[PythonSymbol], reason: FixedReason) -> None:
    for symbol in symbols:
        symbol.fix(reason)


def _scopes(module: PythonScope) -> Iterator[PythonScope]:
    pending = [module]
    while pending:
        scope = pending.pop()
        yield scope
        pending.extend(scope.children)


def _fix_reflected(
    table: PythonTable,
    reflections: Iterable[tuple[PythonScope, Token]],
    source: bytes,
) -> None:
    reached: set[int] = set()
    runs_text = False
    for start, token in reflections:
        if not _CALL.match(source, token.span.end):
            # Passed on, it may be called from any place.
            _fix_all(table.symbols, FixedReason.REFLECTION)
            return
        runs_text = runs_text or token.name in ("eval", "exec")
        scope: PythonScope | None = start
        while scope is not None and id(scope) not in reached:
            reached.add(id(scope))
            _fix_all(scope.symbols.values(), FixedReason.REFLECTION)
            scope = scope.parent
    if runs_text:
        for callee in _scopes(table.outermost):
            _fix_all(_keyword_parameters(callee).values(), FixedReason.REFLECTION)


def _fix_module_names(module: PythonScope, facts: ProgramFacts, source: bytes) -> None:
    exported = facts.attributes
    if "__all__" in module.symbols:
        exported = exported | set(_QUOTED_WORD.findall(source.decode(errors="replace")))
    for key, symbol in module.symbols.items():
        if key in exported:
            symbol.fix(FixedReason.EXPORTED)
        # Before it is bound, or after `del`, the name means the builtin.
        if key in _BUILTINS:
            symbol.fix(FixedReason.BUILTIN)
        if facts.has_star_import or "modules" in facts.attributes:
            symbol.fix(FixedReason.REFLECTION)
