"""Near syntax errors of C and C++: which names may have been given a wrong role."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from metacompress.lang.scopes.c.macros import C_KEYWORDS
from metacompress.lang.scopes.model import FixedReason
from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.scopes.c.names import CNames

_WORD = re.compile(r"[^\W\d][\w$]*")


def fix_near_errors(table: CNames, root: Node) -> None:
    """Fix what is named near an error, or declared more than once around one."""
    survey = _ErrorSurvey(root)
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
            or (survey.file_is_unclear and not symbol.scope.depth)
        ):
            symbol.fix(FixedReason.SYNTAX_ERROR)


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
                region = span_of(node)
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
                        self.holes.append(span_of(child))
                elif child.has_error:
                    pending.append((child, region))
        if self.file_is_unclear:
            regions = {span_of(root)}
        self._regions = sorted(regions)
        self._starts = [region.start for region in self._regions]

    def region(self, span: Span) -> int | None:
        """The number of the region without certain structure that holds ``span``, or None."""
        number = bisect_left(self._starts, span.start + 1) - 1
        return number if number >= 0 and holds(self._regions[number], span) else None


def holds(outer: Span, inner: Span) -> bool:
    """Whether ``outer`` contains ``inner``."""
    return outer.start <= inner.start and inner.end <= outer.end


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


def words_in(text: str) -> list[str]:
    """Everything in ``text`` that could be a name."""
    return _WORD.findall(text)


def _words(node: Node) -> list[str]:
    return words_in((node.text or b"").decode("utf-8", "replace"))
