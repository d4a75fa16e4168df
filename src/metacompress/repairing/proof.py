"""What a repair did to sources that it did not learn from: paired differences, and a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from metacompress.data.part import Part
from metacompress.relations import DEFAULT_RELATIONS, make_relation
from metacompress.repairing.reading import read_models
from metacompress.repairing.settings import TRAINED, By
from metacompress.repairing.summary import Accuracy, Family, Proof
from metacompress.stats.intervals.differences import mean_of
from metacompress.stats.intervals.variances import Dependence
from metacompress.stats.verdict import Verdict
from metacompress.study.check.answered import labels_of
from metacompress.study.check.readings.comparison import compare_readings
from metacompress.study.check.readings.direction import who_left
from metacompress.study.clusters import cluster_numbers
from metacompress.study.players import TEACHER
from metacompress.study.warnings import model_warnings, repetition_warnings, window_warnings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.data.example import Example
    from metacompress.models.protocols.classifier import Predictions
    from metacompress.repairing.settings import RepairSettings
    from metacompress.study.runner import StudyContext
    from metacompress.study.warnings import StudyWarning
    from metacompress.variants.follow_ups import FollowUps


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Sources that no repair learnt from, and their variants by family of transformations."""

    sources: Sequence[Example]
    families: Mapping[str, FollowUps]


def prove(study: StudyContext[RepairSettings], held_out: HeldOut, before: str, after: str) -> Proof:
    """Compare two students of the study on held-out sources and variants, paired by source.

    Args:
        study: asks models; it has the teacher and both students by name.
        held_out: the inputs.
        before: name of a student.
        after: name of the other one.
    """
    config = study.config
    relations = [make_relation(name, {}) for name in DEFAULT_RELATIONS]
    families = {}
    for family, follow_ups in held_out.families.items():
        first, second = read_models(
            study, relations, held_out.sources, follow_ups, (before, after), f"held out, {family}"
        )
        families[family] = Family(
            transformations=follow_ups.kinds.present(),
            follow_ups=len(follow_ups),
            relations=compare_readings(first, second, worse_by=0.0, confidence=config.confidence),
            left_before=who_left(first.outputs.get(Part.FOLLOW_UPS)),
            left_after=who_left(second.outputs.get(Part.FOLLOW_UPS)),
        )
    first_answers, second_answers = (
        study.predict(name, held_out.sources, f"{name}, held out") for name in (before, after)
    )
    accuracy = _accuracy(held_out.sources, first_answers, second_answers, config.confidence)
    return Proof(
        verdict=verdict_of_proof(families, accuracy, config),
        before=before,
        after=after,
        sources=len(held_out.sources),
        families=families,
        accuracy=accuracy,
    )


def proof_warnings(
    study: StudyContext[RepairSettings], held_out: HeldOut, before: str, after: str
) -> list[StudyWarning]:
    """Reasons to doubt a proof, from the held-out sources; the arguments are those of ``prove``."""
    models = {name: study.models[name] for name in (TEACHER, before, after)}
    answers = {
        name: [study.predict(name, held_out.sources, f"{name}, held out")] for name in models
    }
    labels, classes = labels_of(held_out.sources), study.dataset.task.labels
    return [
        *model_warnings(answers, labels, classes, (before, after)),
        *window_warnings(answers, models, TEACHER),
        *repetition_warnings(held_out.sources),
    ]


def _accuracy(
    sources: Sequence[Example], before: Predictions, after: Predictions, confidence: float
) -> Accuracy | None:
    labels = labels_of(sources)
    known = labels >= 0
    if not known.any():
        return None
    right = [(one.probabilities.argmax(axis=1) == labels)[known] for one in (before, after)]
    gain = right[1].astype(np.float64) - right[0]
    dependence = Dependence.of(cluster_numbers(sources)).rows(np.flatnonzero(known))
    found = mean_of((gain, np.ones(len(gain))), dependence, confidence=confidence).within(1.0)
    return Accuracy(
        labelled=int(known.sum()),
        before=float(right[0].mean()),
        after=float(right[1].mean()),
        difference=found.value,
        low=found.low,
        high=found.high,
    )


def verdict_of_proof(
    families: Mapping[str, Family], accuracy: Accuracy | None, config: RepairSettings
) -> Verdict:
    """Pass where the interval of the target lies below 0, and accuracy is not lost.

    Fail where accuracy is lost, even if the target applies to nothing.
    """
    target = families[TRAINED].target(config.by)
    if config.by is By.TEMPERATURE:
        accuracy = None  # no predicted class can change
    rises = target is not None and target.low is not None and target.low > 0
    if rises or (accuracy is not None and accuracy.is_lost(config.worse_by)):
        return Verdict.FAIL
    falls = target is not None and target.high is not None and target.high < 0
    low = 0.0 if accuracy is None else accuracy.low
    keeps = low is not None and low >= -config.worse_by
    return Verdict.PASS if falls and keeps else Verdict.UNDECIDED
