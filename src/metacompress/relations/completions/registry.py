"""Registry of relations that judge completions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator

from metacompress.registry import Registry
from metacompress.relations.registry import chosen_relations
from metacompress.settings.validation import parsed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.relations.completions.base import CompletionRelation

_HERE = "metacompress.relations.completions"

COMPLETION_RELATIONS: Registry[type[CompletionRelation]] = Registry(
    kind="relation of completions",
    group="metacompress.completion_relations",
    builtins={
        "completion-agreement": f"{_HERE}.completion_agreement:CompletionAgreement",
        "completion-invariance-inheritance": (
            f"{_HERE}.invariance_inheritance:CompletionInvarianceInheritance"
        ),
    },
)

DEFAULT_COMPLETION_RELATIONS = ("completion-agreement", "completion-invariance-inheritance")

chosen_completion_relations = partial(chosen_relations, registry=COMPLETION_RELATIONS)
"""See ``chosen_relations``."""

CompletionRelations = Annotated[
    dict[str, dict[str, Any]], BeforeValidator(chosen_completion_relations)
]
"""Relations of completions with their constants, as a setting; names alone are understood."""


def make_completion_relation(name: str, constants: Mapping[str, object]) -> CompletionRelation:
    """The relation ``name`` with the given constants.

    Raises:
        UnknownNameError: no such relation.
        UsageError: a constant is unknown or out of range.
    """
    return parsed(COMPLETION_RELATIONS.get(name), constants, f"relation {name}", "constants")
