"""Methods of JavaScript and TypeScript that stand without their class, as data sets hold them.

``get(key) { return this.items[key]; }`` is no program, but the inside of a class. It is parsed with
the header of a class in front, which is taken out of the tree again: the nodes of the header have
no bytes, and all others stand where they are in the text. ``Node.text`` is None in such a tree; the
program knows the text of a node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Point

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node, Tree

_HEADER, _END = b"class _{", b"\n}"
_COMMENTS = frozenset({"comment", "html_comment"})


def lone_methods(parser: tree_sitter.Parser, source: bytes, tree: Tree) -> Tree | None:
    """The tree of ``source`` as the inside of a class; None where it is something else.

    Args:
        parser: of the language.
        source: the text.
        tree: what it is as a program.
    """
    if not (tree.root_node.has_error or _is_header_with_body(tree.root_node)):
        return None
    inside = parser.parse(_HEADER + source + _END)
    if inside.root_node.has_error or not _holds_methods(inside.root_node):
        return None
    begin = Point(0, 0)
    inside.edit(0, len(_HEADER), 0, begin, Point(0, len(_HEADER)), begin)
    row = source.count(b"\n")
    end = Point(row, len(source) - source.rfind(b"\n") - 1)
    inside.edit(len(source), len(source) + len(_END), len(source), end, Point(row + 1, 1), end)
    return inside


def is_lone(root: Node) -> bool:
    """Whether the tree is one of methods without their class."""
    keyword = root.children[0].children[:1] if root.children else []
    return [(node.type, node.start_byte == node.end_byte) for node in keyword] == [("class", True)]


def _is_header_with_body(root: Node) -> bool:
    """``f(a)`` and a block on the next line that returns something."""
    parts = [child for child in root.children if child.type not in _COMMENTS]
    if [part.type for part in parts] != ["expression_statement", "statement_block"]:
        return False
    call = parts[0].children[0]
    return (
        call.type == "call_expression"
        and call.end_byte == parts[0].end_byte
        and any(child.type == "return_statement" for child in parts[1].children)
    )


def _holds_methods(root: Node) -> bool:
    body = root.children[0].child_by_field_name("body")
    members = () if body is None else body.named_children
    kinds = {member.type for member in members if member.type not in _COMMENTS}
    return root.named_child_count == 1 and kinds == {"method_definition"}
