"""One tolerance for all relations of a study, as a setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def with_tolerance(
    settings: Any, chosen: Callable[[object], object], default: Sequence[str]
) -> Any:
    """Give the setting ``tolerance`` to every relation: it is a constant of theirs.

    Args:
        settings: as they were given; anything else than a table stays as it is.
        chosen: relations with their constants, see ``chosen_relations``.
        default: names of the relations where the settings have none.
    """
    tolerance = settings.get("tolerance") if isinstance(settings, dict) else None
    if tolerance is None:
        return settings
    relations = chosen(settings.get("relations", default))
    if not isinstance(relations, dict):
        return settings
    told = {name: {**constants, "tolerance": tolerance} for name, constants in relations.items()}
    return {**settings, "relations": told, "tolerance": None}
