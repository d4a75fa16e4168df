"""Students read against their teacher on some sources and their variants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.data.part import Part
from metacompress.study.check.answered import Answered, outputs_of
from metacompress.study.check.readings.judging import judging_stage
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.example import Example
    from metacompress.relations.base import Relation
    from metacompress.repairing.settings import RepairSettings
    from metacompress.study.check.readings.judging import Reading
    from metacompress.study.runner import StudyContext
    from metacompress.variants.follow_ups import FollowUps


def read_models(
    study: StudyContext[RepairSettings],
    relations: Sequence[Relation],
    sources: Sequence[Example],
    follow_ups: FollowUps,
    students: Sequence[str],
    title: str,
) -> list[Reading]:
    """Ask the teacher and some students, and evaluate relations.

    Args:
        study: has the models by name.
        relations: that are evaluated.
        sources: n examples.
        follow_ups: their variants.
        students: names of models of the study.
        title: of the inputs, for progress.

    Returns:
        one reading per student.
    """
    names = (TEACHER, *students)
    before, after = (
        {name: study.predict(name, inputs, f"{name}, {title}") for name in names}
        for inputs in (sources, follow_ups)
    )
    identical = {
        name: after[name].read == before[name].read[follow_ups.source_rows] for name in names
    }
    parts = {
        Part.SOURCES: Answered.of_sources(sources, before),
        Part.FOLLOW_UPS: Answered.of_follow_ups(follow_ups, after, identical),
    }
    confidence = study.config.confidence
    return [
        judging_stage(relations, name, outputs_of(parts, name), confidence=confidence)
        for name in students
    ]
