"""From programs to what a model of code and data flow reads of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.models.graphcodebert.cache import GRAPHS
from metacompress.models.graphcodebert.encoding import encode_graph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tokenizers import Tokenizer

    from metacompress.data.example import Program
    from metacompress.models.graphcodebert.cache import Reading
    from metacompress.models.graphcodebert.dataflow.graph import Nodes
    from metacompress.models.graphcodebert.encoding import GraphInput, InputLengths
    from metacompress.models.protocols.graph_store import GraphStore


class GraphReader:
    """Parses programs, follows their values, and makes pieces of their tokens.

    Every token of the syntax tree is tokenised by itself, as a word that is not the first one
    where the tokenizer tells such words apart.

    Args:
        tokenizer: of the model; its special tokens have the numbers of RoBERTa's, and it neither
            pads nor cuts.
        nodes: which records of the extraction become nodes.
        reading: of the text.
        lengths: of what is read.
    """

    def __init__(
        self, tokenizer: Tokenizer, nodes: Nodes, reading: Reading, lengths: InputLengths
    ) -> None:
        self._tokenizer = tokenizer
        self._nodes = nodes
        self._reading = reading
        self._lengths = lengths
        alone, behind = (self._pieces([text])[0] for text in ("a", " a"))
        self._space = " " if alone != behind else ""

    def read(
        self, programs: Iterable[Program], store: GraphStore | None = None
    ) -> dict[Program, GraphInput]:
        """What is read of each of ``programs``.

        Args:
            programs: answered once each.
            store: of graphs that are known, and of new ones.
        """
        return {
            program: encode_graph(graph, self._pieces_of(graph.tokens), self._lengths)
            for program, graph in GRAPHS.read(programs, self._nodes, self._reading, store)
        }

    def _pieces_of(self, tokens: Iterable[tuple[str, int, int]]) -> list[list[int]]:
        texts = [text for text, _, _ in tokens]
        return self._pieces([*texts[:1], *(self._space + text for text in texts[1:])])

    def _pieces(self, texts: list[str]) -> list[list[int]]:
        encodings = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return [encoding.ids for encoding in encodings]
