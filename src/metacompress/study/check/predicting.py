"""The stage that asks every model about every input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.data.part import Part
from metacompress.study.check.answered import Answered

if TYPE_CHECKING:
    from metacompress.study.runner import StudyContext
    from metacompress.variants.follow_ups import FollowUps


def predicting_stage(study: StudyContext[Any], follow_ups: FollowUps) -> dict[Part, Answered]:
    """Predict sources and follow-ups with every model.

    Args:
        study: whose models, and whose sources.
        follow_ups: variants of these sources.
    """
    sources = study.dataset.examples
    before, after = (
        {name: study.predict(name, inputs, f"{name} on {part.words}") for name in study.models}
        for part, inputs in ((Part.SOURCES, sources), (Part.FOLLOW_UPS, follow_ups))
    )
    identical = {
        name: after[name].read == before[name].read[follow_ups.source_rows] for name in after
    }
    return {
        Part.SOURCES: Answered.of_sources(sources, before),
        Part.FOLLOW_UPS: Answered.of_follow_ups(follow_ups, after, identical),
    }
