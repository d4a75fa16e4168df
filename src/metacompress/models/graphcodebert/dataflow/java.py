"""Data flow of Java, as GraphCodeBERT reads it (Guo et al., ICLR 2021).

What is odd about it is kept, for models have learned it:

- Whatever is no fixed word or sign is a variable: literals, types, methods, fields. A value comes
  from all of them.
- A name that has no value yet gets one where it is first read.
- A declaration's value makes one record for each variable in it, and so does an assignment. Of
  ``x = this``, where there is none, x is set but not recorded: later reads come from no node.
- Every variable on the left of an assignment is set: ``a[i] = 1`` sets a and i. ``x += 1`` forgets
  the old x. ``a[i]++`` sets a and i, each computed from both.
- After ``if`` with ``else``, a value from before stays possible, even where both branches set
  another. The branch behind ``else`` starts before the condition, not after it.
- ``while`` runs twice, ``do`` once. ``for`` runs twice, the second time without its declaration,
  and once where it has none; its update runs before its body. The parts of ``switch`` and ``try``
  all run, in order.
- Where the consequence of an ``if`` is itself an ``if``, without braces, they count as
  alternatives.
- Names are not resolved: a method's variables stay known in the next one, and an inner variable
  takes the place of an outer one of the same name for good.

The grammar of the time took a class literal for a field, and a method outside of a class for an
error, in which the types behind ``throws`` are names; both are read like that.

Two failures of the published program are not kept: in a line that is not all ASCII it cuts the
tokens in wrong places, and a program that is nested too deeply has no graph at all.
"""

from __future__ import annotations

from functools import partial

from metacompress.models.graphcodebert.dataflow.flow import Flow, Rules, Step
from metacompress.models.graphcodebert.dataflow.graph import Relation
from metacompress.models.graphcodebert.dataflow.statements import (
    alternatives,
    declarator,
    update,
    while_loop,
)
from metacompress.models.graphcodebert.dataflow.tree import Branch, Shape, Tree

_NAMED_TYPES = frozenset({"type_identifier", "scoped_type_identifier"})


def _assignment(flow: Flow, branch: Branch) -> None:
    left, right = branch.fields.get("left"), branch.fields.get("right")
    if left is not None and right is not None:
        flow.then([right, partial(flow.assign_singly, left, right, Relation.COMPUTED_FROM)])


def _if(flow: Flow, branch: Branch) -> None:
    has_else = any(flow.tree.kind(part) == "else" for part in branch.children)
    flow.fork(alternatives(flow, branch), may_skip=not has_else)


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
    given = partial(flow.assign_singly, name, value, Relation.COMPUTED_FROM)
    steps: list[Step] = [value, given, body]
    flow.repeat(steps, steps)


def _reread_class_literal(tree: Tree, branch: Branch) -> None:
    if branch.children and tree.kind(branch.children[0]) in _NAMED_TYPES:
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
        "while_statement": while_loop,
    },
    first_use_defines=True,
)
