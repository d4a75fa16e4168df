"""Data flow of Java, as GraphCodeBERT reads it (Guo et al., ICLR 2021)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.dataflow.c import alternatives, update, while_
from metacompress.lang.dataflow.flow import Flow, Rules, Step
from metacompress.lang.dataflow.graph import Relation
from metacompress.lang.dataflow.tree import Branch, Shape


def _declarator(flow: Flow, branch: Branch) -> None:
    name = branch.fields.get("name")
    value = branch.fields.get("value")
    names = [] if name is None else flow.tree.variables(name)
    if value is None:
        flow.define(names)
        return
    values = flow.tree.variables(value)
    flow.then([value, lambda: flow.assign_singly(names, values, Relation.COMES_FROM)])


def _assignment(flow: Flow, branch: Branch) -> None:
    left = branch.fields.get("left")
    right = branch.fields.get("right")
    if left is None or right is None:
        return
    names, values = flow.tree.variables(left), flow.tree.variables(right)
    flow.then([right, lambda: flow.assign_singly(names, values, Relation.COMPUTED_FROM)])


def _if(flow: Flow, branch: Branch) -> None:
    parts = alternatives(flow, branch)
    flow.fork(parts, may_skip=not any(flow.tree.kind(p) == 'else' for p in branch.children))


def _for(flow: Flow, branch: Branch) -> None:
    kinds = [flow.tree.kind(part) for part in branch.children]
    start = kinds.index("local_variable_declaration") + 1 if "local_variable_declaration" in kinds else len(kinds)
    flow.repeat(branch.children, branch.children[start:])


def _for_each(flow: Flow, branch: Branch) -> None:
    f=branch.fields
    name, value, body = f.get("name"), f.get("value"), f.get("body")
    if name is None or value is None or body is None: return
    names, values = flow.tree.variables(name), flow.tree.variables(value)
    steps: list[Step] = [value, lambda: flow.assign_singly(names, values, Relation.COMPUTED_FROM), body]
    flow.repeat(steps, steps)


RULES = Rules(
    shape=Shape(
        silent=frozenset({"comment", "line_comment", "block_comment"}),
        whole=frozenset({"string_literal", "character_literal"}),
        fielded=frozenset({"variable_declarator", "assignment_expression", "enhanced_for_statement"}),
    ),
    rules={
        "variable_declarator": _declarator,
        "assignment_expression": _assignment,
        "update_expression": update,
        "if_statement": _if,
        "for_statement": _for,
        "enhanced_for_statement": _for_each,
        "while_statement": while_,
    },
    first_use_defines=True,
)
