"""Build the summary of a check."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from metacompress.data.part import Part
from metacompress.models.identity import is_resumable, lasting_fingerprint
from metacompress.models.role import Role
from metacompress.stats.verdict import Verdict, combine
from metacompress.study.check.judging import relation_verdict
from metacompress.study.check.summary import (
    CheckedData,
    CheckSummary,
    IdenticalCounts,
    ModelSummary,
    RelationSummary,
    TransformationSummary,
    VariantsSummary,
)
from metacompress.study.judged import JudgedPart
from metacompress.study.scores import scores_of
from metacompress.study.warnings import WarningName
from metacompress.variants.plan import composition_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from metacompress.data.dataset import Dataset
    from metacompress.models.classifier import Classifier
    from metacompress.relations.base import Relation
    from metacompress.relations.evaluation import Evaluation
    from metacompress.relations.outputs import Outputs
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.judging import Evaluations
    from metacompress.study.check.predicting import Answered
    from metacompress.study.scores import Scores
    from metacompress.study.warnings import StudyWarning


def summarise(
    config: CheckConfig,
    dataset: Dataset,
    models: Mapping[Role, Classifier],
    relations: Sequence[Relation],
    variants: pa.Table,
    parts: Mapping[Part, Answered],
    outputs: dict[Part, Outputs],
    evaluations: Evaluations,
    warnings: Sequence[StudyWarning],
) -> CheckSummary:
    """Build the summary of a check."""
    verdicts = {name: relation_verdict(found) for name, found in evaluations.items() if found}
    verdict = combine(one for one in verdicts.values() if one is not None)
    if verdict is Verdict.PASS and any(
        warning.name is WarningName.CONSTANT_PROBABILITIES for warning in warnings
    ):
        # Whatever stands still beside a model that stands still has shown nothing.
        verdict = Verdict.UNDECIDED
    return CheckSummary(
        verdict=verdict,
        warnings=list(warnings),
        task=dataset.task.name,
        labels=list(dataset.task.labels),
        relations={
            relation.name: RelationSummary(
                verdict=verdicts.get(relation.name),
                constants=relation.model_dump(mode="json"),
                sources=_judged(config, evaluations[relation.name].get(Part.SOURCES)),
                follow_ups=_judged(config, evaluations[relation.name].get(Part.FOLLOW_UPS)),
            )
            for relation in relations
        },
        models={
            role: ModelSummary(
                spec=getattr(config, role),
                # A token of one process would make each summary another.
                fingerprint=lasting_fingerprint(classifier),
                resumable=is_resumable(classifier),
                sources=_scores(dataset, role, outputs[Part.SOURCES], parts[Part.SOURCES]),
                follow_ups=_scores(dataset, role, outputs[Part.FOLLOW_UPS], parts[Part.FOLLOW_UPS])
                if Part.FOLLOW_UPS in outputs
                else None,
            )
            for role, classifier in models.items()
        },
        data=CheckedData(
            source=dataset.source,
            sources=len(dataset),
            groups=len({name for example in dataset for name in example.clusters}),
            skipped=dataset.skipped,
            quarantined=len(dataset.quarantine),
            quarantine_reasons=_counts(str(row.reason) for row in dataset.quarantine),
        ),
        variants=_variants(config, variants, parts[Part.FOLLOW_UPS]),
        config=config.identity(),
    )


def _judged(config: CheckConfig, evaluation: Evaluation | None) -> JudgedPart | None:
    return None if evaluation is None else JudgedPart.of(evaluation, config.confidence)


def _scores(dataset: Dataset, role: Role, outputs: Outputs, part: Answered) -> Scores:
    p = outputs.teacher if role is Role.TEACHER else outputs.student
    truncated = part.answers[role].truncated
    return scores_of(p, outputs.labels, truncated[part.told_apart], dataset.task.positive)


def _variants(config: CheckConfig, variants: pa.Table, follow_ups: Answered) -> VariantsSummary:
    rows = variants.select(["transformation", "refusal"]).to_pylist()
    made_by = np.array([row["transformation"] for row in rows if row["refusal"] is None])
    by_transformation = {}
    names = config.transforms
    if names and config.compose is not None:
        names = (composition_name(config.compose),)
    for name in dict.fromkeys(names):
        refusals = [row["refusal"] for row in rows if row["transformation"] == name]
        refused = [str(refusal) for refusal in refusals if refusal is not None]
        by_transformation[name] = TransformationSummary(
            attempted=len(refusals),
            made=len(refusals) - len(refused),
            refused=_counts(refused),
            identical=_identical(follow_ups, made_by == name),
        )
    return VariantsSummary(
        validity=str(config.validity),
        attempted=len(rows),
        made=sum(entry.made for entry in by_transformation.values()),
        identical=_identical(follow_ups, np.ones(len(made_by), dtype=bool)),
        transformations=by_transformation,
    )


def _identical(follow_ups: Answered, chosen: NDArray[np.bool_]) -> IdenticalCounts:
    """How many of the chosen follow-ups models cannot tell from their source."""
    return IdenticalCounts(
        both=int((~follow_ups.told_apart & chosen).sum()),
        teacher=int((follow_ups.identical[Role.TEACHER] & chosen).sum()),
        student=int((follow_ups.identical[Role.STUDENT] & chosen).sum()),
    )


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
