"""Extract the data flow of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.dataflow import c, java
from metacompress.lang.dataflow.flow import Flow
from metacompress.lang.dataflow.graph import DataFlowGraph, Nodes, assemble
from metacompress.lang.dataflow.tree import read_tree
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from metacompress.lang.parsing import ParsedProgram

RULES={Language.C: c.RULES, Language.JAVA: java.RULES}
def extract(program: ParsedProgram, nodes: Nodes = Nodes.MERGED) -> DataFlowGraph:
    rules = RULES[program.language]
    tree = read_tree(program, rules.shape)
    return assemble(tree.tokens, Flow(tree, rules).run(), nodes)
