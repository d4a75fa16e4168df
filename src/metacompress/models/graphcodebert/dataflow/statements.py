"""What statements and declarations mean for data flow where languages agree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.models.graphcodebert.dataflow.graph import Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.models.graphcodebert.dataflow.flow import Flow, Step
    from metacompress.models.graphcodebert.dataflow.tree import Branch

_ALTERNATIVES = frozenset({"if_statement", "else"})


def declarator(flow: Flow, branch: Branch) -> None:
    """A variable or a parameter, with or without an initial value."""
    name, value = branch.fields.get("name"), branch.fields.get("value")
    if name is None:
        return
    if value is None:
        flow.define(name)
    else:
        flow.then([value, partial(flow.assign_singly, name, value, Relation.COMES_FROM)])


def update(flow: Flow, branch: Branch) -> None:
    """An increment or a decrement: every variable in it is computed from all of them."""
    flow.assign_singly(branch, branch, Relation.COMPUTED_FROM)


def while_loop(flow: Flow, branch: Branch) -> None:
    """A loop that tests its condition first."""
    flow.repeat(branch.children, branch.children)


def alternatives(flow: Flow, branch: Branch) -> list[Sequence[Step]]:
    """What an ``if`` may do: condition and consequence, the word ``else``, what is behind it.

    The word alone is an alternative that does nothing. A consequence that is an ``if`` itself,
    without braces, is one as well.
    """
    kind, parts = flow.tree.kind, branch.children
    end = next((i for i, part in enumerate(parts) if kind(part) in _ALTERNATIVES), len(parts))
    return [parts[:end], *([part] for part in parts[end:])]
