"""Extract the data flow of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.language import Language
from metacompress.models.graphcodebert.dataflow import c, java, python
from metacompress.models.graphcodebert.dataflow.flow import Flow
from metacompress.models.graphcodebert.dataflow.graph import DataFlowGraph, Nodes, assemble
from metacompress.models.graphcodebert.dataflow.tree import read_tree

if TYPE_CHECKING:
    from metacompress.lang.parsing import ParsedProgram

_RULES = {
    Language.C: c.RULES,
    Language.CPP: c.RULES,
    Language.JAVA: java.RULES,
    Language.PYTHON: python.RULES,
}
LANGUAGES = frozenset(_RULES)
"""The languages whose data flow can be extracted."""


def extract(program: ParsedProgram, nodes: Nodes = Nodes.MERGED) -> DataFlowGraph:
    """The data-flow graph of a program, which need not parse.

    Args:
        program: its tree; parts with errors are read as far as they go.
        nodes: which records become nodes.

    Raises:
        ProgramError: its values are entangled beyond any use (see ``Flow.run``).
    """
    rules = _RULES[program.language]
    tree = read_tree(program, rules.shape)
    return assemble(tree.tokens, Flow(tree, rules).run(), nodes)
