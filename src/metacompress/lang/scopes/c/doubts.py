"""Which C and C++ symbols must keep their name, and for what reason.

The walk over the syntax tree collects what it cannot be certain of; when it is over, every
symbol that a doubt concerns is marked as fixed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from metacompress.lang.language import Language
from metacompress.lang.scopes.c.errors import fix_near_errors, holds, words_in
from metacompress.lang.scopes.c.library import is_library_function
from metacompress.lang.scopes.c.macros import TAKEN_BY_ANY_NAME, TAKEN_FOR_GRANTED
from metacompress.lang.scopes.model import BindingKind, FixedReason

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.c.names import CNames, CSymbol

_INNER = frozenset({BindingKind.LOCAL, BindingKind.PARAMETER, BindingKind.LABEL})


class Doubts:
    """Collects doubts during a walk and settles them at its end.

    Attributes:
        pastes_tokens: a macro of the program makes names of parts, which no token shows.
    """

    def __init__(self, program: ParsedProgram, table: CNames) -> None:
        self.pastes_tokens = False
        self._table = table
        self._root = program.root
        self._cpp = program.language is Language.CPP
        self._outer_names: dict[str, FixedReason] = {}
        # Positions by the length of the longest name that may be used there; None is any.
        self._hidden_uses: defaultdict[int | None, list[int]] = defaultdict(list)

    def suspect_outer(self, name: str, reason: FixedReason) -> None:
        """Fix the functions, types and variables of that name that are no locals."""
        self._outer_names.setdefault(name, reason)

    def suspect_outer_words(self, text: str, reason: FixedReason) -> None:
        """Fix the functions, types and file variables that are named by a word of ``text``."""
        for name in words_in(text):
            self.suspect_outer(name, reason)

    def suspect_hidden_use(self, node: Node, longest: int | None = None) -> None:
        """Fix what is local and in scope at ``node``, a macro that may use any of it.

        With ``longest``, what is fixed are names of at most that many letters, and those that
        macros take for granted.
        """
        self._hidden_uses[longest].append(node.start_byte)

    def settle(self) -> None:
        """Attach early calls, take back what may be a member, and mark fixed symbols."""
        self._attach_early_calls()
        self._release_members()
        if self._table.unresolved:
            self._table.taint(TAKEN_BY_ANY_NAME, FixedReason.HIDDEN_USE)
        self._fix_outer()
        self._fix_named()
        self._fix_used_outside()
        for longest, positions in self._hidden_uses.items():
            self._fix_hidden_uses(sorted(positions), longest)
        self._fix_unused()
        if self.pastes_tokens:
            for symbol in self._table.symbols:
                symbol.fix(FixedReason.PASTED)
        if self._root.has_error:
            fix_near_errors(self._table, self._root)

    def _attach_early_calls(self) -> None:
        if not self._table.early_calls:
            return
        functions = {
            symbol.name: symbol
            for symbol in self._table.symbols
            if symbol.kind is BindingKind.FUNCTION and not symbol.scope.depth
        }
        for span, name in self._table.early_calls:
            if name in functions:
                functions[name].spans.append(span)
            else:
                self._table.unresolved.append((span, name))

    def _release_members(self) -> None:
        if not self._cpp:
            return
        released: defaultdict[CSymbol, set[Span]] = defaultdict(set)
        for symbol, span, has_unknown_members in self._table.crossings:
            if has_unknown_members or symbol.name in self._table.members:
                released[symbol].add(span)
                self._table.unbound.append((span, symbol.name))
        for symbol in self._table.symbols:
            # A constructor has the name of its class.
            # A function may be one of several overloads with a friend, or with a function of a
            # namespace that a call finds by its arguments.
            may_be_member = symbol.is_tag or symbol.kind is BindingKind.FUNCTION
            if may_be_member and symbol.name in self._table.members:
                symbol.fix(FixedReason.MEMBER)
        for symbol, spans in released.items():
            symbol.fix(FixedReason.MEMBER)
            symbol.spans = [span for span in symbol.spans if span not in spans]

    def _fix_outer(self) -> None:
        unresolved = {name for _, name in self._table.unresolved}
        unresolved_tags = {name for _, name in self._table.unresolved_tags}
        for symbol in self._table.symbols:
            name, kind = symbol.name, symbol.kind
            if symbol.is_tag and name in unresolved_tags:
                symbol.fix(FixedReason.AMBIGUOUS)
            if symbol.scope.depth or kind is BindingKind.LABEL:
                continue
            if kind is BindingKind.FUNCTION and name == "main":
                symbol.fix(FixedReason.MAIN)
            elif not symbol.is_defined:
                symbol.fix(FixedReason.EXTERNAL)
            elif kind is BindingKind.FUNCTION and is_library_function(name, cpp=self._cpp):
                symbol.fix(FixedReason.LIBRARY_NAME)
            elif name in unresolved:
                symbol.fix(FixedReason.AMBIGUOUS)

    def _fix_named(self) -> None:
        for name in self._table.entangled:
            self._table.taint(name, FixedReason.AMBIGUOUS)
        self._table.fix_tainted()
        for symbol in self._table.symbols:
            reason = self._outer_names.get(symbol.name)
            if reason is not None and symbol.kind not in _INNER:
                symbol.fix(reason)

    def _fix_used_outside(self) -> None:
        """Fix labels that a macro may jump to, and locals that are used where they cannot be."""
        inner = defaultdict(list)
        for symbol in self._table.symbols:
            if symbol.kind is BindingKind.LABEL or symbol.kind is BindingKind.LOCAL:
                inner[symbol.name].append(symbol)
        for span, name in self._table.unresolved:
            for symbol in inner.get(name, ()):
                if holds(symbol.scope.owner.span, span):
                    is_label = symbol.kind is BindingKind.LABEL
                    symbol.fix(FixedReason.MACRO_ARGUMENT if is_label else FixedReason.AMBIGUOUS)

    def _fix_hidden_uses(self, positions: list[int], longest: int | None) -> None:
        for symbol in self._table.symbols:
            if symbol.kind not in _INNER or not _may_be_hidden(symbol, longest):
                continue
            known_from = symbol.scope.span.start
            if symbol.kind is not BindingKind.LABEL and symbol.spans:
                known_from = symbol.spans[0].start
            after = bisect_left(positions, known_from)
            end = symbol.scope.span.end
            if symbol.kind is BindingKind.PARAMETER:
                end = max(end, symbol.spans[-1].end)
            if after < len(positions) and positions[after] < end:
                symbol.fix(FixedReason.HIDDEN_USE)

    def _fix_unused(self) -> None:
        """Fix what is declared but not used where an unseen macro may be its only user."""
        unseen = sorted(
            span.start
            for span, name in self._table.unresolved
            if name.isupper() and name not in self._table.tainted
        )
        if not unseen:
            return
        for symbol in self._table.symbols:
            if len(symbol.spans) != 1 or symbol.kind not in _INNER:
                continue
            is_in_prototype = (
                symbol.kind is BindingKind.PARAMETER and symbol.scope is not symbol.scope.owner
            )
            after = bisect_left(unseen, symbol.scope.owner.span.start)
            if (
                not is_in_prototype
                and after < len(unseen)
                and unseen[after] < symbol.scope.owner.span.end
            ):
                symbol.fix(FixedReason.HIDDEN_USE)


def _may_be_hidden(symbol: CSymbol, longest: int | None) -> bool:
    if longest is None:
        return True
    if symbol.kind is BindingKind.LABEL:
        return False
    return len(symbol.name) <= longest or symbol.name in TAKEN_FOR_GRANTED
