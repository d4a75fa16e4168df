"""Data flow of C, for C++ too, as the published vulnerability models of code know it.

GraphCodeBERT itself reads no C. Its vulnerability models, those that Compressor distils among
them, read C with the extraction of ALERT (Yang et al., ICSE 2022). What is odd about it is kept,
for models have learned it:

- An assignment, also one with an operator, means nothing: neither side is read or set, nor
  anything inside of it. Of ``a = b ? c : d``, c and d are read: the grammar of the time took it
  for ``(a = b) ? c : d``.
- A variable with an initial value is not defined by its declaration, unless it is a pointer or an
  array; then its value comes from nowhere. Reads in the initial value count.
- A name that is not defined is not read either: globals, and what only assignments set.
- Any token whose text is a defined name is a read of it: a field, a label, a type.
- A declarator of a pointer or an array defines every name in it: the size of the array, the types
  of the parameters where the pointer is what a function returns. A parameter defines one name, and
  none where it is a reference of C++.
- ``p->n++`` sets p and n, each computed from both.
- After ``if``, a value from before it stays possible, even where both branches set another. The
  branch behind ``else`` starts before the condition, not after it.
- ``for`` and ``do`` run once; ``while`` runs twice. The update of a ``for`` runs before its body.
  The cases of a ``switch`` all run, in order.
- Where the consequence of an ``if`` is itself an ``if``, without braces, they count as
  alternatives.
- Names are not resolved: a block's variables stay known after it, a function's in the next one,
  and an inner variable takes the place of an outer one of the same name for good.

The grammar of the time had no ``else`` clauses and no tokens for the contents of literals; the
tree is read as that grammar would show it. It is not followed where a program does not parse:
error recovery is another, and in about one such function in five the graph differs.
"""

from __future__ import annotations

from functools import partial

from metacompress.models.graphcodebert.dataflow.flow import Flow, Rules
from metacompress.models.graphcodebert.dataflow.statements import alternatives, update, while_loop
from metacompress.models.graphcodebert.dataflow.tree import Branch, Shape

_CHOICES = ("consequence", "alternative")


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
        flow.define(token)


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
        flow.define(name)


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
        flow.define(part)


def _assignment(flow: Flow, branch: Branch) -> None:
    """Nothing, but for what the old grammar took for the result of a choice by it."""
    right = branch.fields.get("right")
    while isinstance(right, Branch) and right.kind == "assignment_expression":
        right = right.fields.get("right")
    if isinstance(right, Branch) and right.kind == "conditional_expression":
        flow.then([right.fields[name] for name in _CHOICES if name in right.fields])


def _if(flow: Flow, branch: Branch) -> None:
    flow.fork(alternatives(flow, branch), may_skip=True)


def _for(flow: Flow, branch: Branch) -> None:
    flow.repeat(branch.children, [])


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
        "while_statement": while_loop,
    },
    first_use_defines=False,
)
