"""Files and directories that a model is read from."""

from __future__ import annotations

import os

from metacompress.errors import UsageError
from metacompress.models.loading import parse_specification


def places_of(model: object) -> list[str]:
    """What may be a path in a specification: the location, and the values of the options.

    Args:
        model: see ``load_classifier``; a model that is no specification has no place.
    """
    if not isinstance(model, (str, os.PathLike)):
        return []
    text = os.fsdecode(model)
    try:
        spec = parse_specification(model)
    except UsageError:  # reported where the model is loaded
        return [text]
    return [text, spec.location, *spec.options.values()]
