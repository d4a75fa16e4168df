"""What GraphCodeBERT reads of a program: pieces of its tokens, and nodes of its data flow.

Guo et al., ICLR 2021, sections 3 and 4. Pieces see pieces. A node and the pieces of its token see
each other, and a node sees the nodes that its value comes from. The first and the last special
token see everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metacompress.models.graphcodebert.dataflow.graph import DataFlowGraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
# Position ids of RoBERTa: nodes have none, pieces count from behind the padding id.
_NODE_POSITION = 0
_FIRST_POSITION = PAD + 1


@dataclass(frozen=True, slots=True)
class InputLengths:
    """How many ids of what a model reads.

    Attributes:
        input: ids at most, special ones and nodes among them.
        flow: ids that are kept for nodes where a program has so many.
        code: ids of pieces and special ones at most; the model has positions for no more.
        special: ids that pieces leave free for special ones. Two are needed; published programs
            for pairs leave three.
    """

    input: int
    flow: int
    code: int
    special: int = 2

    @staticmethod
    def special_of(programs: int) -> int:
        """What ``special`` is for published programs of ``programs`` an example."""
        return 2 if programs == 1 else 3


class GraphInput(NamedTuple):
    """One program as GraphCodeBERT reads it.

    Attributes:
        ids: token ids: ``<s>``, pieces, ``</s>``, and one ``<unk>`` for each node.
        code: how many of them stand before the nodes.
        spans: for each node, its token's pieces, half-open; empty where they were cut off.
        sources: for each node, the nodes that its value comes from.
        truncated: whether pieces were cut off.
    """

    ids: list[int]
    code: int
    spans: list[tuple[int, int]]
    sources: list[tuple[int, ...]]
    truncated: bool

    def positions(self) -> list[int]:
        """Position ids, as many as there are ids."""
        pieces = range(_FIRST_POSITION, _FIRST_POSITION + self.code)
        return [*pieces, *[_NODE_POSITION] * len(self.spans)]

    def attention(self, length: int) -> NDArray[np.bool_]:
        """What each position may attend to, (length, length)."""
        seen = np.zeros((length, length), dtype=bool)
        seen[: self.code, : self.code] = True
        for row in (0, self.code - 1):
            seen[row, : len(self.ids)] = True
        for node, (start, end) in enumerate(self.spans, self.code):
            seen[node, start:end] = True
            seen[start:end, node] = True
        for node, sources in enumerate(self.sources, self.code):
            seen[node, [self.code + source for source in sources]] = True
        return seen

    def key(self) -> tuple[list[int], ...]:
        """Everything that the model reads, as lists of numbers."""
        flat = [number for span in self.spans for number in span]
        edges = [n for node, sources in enumerate(self.sources) for n in (node, *sources, -1)]
        return self.ids, [self.code], flat, edges


def encode_graph(
    graph: DataFlowGraph, pieces: Sequence[Sequence[int]], lengths: InputLengths
) -> GraphInput:
    """Frame a program's pieces and nodes.

    Nodes take the place of pieces up to ``lengths.flow``; where the pieces leave room, more nodes
    follow.

    Args:
        graph: tokens and data flow of the program.
        pieces: token ids of each of its tokens.
        lengths: of what is read.
    """
    kept_for_nodes = min(len(graph.nodes), lengths.flow)
    room = max(0, min(lengths.input - kept_for_nodes, lengths.code) - lengths.special)
    sizes = np.array([len(ids) for ids in pieces], dtype=np.int64)
    ends = np.cumsum(sizes) + 1  # behind <s>
    flat = [piece for ids in pieces for piece in ids]
    ids = [BEGIN, *flat[:room], END]
    code = len(ids)
    kept = DataFlowGraph(graph.tokens, graph.nodes[: lengths.input - code])
    spans = []
    for node in kept.nodes:
        end = int(ends[node.token])
        start = end - int(sizes[node.token])
        spans.append((start, end) if end < code else (0, 0))
    ids += [UNKNOWN] * len(kept.nodes)
    return GraphInput(ids, code, spans, list(kept.edges), len(flat) > room)
