"""Data flow of Python, as GraphCodeBERT reads it (Guo et al., ICLR 2021).

What is odd about it is kept, for models have learned it:

- Whatever is no fixed word or sign is a variable: literals, functions, attributes, keywords of
  calls. A value comes from all of them. A string is one of them, and nothing inside it is read.
- A name that has no value yet gets one where it is first read.
- The two sides of an assignment are taken apart where they have equally many parts, commas aside.
  So ``a, b = c, d`` sets a from c and b from d, but ``p.x = a + b`` also sets p from a and x
  from b.
- Every variable on the left is set: ``self.x = 1`` sets self and x. ``x += 1`` forgets the old x.
- A declaration without a value, ``x: int``, is not read at all.
- ``for`` and ``while`` run twice. The body of a ``for`` with ``else`` is not read, nor is the rest.
- ``elif`` starts before the condition in front of it. The parts of ``try`` and ``match`` all run,
  in order.
- Names are not resolved: a function's variables stay known in the next one, those of a
  comprehension behind it.

Failures of the published program are not kept: where it raises an error, as for an f-string of
three parts that is given to an attribute, a program has no graph at all; and in a line that is
not all ASCII it cuts the tokens in wrong places.
"""

from __future__ import annotations

from functools import partial

from metacompress.models.graphcodebert.dataflow.flow import Flow, Rules, Step
from metacompress.models.graphcodebert.dataflow.graph import Relation
from metacompress.models.graphcodebert.dataflow.statements import declarator, while_loop
from metacompress.models.graphcodebert.dataflow.tree import Branch, Part, Shape

_CLAUSES = frozenset({"elif_clause", "else_clause"})


def _members(flow: Flow, part: Part) -> list[Part]:
    if isinstance(part, int):
        return []
    return [child for child in part.children if flow.tree.kind(child) != ","]


def _assign(flow: Flow, left: Part, right: Part) -> list[Step]:
    lefts, rights = _members(flow, left), _members(flow, right)
    if len(lefts) != len(rights) or not lefts:
        lefts, rights = [left], [right]
    pairs = zip(lefts, rights, strict=True)
    return [*rights, *(_computed(flow, target, source) for target, source in pairs)]


def _computed(flow: Flow, target: Part, source: Part) -> Step:
    """The step that gives the variables of ``target`` the values of those of ``source``."""
    return partial(flow.assign, target, source, Relation.COMPUTED_FROM)


def _assignment(flow: Flow, branch: Branch) -> None:
    left = branch.fields.get("left")
    right = branch.fields.get("right")
    if left is None or right is None:
        return
    flow.then(_assign(flow, left, right))


def _for_in(flow: Flow, branch: Branch) -> None:
    left = branch.fields.get("left")
    if left is None:
        return
    right = branch.children[-1]
    flow.then([right, _computed(flow, left, right)])


def _if(flow: Flow, branch: Branch) -> None:
    kind = flow.tree.kind
    main = [part for part in branch.children if kind(part) not in _CLAUSES]
    clauses = [[part] for part in branch.children if kind(part) in _CLAUSES]
    has_else = any(kind(part) == "else_clause" for part in branch.children)
    flow.fork([main, *clauses], may_skip=not has_else)


def _for(flow: Flow, branch: Branch) -> None:
    left = branch.fields.get("left")
    right = branch.fields.get("right")
    if left is None or right is None:
        return
    steps = _assign(flow, left, right)
    if flow.tree.kind(branch.children[-1]) == "block":
        steps.append(branch.children[-1])
    flow.repeat(steps, steps)


def _comprehension(flow: Flow, branch: Branch) -> None:
    """The clauses come first, whatever stands in front of them."""
    kind = flow.tree.kind
    clauses = [part for part in branch.children if kind(part) == "for_in_clause"]
    others = [part for part in branch.children if kind(part) != "for_in_clause"]
    flow.then([*clauses, *others])


RULES = Rules(
    shape=Shape(
        silent=frozenset({"comment"}),
        whole=frozenset({"string"}),
        spliced=frozenset({"is not", "not in"}),
        fielded=frozenset(
            {
                "assignment",
                "augmented_assignment",
                "for_in_clause",
                "for_statement",
                "default_parameter",
            }
        ),
    ),
    rules={
        "default_parameter": declarator,
        "assignment": _assignment,
        "augmented_assignment": _assignment,
        "for_in_clause": _for_in,
        "if_statement": _if,
        "for_statement": _for,
        "while_statement": while_loop,
        "list_comprehension": _comprehension,
        "set_comprehension": _comprehension,
        "dictionary_comprehension": _comprehension,
        "generator_expression": _comprehension,
        "ERROR": _comprehension,
    },
    first_use_defines=True,
)
