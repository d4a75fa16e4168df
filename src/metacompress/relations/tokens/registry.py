"""Registry of relations that judge tokens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator

from metacompress.registry import Registry
from metacompress.relations.registry import chosen_relations
from metacompress.settings.validation import parsed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.relations.tokens.base import TokenRelation

_HERE = "metacompress.relations.tokens"

TOKEN_RELATIONS: Registry[type[TokenRelation[Any]]] = Registry(
    kind="relation of tokens",
    group="metacompress.token_relations",
    builtins={
        "token-divergence": f"{_HERE}.token_divergence:TokenDivergence",
        "program-divergence": f"{_HERE}.program_divergence:ProgramDivergence",
        "top-token-agreement": f"{_HERE}.top_token_agreement:TopTokenAgreement",
        "token-invariance-inheritance": (
            f"{_HERE}.invariance_inheritance:TokenInvarianceInheritance"
        ),
    },
)

DEFAULT_TOKEN_RELATIONS = (
    "token-divergence",
    "program-divergence",
    "top-token-agreement",
    "token-invariance-inheritance",
)

chosen_token_relations = partial(chosen_relations, registry=TOKEN_RELATIONS)
"""See ``chosen_relations``."""

TokenRelations = Annotated[dict[str, dict[str, Any]], BeforeValidator(chosen_token_relations)]
"""Relations of tokens with their constants, as a setting; names alone are understood."""


def make_token_relation(name: str, constants: Mapping[str, object]) -> TokenRelation[Any]:
    """The relation ``name`` with the given constants.

    Raises:
        UnknownNameError: no such relation.
        UsageError: a constant is unknown or out of range.
    """
    return parsed(TOKEN_RELATIONS.get(name), constants, f"relation {name}", "constants")
