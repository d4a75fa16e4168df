"""Data-flow graphs as tests read and write them."""

from __future__ import annotations

from metacompress.lang.language import Language
from metacompress.lang.parsing import parse
from metacompress.models.graphcodebert.dataflow.extraction import extract
from metacompress.models.graphcodebert.dataflow.graph import DataFlowGraph, Nodes, Relation


def graph(text: str, language: str, nodes: Nodes = Nodes.EVERY) -> DataFlowGraph:
    return extract(parse(text, Language(language)), nodes)


def written(found: DataFlowGraph) -> str:
    """Each node as name@token<sources, with <= where the value is computed from them."""
    return " ".join(
        f"{node.name}@{node.token}<{'=' * (node.relation is Relation.COMPUTED_FROM)}"
        f"{','.join(map(str, node.sources))}"
        for node in found.nodes
    )
