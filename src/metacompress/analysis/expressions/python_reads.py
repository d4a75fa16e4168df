"""Where variables of Python are read and written, and where a call means the built-in function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.scopes import BindingKind
from metacompress.lang.syntax import called_name, operands

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding

_READING = frozenset(
    """
    binary_operator comparison_operator boolean_operator not_operator unary_operator argument_list
    subscript slice conditional_expression return_statement if_statement elif_clause while_statement
    interpolation pair assert_statement yield attribute
    """.split()
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


def is_builtin_call(program: AnalysedProgram, node: Node, names: frozenset[str]) -> bool:
    """Whether ``node`` calls one of these built-in functions with positional arguments."""
    function = called_name(node) if node.type == "call" else None
    arguments = node.child_by_field_name("arguments")
    return (
        function is not None
        and arguments is not None
        and arguments.type == "argument_list"
        and program.text(function) in names
        and program.binding_of(function) is None
        and not program.nodes("wildcard_import")
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


def find_writes(program: AnalysedProgram, binding: Binding) -> list[Node] | None:
    """The tokens that assign a local variable; None where one writes in an unusual way."""
    if binding.kind is not BindingKind.LOCAL:
        return None
    found = []
    for span in binding.occurrences:
        node = program.parsed.root.descendant_for_byte_range(span.start, span.end)
        if node is None or node.parent is None:
            return None
        if is_read(node):
            continue
        if node.parent.type not in ("assignment", "augmented_assignment", "for_statement"):
            return None
        found.append(node)
    return found


def plain_assignment(statement: Node) -> tuple[Node, Node] | None:
    """The target and the value of a statement that is one assignment, without an annotation."""
    parts = operands(statement)
    if len(parts) != 1 or parts[0].type != "assignment":
        return None
    left, right = (parts[0].child_by_field_name(field) for field in ("left", "right"))
    if left is None or right is None or parts[0].child_by_field_name("type") is not None:
        return None
    return left, right
