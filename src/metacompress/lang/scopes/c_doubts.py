"""Which C and C++ symbols must keep their name, and for what reason.

The walk over the syntax tree collects what it cannot be certain of; when it is over, every
symbol that a doubt concerns is marked as fixed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from metacompress.lang.edits import Span
from metacompress.lang.language import Language
from metacompress.lang.scopes.c_library import is_library_function
from metacompress.lang.scopes.c_macros import (
    C_KEYWORDS,
    TAKEN_BY_ANY_NAME,
    TAKEN_FOR_GRANTED,
)
from metacompress.lang.scopes.model import BindingKind

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.c_symbols import Symbol, SymbolTable

_WORD = re.compile(r"[^\W\d][\w$]*")
_INNER = frozenset({BindingKind.LOCAL, BindingKind.PARAMETER, BindingKind.LABEL})


class Doubts:
    """Collects doubts during a walk and settles them at its end.

    Attributes:
        pastes_tokens: a macro of the program makes names of parts, which no token shows.
    """

    def __init__(self, program: ParsedProgram) -> None:
        self.pastes_tokens = False
        self._program = program
        self._cpp = program.language is Language.CPP
        self._names: dict[str, str] = {}
        self._outer_names: dict[str, str] = {}
        # Positions by the length of the longest name that may be used there; None is any.
        self._hidden_uses: defaultdict[int | None, list[int]] = defaultdict(list)

    def suspect(self, name: str, reason: str) -> None:
        """Fix every symbol of that name."""
        self._names.setdefault(name, reason)

    def suspect_outer(self, name: str, reason: str) -> None:
        """Fix the functions, types and variables of that name that are no locals."""
        self._outer_names.setdefault(name, reason)

    def suspect_outer_words(self, text: str, reason: str) -> None:
        """Fix the functions, types and file variables that are named by a word of ``text``."""
        for name in _WORD.findall(text):
            self._outer_names.setdefault(name, reason)

    def suspect_hidden_use(self, node: Node, longest: int | None = None) -> None:
        """Fix what is local and in scope at ``node``, a macro that may use any of it.

        With ``longest``, what is fixed are names of at most that many letters, and those that
        macros take for granted.
        """
        self._hidden_uses[longest].append(node.start_byte)

    def settle(self, table: SymbolTable) -> None:
        """Attach early calls, take back what may be a member, and mark fixed symbols."""
        self._attach_early_calls(table)
        self._release_members(table)
        if table.unresolved:
            self.suspect(TAKEN_BY_ANY_NAME, "hidden-use")
        self._fix_outer(table)
        self._fix_named(table)
        self._fix_used_outside(table)
        for longest, positions in self._hidden_uses.items():
            self._fix_hidden_uses(table, sorted(positions), longest)
        self._fix_unused(table)
        if self.pastes_tokens:
            for symbol in table.symbols:
                symbol.fix("pasted")
        if self._program.root.has_error:
            self._fix_near_errors(table)

    def _attach_early_calls(self, table: SymbolTable) -> None:
        if not table.early_calls:
            return
        functions = {
            symbol.name: symbol
            for symbol in table.symbols
            if symbol.kind is BindingKind.FUNCTION and not symbol.depth
        }
        for span, name in table.early_calls:
            if name in functions:
                functions[name].spans.append(span)
            else:
                table.unresolved.append((span, name))

    def _release_members(self, table: SymbolTable) -> None:
        if not self._cpp:
            return
        released: defaultdict[Symbol, set[Span]] = defaultdict(set)
        for symbol, span, has_unknown_members in table.crossings:
            if has_unknown_members or symbol.name in table.members:
                released[symbol].add(span)
                table.unbound.append((span, symbol.name))
        for symbol in table.symbols:
            # A constructor has the name of its class.
            # A function may be one of several overloads with a friend, or with a function of a
            # namespace that a call finds by its arguments.
            may_be_member = symbol.is_tag or symbol.kind is BindingKind.FUNCTION
            if may_be_member and symbol.name in table.members:
                symbol.fix("member")
        for symbol, spans in released.items():
            symbol.fix("member")
            symbol.spans = [span for span in symbol.spans if span not in spans]

    def _fix_outer(self, table: SymbolTable) -> None:
        unresolved = {name for _, name in table.unresolved}
        unresolved_tags = {name for _, name in table.unresolved_tags}
        for symbol in table.symbols:
            name, kind = symbol.name, symbol.kind
            if symbol.is_tag and name in unresolved_tags:
                symbol.fix("ambiguous")
            if symbol.depth or kind is BindingKind.LABEL:
                continue
            if kind is BindingKind.FUNCTION and name == "main":
                symbol.fix("main")
            elif not symbol.defined:
                symbol.fix("external")
            elif kind is BindingKind.FUNCTION and is_library_function(name, cpp=self._cpp):
                symbol.fix("library-name")
            elif name in unresolved:
                symbol.fix("ambiguous")

    def _fix_named(self, table: SymbolTable) -> None:
        for name in table.entangled:
            self.suspect(name, "ambiguous")
        for symbol in table.symbols:
            reason = self._names.get(symbol.name)
            if reason is None and symbol.kind not in _INNER:
                reason = self._outer_names.get(symbol.name)
            if reason is not None:
                symbol.fix(reason)

    def _fix_used_outside(self, table: SymbolTable) -> None:
        """Fix labels that a macro may jump to, and locals that are used where they cannot be."""
        inner = defaultdict(list)
        for symbol in table.symbols:
            if symbol.kind is BindingKind.LABEL or symbol.kind is BindingKind.LOCAL:
                inner[symbol.name].append(symbol)
        for span, name in table.unresolved:
            for symbol in inner.get(name, ()):
                if _holds(symbol.function, span):
                    is_label = symbol.kind is BindingKind.LABEL
                    symbol.fix("macro-argument" if is_label else "ambiguous")

    def _fix_hidden_uses(
        self, table: SymbolTable, positions: list[int], longest: int | None
    ) -> None:
        for symbol in table.symbols:
            if symbol.kind not in _INNER or not _may_be_hidden(symbol, longest):
                continue
            known_from = symbol.scope.start
            if symbol.kind is not BindingKind.LABEL and symbol.spans:
                known_from = symbol.spans[0].start
            after = bisect_left(positions, known_from)
            end = symbol.scope.end
            if symbol.kind is BindingKind.PARAMETER:
                end = max(end, symbol.spans[-1].end)
            if after < len(positions) and positions[after] < end:
                symbol.fix("hidden-use")

    def _fix_unused(self, table: SymbolTable) -> None:
        """Fix what is declared but not used where an unseen macro may be its only user."""
        unseen = sorted(
            span.start
            for span, name in table.unresolved
            if name.isupper() and name not in self._names
        )
        if not unseen:
            return
        for symbol in table.symbols:
            if len(symbol.spans) != 1 or symbol.kind not in _INNER:
                continue
            is_in_prototype = (
                symbol.kind is BindingKind.PARAMETER and symbol.scope != symbol.function
            )
            after = bisect_left(unseen, symbol.function.start)
            if not is_in_prototype and after < len(unseen) and unseen[after] < symbol.function.end:
                symbol.fix("hidden-use")

    def _fix_near_errors(self, table: SymbolTable) -> None:
        survey = _ErrorSurvey(self._program.root)
        tokens = sorted(
            [(span.start, symbol.name) for symbol in table.symbols for span in symbol.spans]
            + [(span.start, name) for span, name in table.unbound]
            + [(span.start, name) for span, name in table.unresolved]
            + [(span.start, name) for span, name in table.unresolved_tags]
        )
        nearby = set(survey.words)
        for hole in survey.holes:
            before = bisect_left(tokens, (hole.start, ""))
            after = bisect_left(tokens, (hole.end, ""))
            nearby.update(name for _, name in tokens[max(before - 1, 0) : before])
            nearby.update(name for _, name in tokens[after : after + 1])

        owners: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
        unclear: set[tuple[int, str]] = set()
        for span, name in table.unresolved + table.unresolved_tags:
            if (region := survey.region(span)) is not None:
                unclear.add((region, name))
        touched = defaultdict(set)
        for number, symbol in enumerate(table.symbols):
            for span in symbol.spans:
                if (region := survey.region(span)) is not None:
                    owners[region, symbol.name].add(number)
                    touched[number].add((region, symbol.name))
        unclear.update(key for key, numbers in owners.items() if len(numbers) > 1)
        for number, symbol in enumerate(table.symbols):
            if (
                symbol.name in nearby
                or not unclear.isdisjoint(touched[number])
                or (survey.file_is_unclear and not symbol.depth)
            ):
                symbol.fix("syntax-error")


class _ErrorSurvey:
    """Where a syntax tree has errors, and how far they may mislead.

    Attributes:
        words: everything in errors that could be a name.
        holes: the errors next to which a token may have been given a wrong role.
        file_is_unclear: an error lies outside of functions, or leaves statements there.
    """

    def __init__(self, root: Node) -> None:
        self.words: set[str] = set()
        self.holes: list[Span] = []
        if root.is_error:
            self.words.update(_words(root))
        self.file_is_unclear = root.is_error or any(_is_stray(child) for child in root.children)
        regions: set[Span] = set()
        pending: list[tuple[Node, Span | None]] = [(root, None)]
        while pending:
            node, region = pending.pop()
            if region is None and node.type == "function_definition":
                region = Span(node.start_byte, node.end_byte)
            for child in node.children:
                if child.is_missing and node.type == "field_declaration":
                    continue  # An unnamed bit-field.
                if child.is_error or child.is_missing:
                    self.words.update(_words(child))
                    if region is None:
                        self.file_is_unclear = True
                    else:
                        regions.add(region)
                    if not _is_harmless(child, node):
                        self.holes.append(Span(child.start_byte, child.end_byte))
                elif child.has_error:
                    pending.append((child, region))
        if self.file_is_unclear:
            regions = {Span(root.start_byte, root.end_byte)}
        self._regions = sorted(regions)
        self._starts = [region.start for region in self._regions]

    def region(self, span: Span) -> int | None:
        """The number of the region without certain structure that holds ``span``, or None."""
        number = bisect_left(self._starts, span.start + 1) - 1
        return number if number >= 0 and _holds(self._regions[number], span) else None


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _may_be_hidden(symbol: Symbol, longest: int | None) -> bool:
    if longest is None:
        return True
    if symbol.kind is BindingKind.LABEL:
        return False
    return len(symbol.name) <= longest or symbol.name in TAKEN_FOR_GRANTED


def _is_stray(node: Node) -> bool:
    """Whether a top-level node shows that a function's body was cut off from its head."""
    if node.type == "expression_statement":
        return node.named_child_count > 0
    return node.is_error or node.type.endswith("_statement")


def _is_harmless(error: Node, parent: Node) -> bool:
    """Whether the tokens next to an error have the role that the tree gives them."""
    if error.is_missing:
        # FOREACH(item, list) { ... } lacks a semicolon to the parser.
        first = parent.children[0]
        return error.type == ";" and first.type == "call_expression"
    # In `static av_cold int f(void)` the unknown word is taken for the type.
    return parent.type == "function_definition" and C_KEYWORDS.issuperset(_words(error))


def _words(node: Node) -> list[str]:
    return _WORD.findall((node.text or b"").decode("utf-8", "replace"))
