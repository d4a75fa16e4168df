"""Data flow of C, for C++ too, as the published vulnerability models of code know it.

GraphCodeBERT itself reads no C. Its vulnerability models, those that Compressor distils among
them, read C with the extraction of ALERT (Yang et al., ICSE 2022). What is odd about it is kept,
for models have learned it:

- An assignment means nothing: neither side is read or set, nor anything inside of them.
- A variable with an initial value is not defined by its declaration, unless it is a pointer or an
  array; then its value comes from nowhere. Reads in the initial value count.
- Any token whose text is a known name is a read of it: a field, a label, a type.
- A declarator defines every name in it: the size of an array, the types and parameters of a
  pointer to a function.
- ``p->n++`` changes p and n, each of them computed from both.
- After ``if``, a value from before it stays possible, even where both branches set another. The
  branches start before the condition, not after it.
- ``for`` and ``do`` run once. Only ``while`` runs twice.
- Where the consequence of an ``if`` is itself an ``if``, without braces, they count as
  alternatives.
- Names are not resolved: a block's variables stay known after it, a function's in the next one.

The grammar that the models were trained with had no ``else`` clauses and no tokens for the
contents of literals; the tree is read as that grammar would show it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.lang.dataflow.flow import Flow, Rules, Step
from metacompress.lang.dataflow.graph import Relation
from metacompress.lang.dataflow.tree import Branch, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHOICES = ("consequence", "alternative")
_ALTERNATIVES = frozenset({"if_statement", "else"})


def _declaration(flow: Flow, branch: Branch) -> None:
    kind = flow.tree.kind
    flow.then(
        [
            partial(_declare, flow, part)
            if isinstance(part, int) and kind(part) == "identifier"
            else part
            for part in branch.children
        ]
    )


def _declare(flow: Flow, token: int) -> None:
    if flow.is_known(token):
        flow.use(token)
    else:
        flow.define([token])


def _declarator(flow: Flow, branch: Branch) -> None:
    if branch.parent is not None and branch.parent.kind == "function_definition":
        # It says what the function returns.
        inner = branch.fields.get("declarator")
        while (
            branch.kind == "pointer_declarator"
            and isinstance(inner, Branch)
            and inner.kind == "pointer_declarator"
        ):
            branch = inner
            inner = branch.fields.get("declarator")
        flow.then(branch.children)
        return
    name = branch.fields.get("declarator")
    if name is not None:
        flow.define(flow.tree.variables(name))


def _function_declarator(flow: Flow, branch: Branch) -> None:
    flow.then([part for part in branch.children if not isinstance(part, int)])


def _parameter(flow: Flow, branch: Branch) -> None:
    part = branch.fields.get("declarator")
    while isinstance(part, Branch):
        if part.kind == "parenthesized_declarator":
            part = part.children[1] if len(part.children) > 1 else None
        else:
            part = part.fields.get("declarator")
    if part is not None and flow.tree.kind(part) == "identifier":
        flow.define([part])


def _assignment(flow: Flow, branch: Branch) -> None:
    right = branch.fields.get("right")
    while isinstance(right, Branch) and right.kind == "assignment_expression":
        right = right.fields.get("right")
    if isinstance(right, Branch) and right.kind == "conditional_expression":
        flow.then([right.fields[name] for name in _CHOICES if name in right.fields])


def update(flow: Flow, branch: Branch) -> None:
    """An increment or a decrement."""
    variables = flow.tree.variables(branch)
    flow.assign_singly(variables, variables, Relation.COMPUTED_FROM)


def alternatives(flow: Flow, branch: Branch) -> list[Sequence[Step]]:
    """What an ``if`` may do: its condition and consequence, ``else``, and what is behind it."""
    kind = flow.tree.kind
    parts = branch.children
    end = next((i for i, part in enumerate(parts) if kind(part) in _ALTERNATIVES), len(parts))
    return [parts[:end], *([part] for part in parts[end:])]


def _if(flow: Flow, branch: Branch) -> None:
    flow.fork(alternatives(flow, branch), may_skip=True)


def _for(flow: Flow, branch: Branch) -> None:
    flow.repeat(branch.children, [])


def while_(flow: Flow, branch: Branch) -> None:
    """A loop with the condition in front."""
    flow.repeat(branch.children, branch.children)


RULES = Rules(
    shape=Shape(
        silent=frozenset({"comment", "string_content", "character", "raw_string_content"}),
        spliced=frozenset({"else_clause"}),
        fielded=frozenset(
            {
                "parameter_declaration",
                "pointer_declarator",
                "array_declarator",
                "function_declarator",
                "init_declarator",
                "attributed_declarator",
                "assignment_expression",
                "conditional_expression",
            }
        ),
    ),
    rules={
        "declaration": _declaration,
        "pointer_declarator": _declarator,
        "array_declarator": _declarator,
        "function_declarator": _function_declarator,
        "parameter_declaration": _parameter,
        "assignment_expression": _assignment,
        "update_expression": update,
        "if_statement": _if,
        "for_statement": _for,
        "while_statement": while_,
    },
    first_use_defines=False,
)
