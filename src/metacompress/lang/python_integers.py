"""Integers of Python: where a snippet shows that a value is an ``int`` and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.scopes import BindingKind
from metacompress.lang.syntax import operands
from metacompress.lang.types import operator_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.module import Module
    from metacompress.lang.scopes import Binding

_ARITHMETIC = frozenset({"+", "-", "*", "//", "%"})
# Operators that make an int of ints; parentheses have none.
_OPERATORS = {
    "binary_operator": _ARITHMETIC,
    "unary_operator": frozenset({"+", "-"}),
    "parenthesized_expression": frozenset({""}),
}
# Built-in functions that return nothing but an int, if they return.
_RETURN_INT = frozenset({"len", "int", "ord"})
_READING = frozenset(
    {
        "binary_operator",
        "comparison_operator",
        "boolean_operator",
        "not_operator",
        "unary_operator",
        "argument_list",
        "subscript",
        "slice",
        "conditional_expression",
        "return_statement",
        "if_statement",
        "elif_clause",
        "while_statement",
        "interpolation",
        "pair",
        "assert_statement",
        "yield",
        "attribute",
    }
)
_READING_FIELDS = {
    "assignment": "right",
    "augmented_assignment": "right",
    "named_expression": "value",
    "keyword_argument": "value",
    "for_statement": "right",
    "for_in_clause": "right",
}
_DISPLAYS = frozenset({"parenthesized_expression", "tuple", "list", "set", "expression_list"})


def is_builtin_call(module: Module, node: Node, names: frozenset[str]) -> bool:
    """Whether ``node`` calls one of these built-in functions with positional arguments."""
    function = node.child_by_field_name("function") if node.type == "call" else None
    arguments = node.child_by_field_name("arguments")
    return (
        function is not None
        and arguments is not None
        and function.type == "identifier"
        and arguments.type == "argument_list"
        and module.text(function) in names
        and module.binding_of(function) is None
        and not module.nodes("wildcard_import")
        and not any(
            argument.type in ("keyword_argument", "list_splat", "dictionary_splat")
            for argument in operands(arguments)
        )
    )


def is_read(identifier: Node) -> bool:
    """Whether an identifier is certainly an operand whose value is read, and nothing else."""
    node, parent = identifier, identifier.parent
    while parent is not None and parent.type in _DISPLAYS:
        node, parent = parent, parent.parent
    if parent is None:
        return False
    field = _READING_FIELDS.get(parent.type)
    if field is not None:
        return parent.child_by_field_name(field) == node
    return parent.type in _READING


def is_certain_int(module: Module, node: Node) -> bool:
    """Whether an expression gives an ``int``, if it gives a value at all."""
    return Integers(module).is_certain_int(node)


class Integers:
    """Which expressions of a program are integers.

    Args:
        module: the program.
    """

    def __init__(self, module: Module) -> None:
        self._module = module
        self._writes: dict[Span, list[Node] | None] = {}

    def is_certain_int(self, node: Node) -> bool:
        """Whether an expression gives an ``int``, if it gives a value at all."""
        known: set[str] = set()
        pending = [node]
        while pending:
            part = pending.pop()
            if part.type == "integer":
                continue
            if operator_of(self._module, part) in _OPERATORS.get(part.type, ()):
                pending += operands(part)
            elif part.type == "identifier":
                binding = self._module.binding_of(part)
                values = None if binding is None else self._values_of(binding)
                if binding is None or values is None:
                    return False
                if binding.name not in known:
                    # A variable that is computed from itself stays an int if all else is.
                    known.add(binding.name)
                    pending += values
            elif not is_builtin_call(self._module, part, _RETURN_INT):
                return False
        return True

    def writes(self, binding: Binding) -> list[Node] | None:
        """The tokens that assign a local variable; None where one writes in an unusual way."""
        if binding.kind is not BindingKind.LOCAL:
            return None
        key = binding.occurrences[0]
        if key not in self._writes:
            self._writes[key] = self._find_writes(binding)
        return self._writes[key]

    def _find_writes(self, binding: Binding) -> list[Node] | None:
        found = []
        for span in binding.occurrences:
            node = self._module.program.root.descendant_for_byte_range(span.start, span.end)
            if node is None or node.parent is None:
                return None
            if is_read(node):
                continue
            if node.parent.type not in ("assignment", "augmented_assignment", "for_statement"):
                return None
            found.append(node)
        return found

    def _values_of(self, binding: Binding) -> list[Node] | None:
        """What a local variable is made of; None where that is unclear."""
        tokens = self.writes(binding)
        if not tokens:
            return None
        values: list[Node] = []
        for token in tokens:
            statement = token.parent
            right = None if statement is None else statement.child_by_field_name("right")
            if statement is None or right is None:
                return None
            if statement.type == "for_statement":
                if not is_builtin_call(self._module, right, frozenset({"range"})):
                    return None
            elif statement.type == "augmented_assignment":
                if operator_of(self._module, statement)[:-1] not in _ARITHMETIC:
                    return None
                values.append(right)
            else:
                values.append(right)
        return values
