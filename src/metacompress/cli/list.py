"""``metacompress list``: what there is to choose from."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from metacompress.cli.flags import Json
from metacompress.cli.options import print_json
from metacompress.terminal import echo

if TYPE_CHECKING:
    from metacompress.registry import Registry


class Kind(StrEnum):
    """What can be listed."""

    MODELS = "models"
    TRANSFORMS = "transforms"
    ATTACKS = "attacks"
    SUBSTITUTES = "substitutes"
    RELATIONS = "relations"
    TOKEN_RELATIONS = "token-relations"
    COMPLETION_RELATIONS = "completion-relations"
    TECHNIQUES = "techniques"
    TASKS = "tasks"


def list_names(
    kind: Annotated[Kind, Parameter(help="What to list")], /, *, json: Json = False
) -> None:
    """List kinds of model, transformations, attacks, relations ..., plug-ins included."""
    from metacompress.api.listing import ListSummary
    from metacompress.errors import MetaCompressError

    registry = _registry(kind)
    entries = {}
    for name in registry.names():
        try:
            thing = registry.get(name)
            entries[name] = getattr(thing, "summary", None) or registry.describe(name)
        except MetaCompressError as error:
            entries[name] = f"not available: {error}"
    if json:
        print_json(ListSummary(kind=kind, entries=entries).content())
        return
    width = max(map(len, entries))
    for name, text in entries.items():
        echo(f"{name:<{width}}  {text}")


def _registry(kind: Kind) -> Registry[Any]:
    match kind:
        case Kind.MODELS:
            from metacompress.models.loading import MODELS

            return MODELS
        case Kind.TRANSFORMS:
            from metacompress.transforms import TRANSFORMS

            return TRANSFORMS
        case Kind.ATTACKS:
            from metacompress.attacks import ATTACKS

            return ATTACKS
        case Kind.SUBSTITUTES:
            from metacompress.attacks.substitutes import SUBSTITUTES

            return SUBSTITUTES
        case Kind.RELATIONS:
            from metacompress.relations import RELATIONS

            return RELATIONS
        case Kind.TOKEN_RELATIONS:
            from metacompress.relations.tokens.registry import TOKEN_RELATIONS

            return TOKEN_RELATIONS
        case Kind.COMPLETION_RELATIONS:
            from metacompress.relations.completions.registry import COMPLETION_RELATIONS

            return COMPLETION_RELATIONS
        case Kind.TECHNIQUES:
            from metacompress.compression.techniques.registry import TECHNIQUES

            return TECHNIQUES
        case Kind.TASKS:
            from metacompress.data.task import TASKS

            return TASKS
