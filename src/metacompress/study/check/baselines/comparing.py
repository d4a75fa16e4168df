"""Compare the students of two finished checks; loads no model."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from metacompress.data.part import Part
from metacompress.relations import make_relation
from metacompress.study.check.answered import outputs_of
from metacompress.study.check.baselines.common_inputs import common_inputs
from metacompress.study.check.baselines.comparable import (
    refuse_other_settings,
    refuse_other_teacher,
)
from metacompress.study.check.baselines.finished import read_finished
from metacompress.study.check.readings.comparison import (
    ComparedStudent,
    Comparison,
    compare_readings,
    verdict_of,
)
from metacompress.study.check.readings.judging import judging_stage
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from metacompress.study.check.baselines.finished import FinishedCheck
    from metacompress.study.check.config import CompareConfig
    from metacompress.study.check.readings.judging import Reading


def compare_runs(config: CompareConfig) -> Comparison:
    """Compare the students of two finished checks from their directories alone.

    Raises:
        RunDirectoryError: a run is not a finished check of this version, or is damaged.
        UsageError: the checks cannot be compared; the message says why, and what to do.
    """
    return compare_checks(
        read_finished(config.baseline),
        read_finished(config.run),
        worse_by=config.worse_by,
        confidence=config.confidence,
    )


def compare_checks(
    first: FinishedCheck, second: FinishedCheck, *, worse_by: float, confidence: float
) -> Comparison:
    """Compare the student of one check with that of a baseline, on the inputs that both have.

    Args:
        first: the baseline.
        second: the other check.
        worse_by: see ``compare_readings``.
        confidence: of every two-sided interval, in (0, 1).

    Raises:
        UsageError: the checks cannot be compared; the message says why, and what to do.
    """
    refuse_other_settings(first.summary.config, second.summary.config)
    refuse_other_teacher(*(one.summary.models[TEACHER].fingerprint for one in (first, second)))
    one, other = common_inputs(first, second)
    compared = compare_readings(
        _reading(one, confidence),
        _reading(other, confidence),
        worse_by=worse_by,
        confidence=confidence,
    )
    return Comparison(
        verdict=verdict_of(compared),
        worse_by=worse_by,
        confidence=confidence,
        first=_student(first),
        second=_student(second),
        sources=len(one.parts[Part.SOURCES]),
        follow_ups=len(one.parts[Part.FOLLOW_UPS]),
        relations=compared,
    )


def _reading(check: FinishedCheck, confidence: float) -> Reading:
    config = check.summary.config
    relations = [
        make_relation(name, constants)
        for name, constants in cast("dict[str, dict[str, object]]", config["relations"]).items()
    ]
    mix = cast("dict[str, float]", config["mix"])
    outputs = outputs_of(check.parts, check.student, mix)
    return judging_stage(relations, check.student, outputs, confidence=confidence)


def _student(check: FinishedCheck) -> ComparedStudent:
    model = check.summary.models[check.student]
    return ComparedStudent(
        run=check.path,
        student=check.student,
        spec=model.spec,
        fingerprint=model.fingerprint,
        sources=len(check.parts[Part.SOURCES]),
        follow_ups=len(check.parts[Part.FOLLOW_UPS]),
        warnings=[
            one
            for one in check.summary.warnings
            if one.model == check.student or one.model not in check.summary.students
        ],
    )
