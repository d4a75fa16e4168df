"""The data-flow graph of a program: which occurrence of a variable gets its value from which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Relation(StrEnum):
    """How a variable gets its value."""

    COMES_FROM = "comesFrom"
    COMPUTED_FROM = "computedFrom"


class Nodes(StrEnum):
    """Which of the records of an extraction become nodes; published code has all three.

    An extraction may record one occurrence several times: once for each variable that an
    initial value is made of, and with both relations.

    - ``merged``: one node an occurrence, with all its sources and the relation of its first
      record; only occurrences that take part in an edge. The metric CodeBLEU does this.
    - ``connected``: one node a record; only occurrences that take part in an edge. So does
      GraphCodeBERT, in its fine-tuning for clone detection and code search.
    - ``every``: one node a record. So does Compressor, with its vulnerability models.
    """

    MERGED = "merged"
    CONNECTED = "connected"
    EVERY = "every"


class Token(NamedTuple):
    """A leaf of the syntax tree.

    Attributes:
        text: its text, without line feeds.
        start: the byte that it starts at.
        end: the byte after its last one.
    """

    text: str
    start: int
    end: int


class Record(NamedTuple):
    """What an extraction found about one occurrence; numbers are those of tokens."""

    token: int
    relation: Relation
    sources: tuple[int, ...]


class Node(NamedTuple):
    """An occurrence of a variable, with where its value comes from.

    Attributes:
        name: the text of the token.
        token: the token's index.
        relation: how the value was got.
        sources: the tokens that the value comes from, in ascending order.
    """

    name: str
    token: int
    relation: Relation
    sources: tuple[int, ...]


@dataclass(frozen=True)
class DataFlowGraph:
    """Tokens and data flow of one program (Guo et al., ICLR 2021, section 3).

    Attributes:
        tokens: the leaves of the syntax tree in order, without comments.
        nodes: ordered by token; those of one token are in the order that they were found in.
    """

    tokens: tuple[Token, ...]
    nodes: tuple[Node, ...]

    @cached_property
    def edges(self) -> tuple[tuple[int, ...], ...]:
        """For each node, the positions in ``nodes`` of the nodes that its value comes from.

        A token that several nodes stand for is represented by the last of them, as published.
        Sources that are no nodes are left out.
        """
        last = {node.token: position for position, node in enumerate(self.nodes)}
        return tuple(
            tuple(last[source] for source in node.sources if source in last) for node in self.nodes
        )


def assemble(tokens: Sequence[Token], records: Iterable[Record], which: Nodes) -> DataFlowGraph:
    """The graph of what an extraction recorded, in the order that it recorded it."""
    # The sort is stable: records of one token keep their order.
    found = sorted(records, key=lambda record: record.token)
    if which is not Nodes.EVERY:
        joined = {record.token for record in found if record.sources}
        joined.update(source for record in found for source in record.sources)
        found = [record for record in found if record.token in joined]
    if which is Nodes.MERGED:
        found = _merge(found)
    nodes = tuple(
        Node(tokens[token].text, token, relation, sources) for token, relation, sources in found
    )
    return DataFlowGraph(tuple(tokens), nodes)


def _merge(records: Iterable[Record]) -> list[Record]:
    merged: dict[int, Record] = {}
    for record in records:
        known = merged.setdefault(record.token, record)
        if known is not record:
            sources = sorted({*known.sources, *record.sources})
            merged[record.token] = known._replace(sources=tuple(sources))
    return list(merged.values())
