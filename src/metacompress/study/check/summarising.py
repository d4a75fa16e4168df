"""Build the summary of a check."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from metacompress.data.part import Part
from metacompress.models.identity import is_resumable, lasting_model
from metacompress.stats.verdict import Verdict, combine
from metacompress.study.check.answered import labels_of
from metacompress.study.check.readings.direction import direction_of
from metacompress.study.check.readings.floor import floor_part
from metacompress.study.check.readings.judging import relation_verdict
from metacompress.study.check.readings.recalibration import recalibrate
from metacompress.study.check.readings.representations import read_representations
from metacompress.study.check.readings.side_by_side import differences_of, ranking_of
from metacompress.study.check.representing import needs_states
from metacompress.study.check.summary import (
    CheckedData,
    CheckSummary,
    IdenticalCounts,
    ModelSummary,
    RelationSummary,
    StudentSummary,
    TransformationSummary,
    VariantsSummary,
)
from metacompress.study.costs import cost_of
from metacompress.study.judged import JudgedPart
from metacompress.study.players import TEACHER
from metacompress.study.scores import scores_of
from metacompress.study.warnings import WarningName
from metacompress.variants.settings import composition_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.dataset import Dataset
    from metacompress.relations.base import Relation
    from metacompress.runs.stored_table import StoredTable
    from metacompress.study.check.answered import Answered
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.counterexamples import LookedInto
    from metacompress.study.check.readings.judging import Reading
    from metacompress.study.check.readings.slicing import Slices
    from metacompress.study.check.sequence import SequenceSummary
    from metacompress.study.runner import StudyContext
    from metacompress.study.scores import Scores
    from metacompress.study.warnings import StudyWarning


def summarise(
    study: StudyContext[CheckConfig],
    students: Mapping[str, StudentSummary],
    readings: Mapping[str, Reading],
    attempts: StoredTable,
    parts: Mapping[Part, Answered],
    warnings: Sequence[StudyWarning],
    sequence: SequenceSummary | None,
    looked: LookedInto,
) -> CheckSummary:
    """Build the summary of a check.

    Args:
        study: its settings, examples and models.
        students: what was found of each.
        readings: each read against the teacher.
        attempts: the table of variants.
        parts: the models' answers.
        warnings: reasons to doubt the verdict.
        sequence: how a sequential check went.
        looked: what the worst counterexamples showed.
    """
    config, dataset = study.config, study.dataset
    specifications = config.models()
    differences = differences_of(list(readings.values()), confidence=config.confidence)
    return CheckSummary(
        verdict=combine(found.verdict for found in students.values()),
        warnings=list(warnings),
        task=dataset.task.name,
        labels=list(dataset.task.labels),
        students=dict(students),
        differences=differences,
        ranking=ranking_of(readings, differences),
        models={
            name: ModelSummary(
                spec=specifications[name],
                # A token of one process would make each summary another.
                fingerprint=lasting_model(classifier),
                resumable=is_resumable(classifier),
                cost=cost_of(classifier, dataset.examples),
                sources=_scores(dataset, name, parts, Part.SOURCES),
                follow_ups=_scores(dataset, name, parts, Part.FOLLOW_UPS)
                if len(parts[Part.FOLLOW_UPS])
                else None,
            )
            for name, classifier in study.models.items()
        },
        data=CheckedData(
            source=dataset.source,
            sources=len(dataset),
            groups=len({name for example in dataset for name in example.clusters}),
            skipped=dataset.skipped,
            quarantined=len(dataset.quarantine),
            quarantine_reasons=_counts(str(row.reason) for row in dataset.quarantine),
        ),
        variants=_variants(config, attempts, parts[Part.FOLLOW_UPS]),
        sequence=sequence,
        shrinking=looked.shrinking,
        location=looked.location,
        config=config.identity(),
    )


def summarise_student(
    config: CheckConfig,
    labels: Sequence[str],
    relations: Sequence[Relation],
    student: Reading,
    floor: Reading | None,
    slices: Slices | None,
    warnings: Sequence[StudyWarning],
    *,
    verdict: Verdict | None,
) -> StudentSummary:
    """Build the summary of one student.

    Args:
        config: of the check.
        labels: names of the classes.
        relations: that were evaluated.
        student: the student read against the teacher.
        floor: the second teacher read against the teacher, where there is one.
        slices: what was found of them, where they are on.
        warnings: of the whole study.
        verdict: over all relations; None for what those of the relations make up.
    """
    confidence = config.confidence
    compared = needs_states(relations)
    verdicts = {one: relation_verdict(found) for one, found in student.evaluations.items()}
    if verdict is None:
        verdict = combine(one for one in verdicts.values() if one is not None)
    if verdict is Verdict.PASS and any(
        warning.name is WarningName.CONSTANT_PROBABILITIES
        and warning.model in (TEACHER, student.name)
        for warning in warnings
    ):
        # Whatever stands still beside a model that stands still has shown nothing.
        verdict = Verdict.UNDECIDED

    def judged(relation: str, part: Part) -> JudgedPart | None:
        if part not in student.evaluations[relation]:
            return None
        beside = None
        if floor is not None and part in floor.evaluations[relation]:
            beside = floor_part(student, floor, relation, part, confidence=confidence)
        return JudgedPart.of(student.evaluations[relation][part], beside)

    return StudentSummary(
        verdict=verdict,
        relations={
            relation.name: RelationSummary(
                verdict=verdicts[relation.name],
                constants=relation.model_dump(mode="json"),
                sources=judged(relation.name, Part.SOURCES),
                follow_ups=judged(relation.name, Part.FOLLOW_UPS),
            )
            for relation in relations
        },
        direction={
            part: direction_of(found, labels, confidence=confidence)
            for part, found in student.outputs.items()
        },
        recalibration=recalibrate(
            relations, student.outputs, seed=config.seed, confidence=confidence
        ),
        slices=slices,
        representations=None
        if compared is None
        else read_representations(student.outputs, compared.neighbours, confidence=confidence),
    )


def _scores(dataset: Dataset, name: str, parts: Mapping[Part, Answered], part: Part) -> Scores:
    """Scores on the inputs that at least one model can tell from their source."""
    found = parts[part]
    told_apart = found.told_apart(found.answers)
    labels = labels_of(dataset)[found.source_rows[told_apart]]
    answers = found.answers[name]
    return scores_of(
        answers.probabilities[told_apart],
        labels,
        answers.truncated[told_apart],
        dataset.task.positive,
    )


def _variants(config: CheckConfig, attempts: StoredTable, follow_ups: Answered) -> VariantsSummary:
    outcomes: Counter[tuple[str, str | None]] = Counter()
    for group in attempts.groups(["transformation", "refusal"]):
        outcomes.update(
            zip(group["transformation"].to_pylist(), group["refusal"].to_pylist(), strict=True)
        )
    by_transformation = {}
    names = config.transforms
    if names and config.compose is not None:
        names = (composition_name(config.compose),)
    recorded = sorted({made_by for made_by, _ in outcomes} - set(names))
    for name in dict.fromkeys((*names, *recorded)):
        refused = {
            str(refusal): count
            for (made_by, refusal), count in outcomes.items()
            if made_by == name and refusal is not None
        }
        made = outcomes[name, None]
        by_transformation[name] = TransformationSummary(
            attempted=made + sum(refused.values()),
            made=made,
            refused=dict(sorted(refused.items())),
            weight=config.mix.get(name, 1.0),
            identical=_identical(follow_ups, follow_ups.kinds.are(name)),
        )
    return VariantsSummary(
        validity=str(config.validity),
        attempted=len(attempts),
        made=sum(entry.made for entry in by_transformation.values()),
        identical=_identical(follow_ups, np.ones(len(follow_ups), dtype=bool)),
        transformations=by_transformation,
    )


def _identical(follow_ups: Answered, chosen: NDArray[np.bool_]) -> IdenticalCounts:
    """How many of the chosen follow-ups models cannot tell from their source."""
    return IdenticalCounts(
        all=int((~follow_ups.told_apart(follow_ups.answers) & chosen).sum()),
        models={name: int((same & chosen).sum()) for name, same in follow_ups.identical.items()},
    )


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
