"""Calls of C and C++ whose callee is out of sight: each may be a macro in lower case.

Such a macro may assign an argument (``get_user(value, address)``), evaluate it more than once
(``max(f(), b)``) or not at all (``trace(p->x)``). A function can do none of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.macros import find_macros
from metacompress.lang.language import C_FAMILY, Language
from metacompress.lang.scopes.c.library import is_library_function, is_library_macro
from metacompress.lang.syntax import called_name, operands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.program import AnalysedProgram

# What an assignment can name, beside ``*p``.
_PLACES = frozenset("identifier field_expression subscript_expression qualified_identifier".split())
_VALUES = frozenset(
    """
    number_literal char_literal string_literal concatenated_string sizeof_expression true false null
    nullptr
    """.split()
)
# Their value is a place in C++.
_PLACES_OF_CPP = frozenset(
    """
    call_expression assignment_expression update_expression conditional_expression comma_expression
    cast_expression binary_expression unary_expression this
    """.split()
)


class UnseenCalls:
    """Effects that calls of undeclared callees may have on their arguments.

    An argument for which another call of the same callee passes a value (``g(5)``) is assigned by
    no macro: that call would not compile.
    """

    def __init__(self, program: AnalysedProgram) -> None:
        self._program = program
        self._values: set[tuple[str, int, int]] = set()
        if program.language not in C_FAMILY:
            return
        for call in program.nodes("call_expression"):
            if not self.is_unseen(call):
                continue
            for argument, position in self._positions(call):
                if self._is_surely_value(argument):
                    self._values.add(position)

    def is_unseen(self, call: Node) -> bool:
        """Whether the callee may be a macro.

        The callee is neither declared in the program nor a function of the library.
        """
        if call.type != "call_expression":
            return False
        callee = called_name(call)
        if callee is None:
            return False
        name = self._program.text(callee)
        if name in self._program.fact(find_macros):
            return True
        if self._program.binding_of(callee) is not None:
            return False
        return is_library_macro(name) or not is_library_function(
            name, cpp=self._program.language is Language.CPP
        )

    def assigned(self, call: Node) -> list[Node]:
        """The arguments of ``call`` that it may assign as a macro would, by their names alone."""
        if not self.is_unseen(call):
            return []
        return [
            argument
            for argument, position in self._positions(call)
            if position not in self._values and self._is_place(argument)
        ]

    def may_assign(self, argument: Node) -> bool:
        """Whether ``argument`` stands, in parentheses or not, where a macro may assign it."""
        whole, parent = argument, argument.parent
        while parent is not None and parent.type == "parenthesized_expression":
            whole, parent = parent, parent.parent
        call = None if parent is None or parent.type != "argument_list" else parent.parent
        return call is not None and whole in self.assigned(call)

    def written(self, call: Node) -> set[Span]:
        """First occurrences of the variables that ``call`` may assign, or a part of them."""
        found = set()
        for argument in self.assigned(call):
            pending = [argument]
            while pending:
                node = pending.pop()
                if node.type == "identifier":
                    binding = self._program.binding_of(node)
                    if binding is not None:
                        found.add(binding.occurrences[0])
                elif node.type == "conditional_expression":
                    pending += operands(node)[1:]
                elif node.type == "comma_expression":
                    pending += operands(node)[-1:]
                else:
                    pending += operands(node)[:1]
        return found

    def _positions(self, call: Node) -> Iterator[tuple[Node, tuple[str, int, int]]]:
        """The arguments of ``call``, each with callee, number of arguments and its own number."""
        arguments = call.child_by_field_name("arguments")
        if arguments is None or arguments.type != "argument_list":
            return
        name, found = self._program.text(call.children[0]), operands(arguments)
        for number, argument in enumerate(found):
            yield argument, (name, len(found), number)

    def _is_place(self, argument: Node) -> bool:
        """Whether an assignment to ``argument`` compiles."""
        argument = _without_parentheses(argument)
        if argument.type == "pointer_expression":
            return argument.children[0].type == "*"
        if argument.type in _PLACES:
            return True
        return self._program.language is Language.CPP and argument.type in _PLACES_OF_CPP

    def _is_surely_value(self, argument: Node) -> bool:
        """Whether ``argument++`` compiles in no macro, not even in one without parentheses."""
        if argument.type == "parenthesized_expression":
            return not self._is_place(argument)
        if argument.type == "pointer_expression":
            return argument.children[0].type == "&"
        if argument.type == "call_expression":
            return self._program.language is Language.C
        return argument.type in _VALUES


def _without_parentheses(node: Node) -> Node:
    while node.type == "parenthesized_expression" and len(operands(node)) == 1:
        node = operands(node)[0]
    return node
