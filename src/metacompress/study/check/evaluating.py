"""The stage that evaluates the relations of every student, and all that is said beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.data.part import Part
from metacompress.study.check import predicting
from metacompress.study.check.readings import judging, slicing
from metacompress.study.check.readings.properties import (
    PROPERTIES,
    constructs_of,
    properties_table,
    source_slices,
)
from metacompress.study.check.summarising import summarise_student
from metacompress.study.players import FLOOR, TEACHER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.relations.base import Relation
    from metacompress.relations.outputs import Outputs
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.readings.judging import Reading
    from metacompress.study.check.readings.properties import Constructs
    from metacompress.study.check.readings.slicing import Slices
    from metacompress.study.check.sequential.decisions import Sequenced
    from metacompress.study.check.summary import StudentSummary
    from metacompress.study.runner import StudyContext
    from metacompress.study.warnings import StudyWarning


def evaluating_stage(
    study: StudyContext[CheckConfig],
    relations: Sequence[Relation],
    parts: Mapping[Part, predicting.Answered],
    kinds: Sequence[str],
    sequenced: Sequenced | None,
    warnings: Sequence[StudyWarning],
) -> tuple[dict[str, StudentSummary], dict[str, Reading]]:
    """Read every student against the teacher; write the tables of judgements, curves and slices.

    Args:
        study: whose settings, and whose examples.
        relations: that are evaluated.
        parts: the models' answers.
        kinds: the transformation of each follow-up.
        sequenced: what a sequential check decided already.
        warnings: of the whole study.

    Returns:
        summaries and readings of the students, by name.
    """
    config, dataset = study.config, study.dataset
    confidence = config.confidence if sequenced is None else sequenced.confidence

    def read(name: str) -> Reading:
        outputs = predicting.outputs_of(parts, kinds, name, config.mix)
        return judging.judging_stage(relations, name, outputs, confidence=confidence)

    constructs = constructs_of(dataset.examples, study.progress) if config.slices else {}
    summaries, readings, violations, curves, slices = {}, {}, [], [], []
    with study.progress.stage("evaluating relations", len(config.student)) as advance:
        floor = None if config.floor is None else read(FLOOR)
        for name in config.student:
            found = read(name) if sequenced is None else sequenced.decided(read(name))
            readings[name] = found
            standing_out = None
            if config.slices:
                standing_out, table = _sliced(study, parts, found, kinds, constructs)
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
            violations.append(judging.violations_table(found, predicting.ids_of(parts, name)))
            curves.append(judging.curves_table(found))
            advance(1)
    study.run.write_table(judging.VIOLATIONS, pa.concat_tables(violations))
    study.run.write_table(judging.CURVES, pa.concat_tables(curves))
    if slices:
        study.run.write_table(slicing.SLICES, pa.concat_tables(slices))
        first = next(iter(readings.values())).outputs[Part.SOURCES]
        study.run.write_table(PROPERTIES, _properties(study, parts, first, constructs))
    return summaries, readings


def _properties(
    study: StudyContext[CheckConfig],
    parts: Mapping[Part, predicting.Answered],
    on_sources: Outputs,
    constructs: Constructs,
) -> pa.Table:
    """Which source is in which slice; cut off is one whose end any of the models does not read."""
    dataset, answers = study.dataset, parts[Part.SOURCES].answers
    cut = np.logical_or.reduce([found.truncated for found in answers.values()])
    slices = source_slices(dataset.examples, dataset.task.labels, on_sources, cut, constructs)
    return properties_table(dataset.examples, slices)


def _sliced(
    study: StudyContext[CheckConfig],
    parts: Mapping[Part, predicting.Answered],
    student: judging.Reading,
    kinds: Sequence[str],
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
        predicting.kinds_of(parts, kinds, student.name),
        confidence=config.confidence,
        false_discovery_rate=config.false_discovery_rate,
        seed=config.seed,
    )
