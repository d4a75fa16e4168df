"""The models of a check as white boxes: they may have been asked on another back end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.errors import MetaCompressError
from metacompress.locating.gradients import GradientSource
from metacompress.models.identity import fingerprint_of
from metacompress.models.loading import load_classifier
from metacompress.models.protocols.white_box import WhiteBox

if TYPE_CHECKING:
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.runner import StudyContext


def white_box(study: StudyContext[CheckConfig], name: str) -> GradientSource | str:
    """A model that tells its gradients; or why it does not, as a sentence without its end.

    Workers and exported models give probabilities alone: what they stand for is loaded once more,
    and must be the same model.

    Args:
        study: whose models.
        name: of the model.
    """
    model = study.models[name]
    if isinstance(model, WhiteBox):
        return GradientSource(model)
    config = study.config
    try:
        again = load_classifier(
            config.models()[name], config.define(config.task), defaults=config.loading()
        )
    except MetaCompressError:
        return f"{name} does not tell its gradients"
    known = {fingerprint_of(model), model.stands_for}
    if not isinstance(again, WhiteBox) or fingerprint_of(again) not in known:
        return f"{name} does not tell its gradients"
    return GradientSource(again)
