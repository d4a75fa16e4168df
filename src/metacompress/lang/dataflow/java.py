"""Data flow of Java, as GraphCodeBERT reads it (Guo et al., ICLR 2021).

What is odd about it is kept, for models have learned it:

- A name that has no value yet gets one where it is first read.
- A declaration's value makes one record for each of its variables, and so does an assignment.
- ``i++`` sets i, computed from i; all variables of ``a[i]++`` are set.
- ``for`` runs twice, the second time without its declaration; ``do`` runs once.
- Names are not resolved: a method's variables stay known in the next one.

The grammar that the models were trained with knew fewer types; class literals and ``throws``
outside of a class are read as it would show them.
"""

from __future__ import annotations

from functools import partial

from metacompress.lang.dataflow.c import alternatives, update, while_
from metacompress.lang.dataflow.flow import Flow, Rules, Step
from metacompress.lang.dataflow.graph import Relation
from metacompress.lang.dataflow.tree import Branch, Shape, Tree


def declarator(flow: Flow, branch: Branch) -> None:
    """A variable or a parameter with or without an initial value."""
    name = branch.fields.get("name")
    value = branch.fields.get("value")
    names = [] if name is None else flow.tree.variables(name)
    if value is None:
        flow.define(names)
        return
    values = flow.tree.variables(value)
    flow.then([value, partial(flow.assign_singly, names, values, Relation.COMES_FROM)])


def _assignment(flow: Flow, branch: Branch) -> None:
    left = branch.fields.get("left")
    right = branch.fields.get("right")
    if left is None or right is None:
        return
    names, values = flow.tree.variables(left), flow.tree.variables(right)
    flow.then([right, partial(flow.assign_singly, names, values, Relation.COMPUTED_FROM)])


def _if(flow: Flow, branch: Branch) -> None:
    parts = alternatives(flow, branch)
    flow.fork(parts, may_skip=not any(flow.tree.kind(p) == "else" for p in branch.children))


def _for(flow: Flow, branch: Branch) -> None:
    kinds = [flow.tree.kind(part) for part in branch.children]
    declared = "local_variable_declaration"
    start = kinds.index(declared) + 1 if declared in kinds else len(kinds)
    flow.repeat(branch.children, branch.children[start:])


def _for_each(flow: Flow, branch: Branch) -> None:
    fields = branch.fields
    name, value, body = fields.get("name"), fields.get("value"), fields.get("body")
    if name is None or value is None or body is None:
        return
    names, values = flow.tree.variables(name), flow.tree.variables(value)
    steps: list[Step] = [
        value,
        partial(flow.assign_singly, names, values, Relation.COMPUTED_FROM),
        body,
    ]
    flow.repeat(steps, steps)


def _reread_class_literal(tree: Tree, branch: Branch) -> None:
    if tree.kind(branch.children[0]) in ("type_identifier", "scoped_type_identifier"):
        for token in range(branch.first, branch.last):
            if tree.tokens[token].text != ".":
                tree.kinds[token] = "identifier"
                tree.is_variable[token] = True


def _reread_throws(tree: Tree, branch: Branch) -> None:
    method = branch.parent
    if method is not None and method.parent is not None and method.parent.kind == "program":
        for token in range(branch.first, branch.last):
            if tree.kinds[token] == "type_identifier":
                tree.kinds[token] = "identifier"


RULES = Rules(
    shape=Shape(
        silent=frozenset({"comment", "line_comment", "block_comment"}),
        whole=frozenset({"string_literal", "character_literal"}),
        reread={"class_literal": _reread_class_literal, "throws": _reread_throws},
        fielded=frozenset(
            {"variable_declarator", "assignment_expression", "enhanced_for_statement"}
        ),
    ),
    rules={
        "variable_declarator": declarator,
        "assignment_expression": _assignment,
        "update_expression": update,
        "if_statement": _if,
        "for_statement": _for,
        "enhanced_for_statement": _for_each,
        "while_statement": while_,
    },
    first_use_defines=True,
)
