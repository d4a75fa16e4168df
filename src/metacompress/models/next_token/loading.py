"""From a specification to a language model that tells the distribution of the next token."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from metacompress.models.naming.location import existing_path, require_location
from metacompress.models.naming.spec import CAUSAL, DEFAULT_KIND, KEPT, ModelOptions, ModelSpec
from metacompress.threads import add_in_one_order

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from metacompress.models.next_token.protocols import NextTokenModel

_KINDS = [CAUSAL, KEPT, DEFAULT_KIND]


class KeptOptions(ModelOptions):
    """Options of ``states:``."""

    device: str = "auto"


def language_model_spec(
    model: str | os.PathLike[str], defaults: Mapping[str, object] | None = None
) -> ModelSpec:
    """The specification of a language model: a path, a hub id, ``causal:LOCATION?option=value``, or
    ``states:DIRECTORY``.

    Args:
        model: as a user gives it.
        defaults: options where the specification names none.

    Raises:
        UsageError: another kind of model.
        ModelError: there is nothing at its path.
    """
    spec = ModelSpec.of(model, _KINDS)
    if spec.kind == KEPT:
        existing_path(spec.location)
    else:
        spec = replace(spec, kind=CAUSAL)
        require_location(spec)
    return replace(spec, defaults=defaults or {})


def load_language_model(spec: ModelSpec) -> NextTokenModel:
    """Load the model that a specification names; see ``LanguageModel`` for errors."""
    from metacompress.extras import needing

    add_in_one_order()
    with needing("a language model"):
        from metacompress.models.next_token.kept_states import KeptModel
        from metacompress.models.next_token.language_model import LanguageModel
    if spec.kind == KEPT:
        return KeptModel(spec.location, spec.options_as(KeptOptions).device)
    return LanguageModel(spec)
