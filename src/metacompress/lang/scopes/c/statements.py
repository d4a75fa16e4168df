"""Statements, expressions and inline assembly in the walk over C and C++ programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.scopes.c.functions import FunctionWalk
from metacompress.lang.scopes.c.macros import (
    C_KEYWORDS,
    LONGEST_HIDDEN_USE,
    TYPEOF,
    longest_hidden_use,
    may_use_argument_names,
)
from metacompress.lang.scopes.model import FixedReason
from metacompress.lang.scopes.symbols import IDENTIFIERS, identifiers
from metacompress.lang.scopes.walk import others, visits

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram

# What stands among the arguments of a macro only.
_NO_ARGUMENTS = frozenset({"compound_statement", "type_descriptor"})
_KEYWORDS_WITHOUT_VALUE = C_KEYWORDS - {"true", "false"}


class CWalk(FunctionWalk):
    """A walk over all of C."""

    def __init__(self, program: ParsedProgram) -> None:
        super().__init__(program)
        # By the node id of a call that is a statement: whether the semicolon is missing. To ask a
        # node for its parent takes a time that grows with the depth.
        self._statement_calls: dict[int, bool] = {}

    @visits("ERROR")
    def _error(self, node: Node) -> None:
        self.table.pass_over(node, FixedReason.SYNTAX_ERROR)
        # FOREACH(item, list) { ... } lacks a semicolon: it is no call.
        if self.table.in_block and any(part.type == "call_expression" for part in node.children):
            self.doubts.suspect_hidden_use(node, LONGEST_HIDDEN_USE)

    @visits("macro_type_specifier")
    def _macro_type(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if self.table.in_block and name is not None and self.table.text(name) not in TYPEOF:
            self.doubts.suspect_hidden_use(node, LONGEST_HIDDEN_USE)
        self.descend(node)

    @visits("attribute_specifier", "attribute_declaration")
    def _attribute(self, node: Node) -> None:
        self.table.pass_over(node, FixedReason.ATTRIBUTE)
        self.doubts.suspect_outer_words(
            self.table.text(node), FixedReason.ATTRIBUTE
        )  # alias("name")

    # Statements and expressions.

    @visits("labeled_statement")
    def _labeled_statement(self, node: Node) -> None:
        label, *statement = node.children
        self.table.mention_label(label, declared=True)
        self.next(statement)

    @visits("statement_identifier")
    def _label(self, node: Node) -> None:
        self.table.mention_label(node)

    @visits("pointer_expression")
    def _address(self, node: Node) -> None:
        children = node.children
        operand = children[-1]
        if operand.type == "pointer_expression" and children[0].type == "&":
            operator, *target = operand.children
            # `&&label` is read as the address of an address, which does not exist.
            if operator.type == "&" and operator.start_byte == children[0].end_byte:
                for leaf in target:
                    if leaf.type == "identifier":
                        self.table.mention_label(leaf)
                    else:
                        self.table.pass_over(leaf, FixedReason.AMBIGUOUS)
                return
        self.descend(node)

    @visits("expression_statement")
    def _expression_statement(self, node: Node) -> None:
        children = node.children
        first = children[0]
        if first.type == "identifier" and len(children) == 2 and self._is_unseen_macro(first):
            self.doubts.suspect_hidden_use(first)
        for child in children:
            if child.type == "call_expression":
                self._statement_calls[child.id] = children[-1].is_missing
        self.descend(node)

    @visits("call_expression")
    def _call(self, node: Node) -> None:
        function, *rest = node.children
        if function.type != "identifier":
            self.descend(node)
            return
        name = self.table.text(function)
        if self.table.use(name, function, called=True) is None and rest:
            self._unseen_call(name, rest[-1], self._statement_calls.get(node.id))
        self.next(rest)

    def _is_unseen_macro(self, node: Node) -> bool:
        name = self.table.text(node)
        return name.isupper() and self.table.lookup(name) is None

    def _unseen_call(self, callee: str, arguments: Node, is_unfinished: bool | None) -> None:
        """Heed what a macro may do; ``is_unfinished`` is None for a call that is no statement."""
        children = arguments.children
        quotes = self.quoting_macros.get(callee)
        if quotes is None:
            self._suspect_capture(callee, arguments, is_statement=is_unfinished is not None)
            if is_unfinished:
                self.doubts.suspect_hidden_use(arguments, LONGEST_HIDDEN_USE)
        if quotes:
            for leaf in identifiers(arguments):
                self._fix_visible(leaf, FixedReason.STRINGISED)
        elif quotes is False or may_use_argument_names(callee) or not self.table.scope.depth:
            for child in children:
                if child.type in IDENTIFIERS:
                    self._fix_visible(child, FixedReason.MACRO_ARGUMENT)
            if len(children) == 2 and callee.isupper():
                self.doubts.suspect_hidden_use(arguments)

    def _suspect_capture(self, callee: str, arguments: Node, *, is_statement: bool) -> None:
        is_certain = arguments.has_error or self._has_no_arguments(arguments)
        longest = longest_hidden_use(callee, is_statement=is_statement, is_certain=is_certain)
        if longest:
            self.doubts.suspect_hidden_use(arguments, longest)

    def _has_no_arguments(self, arguments: Node) -> bool:
        """Whether something in the brackets can be no argument of a function: a type, a block."""
        for child in arguments.children:
            kind = child.type
            if kind == "identifier":
                if self.table.text(child) in _KEYWORDS_WITHOUT_VALUE:
                    return True
            elif kind in _NO_ARGUMENTS:
                return True
        return False

    def _fix_visible(self, node: Node, reason: FixedReason) -> None:
        symbol = self.table.lookup(self.table.text(node))
        if symbol is not None:
            symbol.fix(reason)

    # Inline assembly.

    @visits("gnu_asm_expression")
    def _assembly(self, node: Node) -> None:
        code = node.child_by_field_name("assembly_code")
        if code is not None:
            self.doubts.suspect_outer_words(self.table.text(code), FixedReason.ASM_OPERAND)
        self.descend(node)

    @visits("gnu_asm_output_operand", "gnu_asm_input_operand")
    def _assembly_operand(self, node: Node) -> None:
        symbol = node.child_by_field_name("symbol")
        if symbol is not None:
            self.table.pass_over(symbol, FixedReason.ASM_OPERAND)
        self.next(others(node, symbol))

    @visits("gnu_asm_goto_list")
    def _assembly_labels(self, node: Node) -> None:
        for child in node.children:
            if child.type == "identifier":
                self.table.taint(self.table.text(child), FixedReason.ASM_OPERAND)
                self.table.mention_label(child)
