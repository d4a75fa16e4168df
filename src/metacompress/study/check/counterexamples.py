"""The stage that looks into the worst counterexamples of a check, and keeps them as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metacompress.study.check.locating import locate
from metacompress.study.check.locating_summary import LocatingSummary
from metacompress.study.check.shrinking import shrink
from metacompress.study.check.shrinking_summary import ShrinkingSummary
from metacompress.study.check.worst import cases_of, relations_of_inputs, worst_counterexamples
from metacompress.study.counterexamples import COUNTEREXAMPLES, CounterexampleFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.data.part import Part
    from metacompress.relations.base import Relation
    from metacompress.runs.stored_table import StoredTable
    from metacompress.study.check.answered import Answered
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.readings.judging import Reading
    from metacompress.study.runner import StudyContext


class LookedInto(NamedTuple):
    """What the worst counterexamples showed; None where that was not asked for.

    Attributes:
        shrinking: with as little in them as will do.
        location: where they part the models.
    """

    shrinking: ShrinkingSummary | None
    location: LocatingSummary | None


def asks_again(config: CheckConfig) -> bool:
    """Whether the models are asked about counterexamples, once the relations are evaluated."""
    return max(config.shrink, config.locate) > 0


def counterexamples_stage(
    study: StudyContext[CheckConfig],
    relations: Sequence[Relation],
    readings: Mapping[str, Reading],
    parts: Mapping[Part, Answered],
    attempts: StoredTable,
) -> LookedInto:
    """Shrink and locate as many counterexamples as the settings say, and write the file of them.

    The file holds what is left of those that were shrunk, and the others as they were found.

    Args:
        study: whose settings, examples and models.
        relations: that were evaluated.
        readings: each student read against the teacher.
        parts: the models' answers.
        attempts: the table of variants.
    """
    config = study.config
    if not asks_again(config):
        return LookedInto(None, None)
    count, worst = worst_counterexamples(readings, parts, max(config.shrink, config.locate))
    cases = cases_of(study, relations, worst, attempts)
    shrunk = shrink(study, cases[: config.shrink]) if config.shrink else []
    located = locate(study, cases[: config.locate]) if config.locate else []
    file = CounterexampleFile(
        task=study.dataset.task.name,
        labels=list(study.dataset.task.labels),
        counterexamples=[
            *(one.counterexample for one in shrunk),
            *(one.counterexample for one in located[len(shrunk) :]),
        ],
    )
    study.run.write_json(COUNTEREXAMPLES, file.content())
    left_out = [
        relation.name
        for relation in relations
        if relation.name
        not in {name for one in readings.values() for name in relations_of_inputs(one)}
    ]
    return LookedInto(
        ShrinkingSummary(found=count, left_out=left_out, counterexamples=shrunk)
        if config.shrink
        else None,
        LocatingSummary(found=count, left_out=left_out, counterexamples=located)
        if config.locate
        else None,
    )
