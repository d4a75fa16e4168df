"""The relations again after one temperature: what of a difference is cosmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from metacompress.data.part import Part
from metacompress.relations.source_outputs import disagree
from metacompress.runs.record import Figure, Record
from metacompress.stats.scores.temperature import apply_temperature, closest_temperature

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.relations.base import Relation
    from metacompress.relations.outputs import Outputs

_LEAST_SOURCES = 4


class RecalibratedPart(Record):
    """A relation on the held-out sources, before and after."""

    before: Figure = Field(description="value of the student as it is")
    after: Figure = Field(description="value with its temperature")
    low: Figure = Field(description="lower end of the interval of the value after")
    high: Figure = Field(description="upper end of the interval of the value after")


class Recalibration(Record):
    """The student with one temperature that brings it closest to its teacher.

    What vanishes was a matter of confidence alone; predictions do not change. The temperature is
    fitted on one half of the sources, where both predict the same class, and the relations are
    evaluated on the other half.
    """

    temperature: float = Field(
        description="fitted temperature: above 1 where the student is too sure beside its teacher"
    )
    fitted: int = Field(description="sources that the temperature was fitted on")
    held_out: int = Field(description="sources that the relations were evaluated on")
    relations: dict[str, dict[Part, RecalibratedPart]] = Field(
        description="by relation and part; sources or follow_ups"
    )


def recalibrate(
    relations: Sequence[Relation],
    outputs: Mapping[Part, Outputs],
    *,
    seed: int,
    confidence: float,
) -> Recalibration | None:
    """Fit a temperature on half of the sources and evaluate all relations on the others.

    Only where both predict the same class is a difference one of confidence. Programs that depend
    on each other stay on one side, but for pairs, of which only the first program is heeded. The
    halves are ours.

    Args:
        relations: that are evaluated.
        outputs: of teacher and student, by part.
        seed: of the halves.
        confidence: of every interval, in (0, 1).

    Returns:
        None where there are too few sources for two halves, or the two never agree.
    """
    sources = outputs[Part.SOURCES]
    dependence = sources.dependence
    side = np.random.default_rng(seed).permutation(dependence.count) % 2 == 0
    fitted = side[dependence.members[:, 0]]
    if len(fitted) < _LEAST_SOURCES or fitted.all() or not fitted.any():
        return None
    alike = fitted & ~disagree(sources)
    if not alike.any():
        return None
    temperature = closest_temperature(sources.student[alike], sources.teacher[alike])
    before = {part: found.of_origins(~fitted) for part, found in outputs.items()}
    after = {part: _at(temperature, found) for part, found in before.items() if len(found)}
    found: dict[str, dict[Part, RecalibratedPart]] = {}
    for relation in relations:
        for part in after:
            if part is Part.SOURCES and not relation.on_sources:
                continue
            first, second = (
                relation.scores(kept[part]).estimate(confidence) for kept in (before, after)
            )
            found.setdefault(relation.name, {})[part] = RecalibratedPart(
                before=first.value, after=second.value, low=second.low, high=second.high
            )
    return Recalibration(
        temperature=temperature,
        fitted=int(alike.sum()),
        held_out=int((~fitted).sum()),
        relations=found,
    )


def _at(temperature: float, outputs: Outputs) -> Outputs:
    on_sources = outputs.sources or outputs
    return outputs.with_student(
        apply_temperature(outputs.student, temperature),
        apply_temperature(on_sources.student, temperature),
    )
