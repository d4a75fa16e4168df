"""Data-flow graphs of programs, each extracted once.

Teacher and student read the same variants, and a second student reads them again: graphs are
remembered by the process and kept with the prediction store.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from cachetools import LRUCache

from metacompress.errors import ProgramError
from metacompress.lang.language import require_front_end
from metacompress.lang.parsing import parse
from metacompress.models.graphcodebert.dataflow.extraction import LANGUAGES, extract
from metacompress.models.graphcodebert.dataflow.graph import (
    DataFlowGraph,
    Node,
    Nodes,
    Relation,
    Token,
)
from metacompress.models.graphcodebert.dataflow.preparation import prepare, without_comments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from metacompress.data.example import Program
    from metacompress.models.protocols.graph_store import GraphStore

_KEPT_BYTES = 64 << 20
_FASTEST = 1
_RELATIONS = tuple(Relation)
_NUMBERS = {relation: number for number, relation in enumerate(_RELATIONS)}
_WHAT_GRAPHS_DEPEND_ON = (
    "metacompress",
    "tree-sitter",
    "tree-sitter-c",
    "tree-sitter-cpp",
    "tree-sitter-java",
    "tree-sitter-python",
)


class Reading(StrEnum):
    """What of a program's text a model reads.

    - ``published``: as the published models of its language were trained, with all oddities (see
      ``metacompress.models.graphcodebert.dataflow.preparation``).
    - ``plain``: the text without its comments.
    """

    PUBLISHED = "published"
    PLAIN = "plain"


class GraphCache:
    """Remembers graphs, up to so many bytes.

    Args:
        kept_bytes: of compressed graphs, at most.
    """

    def __init__(self, kept_bytes: int = _KEPT_BYTES) -> None:
        self._known: LRUCache[str, bytes] = LRUCache(maxsize=kept_bytes, getsizeof=len)

    def read(
        self,
        programs: Iterable[Program],
        nodes: Nodes,
        reading: Reading,
        store: GraphStore | None = None,
    ) -> Iterator[tuple[Program, DataFlowGraph]]:
        """The graphs of ``programs``, one at a time: each is some thousand objects.

        Args:
            programs: answered once each.
            nodes: which records become nodes.
            reading: of their texts.
            store: asked for what is not remembered, and given what is new.
        """
        keys = {program: _key(program, nodes, reading) for program in programs}
        unknown = [key for key in keys.values() if key not in self._known]
        stored = store.read_graphs(unknown) if store is not None and unknown else {}
        new: dict[str, bytes] = {}
        for program, key in keys.items():
            blob = self._known.get(key) or stored.get(key)
            if blob is None:
                graph = read_graph(program, nodes, reading)
                blob = new[key] = _pack(graph)
            else:
                graph = _unpack(blob)
            if len(blob) <= self._known.maxsize:
                self._known[key] = blob
            yield program, graph
        if store is not None and new:
            store.write_graphs(new)

    def clear(self) -> None:
        """Forget all graphs; stores keep theirs."""
        self._known.clear()


GRAPHS = GraphCache()
"""Of this process: teacher and student read from one."""


def read_graph(program: Program, nodes: Nodes, reading: Reading) -> DataFlowGraph:
    """Extract the graph of a program.

    A program that is too large to be parsed or followed has its words for tokens and no nodes.

    Raises:
        MissingFrontEndError: data flow of the program's language cannot be extracted.
    """
    require_front_end([program.language], "a model that reads data flow", LANGUAGES)
    prepared = prepare if reading is Reading.PUBLISHED else without_comments
    text = prepared(program.text, program.language)
    try:
        return extract(parse(text, program.language), nodes)
    except ProgramError:
        return DataFlowGraph(tuple(Token(word, 0, 0) for word in text.split()), ())


@cache
def extraction_version() -> str:
    """Names everything but program and settings that a graph depends on."""
    return " ".join(f"{name} {version(name)}" for name in _WHAT_GRAPHS_DEPEND_ON)


def _key(program: Program, nodes: Nodes, reading: Reading) -> str:
    settings = json.dumps([extraction_version(), program.language, nodes, reading])
    digest = hashlib.blake2b(settings.encode(), digest_size=16)
    digest.update(program.text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _pack(graph: DataFlowGraph) -> bytes:
    """Columns of tokens and columns of nodes: twice as fast to read back as rows."""
    tokens = list(zip(*graph.tokens, strict=True))
    nodes = [(node.token, _NUMBERS[node.relation], node.sources) for node in graph.nodes]
    columns = [tokens, list(zip(*nodes, strict=True))]
    return zlib.compress(json.dumps(columns, separators=(",", ":")).encode(), _FASTEST)


def _unpack(blob: bytes) -> DataFlowGraph:
    token_columns, node_columns = json.loads(zlib.decompress(blob))
    tokens = tuple(map(Token, *token_columns)) if token_columns else ()
    if not node_columns:
        return DataFlowGraph(tokens, ())
    owners, relations, sources = node_columns
    nodes = map(
        Node,
        [tokens[owner].text for owner in owners],
        owners,
        [_RELATIONS[relation] for relation in relations],
        map(tuple, sources),
    )
    return DataFlowGraph(tokens, tuple(nodes))
