"""From a specification to a language model that tells the distribution of the next token."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from metacompress.errors import UsageError
from metacompress.models.location import require_location
from metacompress.models.spec import CAUSAL, DEFAULT_KIND, ModelSpec
from metacompress.threads import add_in_one_order, wait_passively

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.models.next_token.language_model import NextTokenModel

_KINDS = [CAUSAL, DEFAULT_KIND]


def language_model_spec(
    model: str | os.PathLike[str], defaults: Mapping[str, object] | None = None
) -> ModelSpec:
    """The specification of a language model: a path, a hub id, or ``causal:LOCATION?option=value``.

    Args:
        model: as a user gives it.
        defaults: options where the specification names none.

    Raises:
        UsageError: another kind of model.
        ModelError: there is nothing at its path.
    """
    spec = ModelSpec.of(model, _KINDS)
    if spec.kind not in _KINDS:
        raise UsageError(
            f"model {os.fspath(model)!r}: next tokens are told by language models; write a path, "
            f"a hub id or {CAUSAL}:LOCATION",
            option="model",
        )
    spec = replace(spec, kind=CAUSAL, defaults=defaults or {})
    require_location(spec)
    return spec


def load_language_model(spec: ModelSpec) -> NextTokenModel:
    """Load the model that a specification names; see ``LanguageModel`` for errors."""
    from metacompress.extras import needing

    wait_passively()
    add_in_one_order()
    with needing("a language model"):
        from metacompress.models.next_token.language_model import LanguageModel
    return LanguageModel(spec)
