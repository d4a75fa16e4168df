"""The summary of a study: everything that a reader or a CI job asks first, as one JSON object.

Schema ``metacompress.check/1`` (docs/reference/json.md). The same study gives the same bytes:
nothing in it depends on the clock, the machine or the run directory.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.models.identity import is_resumable, lasting_fingerprint
from metacompress.stats.calibration import expected_calibration_error
from metacompress.stats.classification import classification_scores
from metacompress.stats.verdict import Verdict, combine
from metacompress.study.check.judging import relation_verdict
from metacompress.study.warnings import WarningName
from metacompress.variants.making import composition_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from metacompress.data.dataset import Dataset
    from metacompress.models.classifier import Classifier
    from metacompress.relations.base import Outputs, Relation
    from metacompress.relations.evaluation import Evaluation
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.judging import Evaluations
    from metacompress.study.check.predicting import Part
    from metacompress.study.warnings import StudyWarning

SCHEMA = "metacompress.check/1"
_CALIBRATION_BINS = 15


def summarise(
    config: CheckConfig,
    dataset: Dataset,
    models: dict[str, Classifier],
    relations: list[Relation],
    variants: pa.Table,
    parts: dict[str, Part],
    outputs: dict[str, Outputs],
    evaluations: Evaluations,
    warnings: Sequence[StudyWarning],
) -> dict[str, Any]:
    """Build the summary; numbers are plain Python, NaN stands for what is undefined."""
    verdicts = {name: relation_verdict(found) for name, found in evaluations.items() if found}
    verdict = combine(verdicts.values())
    if verdict is Verdict.PASS and any(
        warning.name is WarningName.CONSTANT_PROBABILITIES for warning in warnings
    ):
        # Whatever stands still beside a model that stands still has shown nothing.
        verdict = Verdict.UNDECIDED
    return {
        "schema": SCHEMA,
        "verdict": str(verdict),
        "warnings": [warning.content() for warning in warnings],
        "task": dataset.task.name,
        "labels": list(dataset.task.labels),
        "relations": {
            relation.name: {
                "verdict": str(verdicts[relation.name]) if relation.name in verdicts else None,
                "constants": relation.model_dump(mode="json"),
                **{
                    part: _evaluation(evaluations[relation.name].get(part))
                    for part in ("sources", "follow_ups")
                },
            }
            for relation in relations
        },
        "models": {
            role: {
                "spec": getattr(config, role),
                # A token of one process would make each summary another.
                "fingerprint": lasting_fingerprint(classifier),
                "resumable": is_resumable(classifier),
                **{name: _scores(dataset, role, outputs[name], parts[name]) for name in outputs},
            }
            for role, classifier in models.items()
        },
        "data": {
            "source": dataset.source,
            "sources": len(dataset),
            "groups": len({example.group for example in dataset}),
            "skipped": dataset.skipped,
            "quarantined": len(dataset.quarantine),
            "quarantine_reasons": _counts(str(row.reason) for row in dataset.quarantine),
        },
        "variants": _variants(config, variants, parts["follow_ups"]),
        "config": config.identity(),
    }


def _evaluation(evaluation: Evaluation | None) -> dict[str, Any] | None:
    if evaluation is None:
        return None
    group = None if evaluation.group is None else asdict(evaluation.group)
    return {**asdict(evaluation.rate), "verdict": str(evaluation.verdict), "group": group}


def _scores(dataset: Dataset, role: str, outputs: Outputs, part: Part) -> dict[str, Any]:
    p = outputs.teacher if role == "teacher" else outputs.student
    truncated = (part.teacher if role == "teacher" else part.student).truncated[part.told_apart]
    labelled = outputs.labels >= 0
    correct = p[labelled].argmax(axis=1) == outputs.labels[labelled]
    ece = expected_calibration_error(p[labelled].max(axis=1), correct, _CALIBRATION_BINS)
    scores = asdict(classification_scores(p, outputs.labels, dataset.task.positive))
    return {**scores, "ece": float(ece), "inputs": len(p), "truncated": int(np.sum(truncated))}


def _variants(config: CheckConfig, variants: pa.Table, follow_ups: Part) -> dict[str, Any]:
    rows = variants.select(["transformation", "refusal"]).to_pylist()
    made_by = np.array([row["transformation"] for row in rows if row["refusal"] is None])
    by_transformation = {}
    names = config.transforms
    if names and config.compose is not None:
        names = (composition_name(config.compose),)
    for name in dict.fromkeys(names):
        refusals = [row["refusal"] for row in rows if row["transformation"] == name]
        refused = [str(refusal) for refusal in refusals if refusal is not None]
        by_transformation[name] = {
            "attempted": len(refusals),
            "made": len(refusals) - len(refused),
            "refused": _counts(refused),
            "identical": _identical(follow_ups, made_by == name),
        }
    return {
        "validity": str(config.validity),
        "attempted": len(rows),
        "made": sum(entry["made"] for entry in by_transformation.values()),
        "identical": _identical(follow_ups, np.ones(len(made_by), dtype=bool)),
        "transformations": by_transformation,
    }


def _identical(follow_ups: Part, chosen: NDArray[np.bool_]) -> dict[str, int]:
    """How many of the chosen follow-ups are their source once more: to both models (they are in
    no rate), and to each of them.
    """
    told = {"both": ~follow_ups.told_apart, **follow_ups.identical}
    return {name: int((same & chosen).sum()) for name, same in told.items()}


def _counts(names: Any) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
