"""Python expressions whose value is a number, a truth value or a string, whatever their parts.

Such a value runs no code when it goes away, so it does not matter how long it is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.effects import is_constant
from metacompress.lang.python_integers import is_builtin_call, is_certain_int
from metacompress.lang.syntax import descendants, operands
from metacompress.lang.types import operator_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.module import Module

_RETURNS_PLAIN = frozenset(
    {
        "len",
        "int",
        "float",
        "str",
        "bool",
        "ord",
        "chr",
        "repr",
        "hex",
        "bin",
        "hash",
        "isinstance",
        "issubclass",
        "callable",
        "input",
    }
)
_LEAVES_FUNCTION = frozenset({"yield", "await", "named_expression"})


def has_plain_value(module: Module, node: Node) -> bool:
    """Whether ``node`` surely gives a plain value, if any, and lies in its function as a whole."""
    if any(part.type in _LEAVES_FUNCTION for part in descendants(node)):
        return False
    if node.type == "not_operator" or is_constant(node):
        return True
    if node.type == "comparison_operator":
        return len(operands(node)) == 2 and operator_of(module, node) in (
            "in",
            "not in",
            "is",
            "is not",
        )
    if node.type == "string":
        return True
    return is_builtin_call(module, node, _RETURNS_PLAIN) or is_certain_int(module, node)
