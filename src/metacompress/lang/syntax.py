"""Nodes of a syntax tree: which ones can be trusted, and which can be moved."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from metacompress.lang.edits import Pieces, Span
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram

COMMENTS = frozenset({"comment", "line_comment", "block_comment", "html_comment"})
_NO_OPERANDS = COMMENTS | {"line_continuation"}
LOOPS = frozenset(
    """
    for_statement while_statement do_statement for_range_loop enhanced_for_statement
    for_in_statement
    """.split()
)
# Their branches and bodies may be single statements.
OWNERS = LOOPS | {"if_statement", "else_clause"}
SWITCHES = frozenset(
    """
    switch_statement switch_expression expression_switch_statement type_switch_statement
    select_statement
    """.split()
)
FUNCTIONS = frozenset(
    """
    function_definition method_declaration constructor_declaration compact_constructor_declaration
    lambda_expression lambda function_declaration generator_function_declaration
    function_expression generator_function arrow_function method_definition func_literal
    """.split()
)
# Bytes: nested expressions that are each looked into take a time that grows with the square.
_LONGEST = 400
_LISTS_OF_DECLARATIONS = frozenset(
    """
    translation_unit program module source_file linkage_specification namespace_definition
    declaration_list
    template_declaration class_specifier struct_specifier field_declaration_list preproc_if
    preproc_ifdef preproc_else preproc_elif class_declaration interface_declaration enum_declaration
    record_declaration class_body interface_body enum_body enum_body_declarations class_definition
    decorated_definition export_statement
    """.split()
)


# A call of ``Span`` goes through Python and takes three times as long.
_as_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)


def span_of(node: Node) -> Span:
    """The bytes of ``node``."""
    return _as_span((node.start_byte, node.end_byte))


def descendants(node: Node) -> Iterator[Node]:
    """``node`` and everything below it, in source order, without recursion."""
    # A node keeps the children that it was asked for, and they keep theirs; a cursor keeps none.
    cursor = node.walk()
    while True:
        current = cursor.node
        if current is not None:
            yield current
        if cursor.goto_first_child() or cursor.goto_next_sibling():
            continue
        while cursor.goto_parent():
            if cursor.goto_next_sibling():
                break
        else:
            return


def ancestors(node: Node) -> Iterator[Node]:
    """The parents of ``node``, the nearest first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def operands(node: Node) -> list[Node]:
    """The named children of ``node`` that are no comments and no ends of Python lines."""
    return [child for child in node.named_children if child.type not in _NO_OPERANDS]


def begins_statement(node: Node) -> bool:
    """Whether an expression is the first text of a statement.

    A bracket there would go on with the line before, in a program of JavaScript without semicolons.
    """
    outer: Node | None = node
    while outer is not None and outer.start_byte == node.start_byte:
        if outer.type == "expression_statement":
            return True
        outer = outer.parent
    return False


def called_name(call: Node) -> Node | None:
    """The name of the function that ``call`` calls; None where that is more than a name."""
    callee = call.child_by_field_name("function")
    return callee if callee is not None and callee.type == "identifier" else None


def indentation_unit(indent: str) -> str:
    """One more step for a line that is indented so."""
    return "\t" if indent.endswith("\t") else "    "


def sound_nodes(
    program: ParsedProgram, is_misread: Callable[[Node], bool] | None = None
) -> dict[str, list[Node]]:
    """The nodes of each type, in source order, that no syntax error is near.

    Error recovery may drop or invent a brace, or take parameters for products: what has an error
    inside is left out as a whole, up to the function or to what lists declarations around it. So
    is what has a cast inside of which ``is_misread`` holds.
    """
    found = _sound_nodes(program, frozenset())
    if is_misread is None:
        return found
    misread = [cast for cast in found.get("cast_expression", ()) if is_misread(cast)]
    if not misread:
        return found
    around = (outer.id for cast in misread for outer in ancestors(cast))
    return _sound_nodes(program, frozenset(around))


def _sound_nodes(program: ParsedProgram, unsound: frozenset[int]) -> dict[str, list[Node]]:
    is_sound = not (unsound or program.root.has_error)
    found: dict[str, list[Node]] = {}
    for node in descendants(program.root) if is_sound else _outside_of(program, unsound):
        found.setdefault(node.type, []).append(node)
    return found


def _outside_of(program: ParsedProgram, unsound: frozenset[int]) -> Iterator[Node]:
    """The nodes that are not in ``unsound`` and have no error inside, in source order."""
    # In Python, a block that is reached without passing a statement is the body of a class.
    lists = _LISTS_OF_DECLARATIONS | (
        {"block"} if program.language is Language.PYTHON else frozenset()
    )
    pending = [program.root]
    while pending:
        node = pending.pop()
        if node.has_error or node.id in unsound:
            if node.type not in lists:
                continue
        else:
            yield node
        pending.extend(reversed(node.children))


def is_short(node: Node) -> bool:
    """Whether it is cheap to look into ``node``, and once more into each of its parts."""
    return node.end_byte - node.start_byte <= _LONGEST


def is_movable(node: Node) -> bool:
    """Whether the text of ``node`` means the same in another place, joined to other text.

    Not so with comments (one to the line's end swallows what follows) and directives (they need a
    line of their own).
    """
    return not any(
        child.type in COMMENTS or child.type.startswith("preproc") for child in descendants(node)
    )


def indentation(source: bytes, offset: int) -> str:
    """The white space at the start of the line of ``offset``."""
    start = source.rfind(b"\n", 0, offset) + 1
    end = start
    while end < len(source) and source[end : end + 1] in (b" ", b"\t"):
        end += 1
    return source[start:end].decode()


@lru_cache(maxsize=4)
def line_break(source: bytes) -> str:
    """How the program ends its lines."""
    return "\r\n" if b"\r\n" in source else "\n"


def out_of_brackets(node: Node) -> Pieces:
    """An expression of Python where no brackets are around it: a line break needs its own."""
    span = span_of(node)
    return (span,) if node.start_point.row == node.end_point.row else ("(", span, ")")


def padded(source: bytes, span: Span, pieces: Pieces) -> Pieces:
    """``pieces`` in the place of ``span``, with spaces where they would join what is around it."""
    texts = [
        piece.encode() if isinstance(piece, str) else source[piece.start : piece.end]
        for piece in pieces
    ]
    first, last = texts[0][:1], texts[-1][-1:]
    before, after = source[max(span.start - 1, 0) : span.start], source[span.end : span.end + 1]
    opening = (" ",) if _may_join(before, first) else ()
    closing = (" ",) if _may_join(last, after) else ()
    return (*opening, *pieces, *closing)


def _may_join(left: bytes, right: bytes) -> bool:
    if not left or not right:
        return False
    if _is_word(left):
        # In C, ``0xE+1`` is one token; a quote may get a prefix.
        return _is_word(right) or right in b".'\"" or (left in b"eEpP" and right in b"+-")
    return (left == right and left in b"+-&|<>/.:") or left + right in (b"/*", b"->", b"<:")


def _is_word(character: bytes) -> bool:
    return character.isalnum() or character in b"_$" or character >= b"\x80"
