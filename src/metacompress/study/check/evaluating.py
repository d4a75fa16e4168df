"""The stage that evaluates the relations of every student, and all that is said beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.data.part import Part
from metacompress.study.check.answered import ids_of, kinds_of, outputs_of
from metacompress.study.check.readings import judging, slicing
from metacompress.study.check.readings.properties import (
    PROPERTIES,
    PROPERTIES_SCHEMA,
    constructs_of,
    property_tables,
    source_slices,
)
from metacompress.study.check.summarising import summarise_student
from metacompress.study.players import FLOOR, TEACHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from metacompress.relations.base import Relation
    from metacompress.relations.outputs import Outputs
    from metacompress.study.check.answered import Answered
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.readings.judging import Reading
    from metacompress.study.check.readings.properties import Constructs
    from metacompress.study.check.readings.slicing import Slices
    from metacompress.study.check.representing import SampledStates
    from metacompress.study.check.sequential.decisions import Sequenced
    from metacompress.study.check.summary import StudentSummary
    from metacompress.study.runner import StudyContext
    from metacompress.study.warnings import StudyWarning


def evaluating_stage(
    study: StudyContext[CheckConfig],
    relations: Sequence[Relation],
    parts: Mapping[Part, Answered],
    states: SampledStates,
    sequenced: Sequenced | None,
    warnings: Sequence[StudyWarning],
) -> tuple[dict[str, StudentSummary], dict[str, Reading]]:
    """Read every student against the teacher; write the tables of judgements, curves and slices.

    Args:
        study: whose settings, and whose examples.
        relations: that are evaluated.
        parts: the models' answers.
        states: hidden states that were asked for.
        sequenced: what a sequential check decided already.
        warnings: of the whole study.

    Returns:
        summaries and readings of the students, by name.
    """
    config, dataset = study.config, study.dataset
    confidence = config.confidence if sequenced is None else sequenced.confidence

    def read(name: str) -> Reading:
        outputs = states.add_to(outputs_of(parts, name, config.mix), name)
        return judging.judging_stage(relations, name, outputs, confidence=confidence)

    constructs = constructs_of(dataset.examples, study.progress) if config.slices else {}
    summaries: dict[str, StudentSummary] = {}
    readings: dict[str, Reading] = {}
    curves, slices = [], []

    def evaluate(floor: Reading | None, advance: Callable[[int], None]) -> Iterator[pa.Table]:
        """Evaluate student after student; yields the table of their judgements in pieces."""
        for name in config.student:
            found = read(name) if sequenced is None else sequenced.decided(read(name))
            readings[name] = found
            standing_out = None
            if config.slices:
                standing_out, table = _sliced(study, parts, found, constructs)
                slices.append(table)
            summaries[name] = summarise_student(
                config,
                dataset.task.labels,
                relations,
                found,
                floor,
                standing_out,
                warnings,
                verdict=None if sequenced is None else sequenced.verdict(name),
            )
            curves.append(judging.curves_table(found))
            yield from judging.violation_tables(found, ids_of(parts, name))
            advance(1)

    with study.progress.stage("evaluating relations", len(config.student)) as advance:
        floor = None if config.floor is None else read(FLOOR)
        study.run.write_groups(
            judging.VIOLATIONS, judging.VIOLATIONS_SCHEMA, evaluate(floor, advance)
        )
    study.run.write_table(judging.CURVES, pa.concat_tables(curves))
    if slices:
        study.run.write_table(slicing.SLICES, pa.concat_tables(slices))
        first = next(iter(readings.values())).outputs[Part.SOURCES]
        study.run.write_groups(
            PROPERTIES, PROPERTIES_SCHEMA, _properties(study, parts, first, constructs)
        )
    return summaries, readings


def _properties(
    study: StudyContext[CheckConfig],
    parts: Mapping[Part, Answered],
    on_sources: Outputs,
    constructs: Constructs,
) -> Iterator[pa.Table]:
    """Which source is in which slice; cut off is one whose end any of the models does not read."""
    dataset, answers = study.dataset, parts[Part.SOURCES].answers
    cut = np.logical_or.reduce([found.truncated for found in answers.values()])
    slices = source_slices(dataset.examples, dataset.task.labels, on_sources, cut, constructs)
    return property_tables(dataset.examples, slices)


def _sliced(
    study: StudyContext[CheckConfig],
    parts: Mapping[Part, Answered],
    student: judging.Reading,
    constructs: Constructs,
) -> tuple[Slices, pa.Table]:
    """Find the slices of one student."""
    config, dataset = study.config, study.dataset
    answers = parts[Part.SOURCES].answers
    cut = answers[TEACHER].truncated | answers[student.name].truncated
    on_sources = student.outputs[Part.SOURCES]
    return slicing.slice_student(
        student,
        source_slices(dataset.examples, dataset.task.labels, on_sources, cut, constructs),
        kinds_of(parts, student.name),
        confidence=config.confidence,
        false_discovery_rate=config.false_discovery_rate,
        seed=config.seed,
    )
