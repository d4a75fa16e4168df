"""Operands in parentheses that the grammars of C and C++ take for casts.

A parser that knows no types reads ``(a) && b == c`` as ``((a) &&b) == c``, the address of a label
cast to ``a``, ``(a) & b == c`` as ``((a) &b) == c`` and ``(a) + 1`` as a cast of ``+1``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.language import C_FAMILY
from metacompress.lang.scopes.model import BindingKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.model import Binding

# Bytes of white space that are looked over.
_FAR = 200
# Binary operators that begin an operand as well.
_UNARY_TOO = (b"&", b"*", b"+", b"-")
_VARIABLES = (BindingKind.LOCAL, BindingKind.PARAMETER, BindingKind.MODULE_VARIABLE)


def is_misread(
    program: ParsedProgram, cast: Node, binding_of: Callable[[Node], Binding | None]
) -> bool:
    """Whether a cast is certainly none: to a variable, or of a label to what is not a pointer.

    Args:
        program: what the cast is in.
        cast: a node of type ``cast_expression``.
        binding_of: what an identifier refers to.
    """
    if program.language not in C_FAMILY:
        return False
    target = cast.child_by_field_name("type")
    name = None if target is None else target.child_by_field_name("type")
    if target is None or name is None or name.type != "type_identifier":
        return False
    binding = binding_of(name)
    if binding is not None and binding.kind in _VARIABLES:
        return True
    declarator, value = (
        target.child_by_field_name("declarator"),
        cast.child_by_field_name("value"),
    )
    return (
        (declarator is None or declarator.type != "abstract_pointer_declarator")
        and value is not None
        and program.source.startswith(b"&&", value.start_byte)
    )


def without_misread_parentheses(program: ParsedProgram, node: Node) -> Node:
    """What a name can stand for: ``node``, with its parentheses where the name were misread."""
    if program.language not in C_FAMILY:
        return node
    outer = node
    while outer.parent is not None and outer.parent.type == "parenthesized_expression":
        outer = outer.parent
    around = "" if outer.parent is None else outer.parent.type
    is_operand = around.endswith("_expression") and around != "sizeof_expression"
    rest = program.source[outer.end_byte : outer.end_byte + _FAR].lstrip()
    return outer if is_operand and rest.startswith(_UNARY_TOO) else node
