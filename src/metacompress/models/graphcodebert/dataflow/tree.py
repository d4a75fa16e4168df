"""A syntax tree cut down to what data flow needs: branches, and leaf tokens in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from metacompress.lang.parsing import grammar
from metacompress.models.graphcodebert.dataflow.graph import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from metacompress.lang.language import Language
    from metacompress.lang.parsing import ParsedProgram

# The number of a token, or an inner node.
Part: TypeAlias = "int | Branch"


@dataclass(frozen=True)
class Shape:
    """What matters of a grammar; each set holds types of nodes.

    Attributes:
        silent: they are no tokens, nor is anything below them.
        whole: they are one token, whatever is below them.
        spliced: their children stand in their place.
        fielded: their fields are kept.
        reread: what to change about the tokens of a branch once it is complete, by its type.
    """

    silent: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    spliced: frozenset[str] = frozenset()
    fielded: frozenset[str] = frozenset()
    reread: Mapping[str, Callable[[Tree, Branch], None]] = field(default_factory=dict)


class Branch:
    """An inner node.

    Attributes:
        kind: its type in the grammar.
        parent: the branch that it is a child of; None for the root.
        children: its parts, in order.
        fields: the first part of each field, where the shape wants them.
        first: its first token.
        last: the token after its last one.
    """

    __slots__ = ("children", "fields", "first", "kind", "last", "parent")

    def __init__(self, kind: str, parent: Branch | None, first: int) -> None:
        self.kind = kind
        self.parent = parent
        self.children: list[Part] = []
        self.fields: dict[str, Part] = {}
        self.first = first
        self.last = first


@dataclass(frozen=True)
class Tree:
    """The branches and tokens of a program.

    Attributes:
        root: the whole program.
        tokens: the leaves that have a text, in order.
        kinds: the type of each of them in the grammar.
        is_variable: whether a token is more than a fixed word or sign of the language. Names
            are, but literals and built-in types are too.
    """

    root: Branch
    tokens: list[Token]
    kinds: list[str]
    is_variable: list[bool]

    def kind(self, part: Part) -> str:
        """The type of a token or a branch."""
        return self.kinds[part] if isinstance(part, int) else part.kind

    def variables(self, part: Part) -> list[int]:
        """The tokens in ``part`` that are variables, in order."""
        is_variable = self.is_variable
        tokens = (part,) if isinstance(part, int) else range(part.first, part.last)
        return [token for token in tokens if is_variable[token]]


@cache
def _kinds(language: Language) -> tuple[str, ...]:
    known = grammar(language)
    return tuple(known.node_kind_for_id(number) or "" for number in range(known.node_kind_count))


def read_tree(program: ParsedProgram, shape: Shape) -> Tree:
    """Walk a syntax tree once, without recursion; error nodes are branches like others."""
    names = _kinds(program.language)
    source = program.source
    silent, whole, spliced, fielded = shape.silent, shape.whole, shape.spliced, shape.fielded
    reread = shape.reread
    tokens: list[Token] = []
    kinds: list[str] = []
    is_variable: list[bool] = []
    root = branch = Branch(program.root.type, None, 0)
    tree = Tree(root, tokens, kinds, is_variable)
    # For each node that the cursor is inside of, the branch to go back to.
    outer: list[Branch] = []
    cursor = program.tree.walk()
    if not cursor.goto_first_child():
        return tree
    while (node := cursor.node) is not None:
        number = node.kind_id
        # Error nodes have a number of their own, far above the grammar's.
        kind = names[number] if number < len(names) else "ERROR"
        if kind not in silent:
            field = cursor.field_name if branch.kind in fielded else None
            if kind not in whole and cursor.goto_first_child():
                outer.append(branch)
                if kind not in spliced:
                    inner = Branch(kind, branch, len(tokens))
                    branch.children.append(inner)
                    if field is not None:
                        branch.fields.setdefault(field, inner)
                    branch = inner
                continue
            start, end = node.start_byte, node.end_byte
            if start < end:
                text = source[start:end].decode(errors="replace")
                branch.children.append(len(tokens))
                if field is not None:
                    branch.fields.setdefault(field, len(tokens))
                is_variable.append(kind != text)
                kinds.append(kind)
                tokens.append(Token(text.replace("\n", ""), start, end))
        while not cursor.goto_next_sibling():
            branch.last = len(tokens)
            if branch.kind in reread:
                reread[branch.kind](tree, branch)
            if not cursor.goto_parent() or not outer:
                return tree
            branch = outer.pop()
    return tree
