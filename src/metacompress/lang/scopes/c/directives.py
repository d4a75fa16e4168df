"""The preprocessor in the walk over C and C++ programs.

Names in macro bodies and in other preprocessor lines are reported as unbound, although they are
no tokens of the syntax tree, so that a new name can avoid them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from metacompress.lang.edits import Span
from metacompress.lang.scopes.c.tokens import TokenWalk
from metacompress.lang.scopes.model import FixedReason
from metacompress.lang.scopes.symbols import Token, spelled_out
from metacompress.lang.scopes.walk import others, visits

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram

# What a directive holds: comments, literals and numbers, which name nothing, or a name.
_DIRECTIVE_TOKEN = re.compile(
    rb"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\.?\d(?:[eEpP][+-]|[\w.])*"""
    rb"""|((?:[A-Za-z_$\x80-\xff]|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})"""
    rb"""(?:[\w$\x80-\xff]|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})*)""",
    re.DOTALL,
)


class DirectiveWalk(TokenWalk):
    """A walk that knows the preprocessor.

    Attributes:
        quoting_macros: whether each macro that the program defines quotes an argument.
    """

    def __init__(self, program: ParsedProgram) -> None:
        super().__init__(program)
        self.quoting_macros: dict[str, bool] = {}

    @visits("preproc_def", "preproc_function_def")
    def _macro_definition(self, node: Node) -> None:
        quotes = False
        for child in node.children:
            if child.type == "preproc_arg":
                text = (child.text or b"").replace(b"%:", b"#")
                quotes = b"#" in text
                self.doubts.pastes_tokens |= b"##" in text
                self._directive_text(child)
            else:
                self.table.pass_over(child, FixedReason.MACRO_BODY)
        name = node.child_by_field_name("name")
        if name is not None:
            self.quoting_macros[self.table.text(name)] = quotes

    @visits("preproc_if", "preproc_elif", "preproc_ifdef", "preproc_elifdef")
    def _conditional(self, node: Node) -> None:
        condition = node.child_by_field_name("condition") or node.child_by_field_name("name")
        if condition is not None:
            self.table.pass_over(condition, FixedReason.MACRO_BODY)
        self.next(others(node, condition))

    @visits("preproc_include")
    def _include(self, node: Node) -> None:
        self.directive(node)
        if self.table.in_block:
            self.doubts.suspect_hidden_use(node)

    @visits("preproc_call")
    def directive(self, node: Node) -> None:
        """Visit a directive that defines and tests nothing."""
        for child in node.children:
            if child.type == "preproc_arg":
                self._directive_text(child)
            else:
                self.table.pass_over(child, FixedReason.MACRO_BODY)

    def _directive_text(self, node: Node) -> None:
        start = node.start_byte
        for match in _DIRECTIVE_TOKEN.finditer(self.source[start : node.end_byte]):
            if match[1]:
                name = spelled_out(match[1].decode(errors="replace"))
                span = Span(start + match.start(), start + match.end())
                self.table.leave_unbound(Token(name, span))
                self.table.taint(name, FixedReason.MACRO_BODY)
