"""The stage that asks both models about every input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.data.part import Part
from metacompress.models.role import Role
from metacompress.relations.base import Outputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example
    from metacompress.models.classifier import Classifier, Predictions
    from metacompress.models.store import PredictionStore
    from metacompress.runs.progress import Progress

TABLE = "predictions.parquet"


@dataclass(frozen=True, slots=True)
class Answered:
    """The inputs of one part with both models' answers.

    Attributes:
        examples: n inputs.
        teacher, student: their answers.
        source_rows: int (n,); the row of each input's source among the sources.
        asked: inputs that a model was really asked for (not found in the store), by model.
        identical: by model, bool (n,); follow-ups of which the model reads exactly what it reads
            of their source, because the edit is in white space that it drops, say, or behind its
            window. All False for sources.
    """

    examples: Sequence[Example]
    teacher: Predictions
    student: Predictions
    source_rows: NDArray[np.intp]
    asked: dict[Role, int]
    identical: dict[Role, NDArray[np.bool_]]

    @property
    def told_apart(self) -> NDArray[np.bool_]:
        """Inputs, (n,), that at least one model can tell from their source.

        The others are their source once more: they take no part in any rate.
        """
        same: NDArray[np.bool_] = np.logical_and.reduce(list(self.identical.values()))
        return ~same


def predicting_stage(
    models: dict[Role, Classifier],
    dataset: Dataset,
    follow_ups: Sequence[Example],
    source_ids: Sequence[str],
    store: PredictionStore,
    progress: Progress,
) -> tuple[Answered, Answered]:
    """Predict sources and follow-ups with both models.

    Args:
        models: the two classifiers.
        dataset: the sources.
        follow_ups: the variants.
        source_ids: for each variant, the id of its source.
        store: asked before any model.
        progress: shows one stage per model and part.
    """
    row_of = {example.id: row for row, example in enumerate(dataset)}
    parts: list[Answered] = []
    for part, examples, rows in (
        (Part.SOURCES, dataset.examples, np.arange(len(dataset))),
        (
            Part.FOLLOW_UPS,
            follow_ups,
            np.array([row_of[name] for name in source_ids], dtype=np.intp),
        ),
    ):
        answers: dict[Role, Predictions] = {}
        asked: dict[Role, int] = {}
        for role, classifier in models.items():
            total = len({classifier.input_key(example) for example in examples})
            with progress.stage(f"{role} on {part.words}", total) as advance:
                answers[role], asked[role] = store.predict(classifier, examples, advance=advance)
        identical = {
            role: found.read == getattr(parts[0], role).read[rows]
            if parts
            else np.zeros(len(examples), dtype=bool)
            for role, found in answers.items()
        }
        parts.append(
            Answered(
                examples,
                answers[Role.TEACHER],
                answers[Role.STUDENT],
                rows,
                asked,
                identical,
            )
        )
    return parts[0], parts[1]


def predictions_table(sources: Answered, follow_ups: Answered) -> pa.Table:
    """One row per input: part, id, source_id, label, and of both models the probabilities,
    whether it was cut off, and whether it is identical to its source for the model.
    """
    columns: dict[str, list[object]] = {}
    for part, answered in ((Part.SOURCES, sources), (Part.FOLLOW_UPS, follow_ups)):
        rows = {
            "part": [str(part)] * len(answered.examples),
            "id": [example.id for example in answered.examples],
            "source_id": [sources.examples[row].id for row in answered.source_rows],
            "label": [example.label for example in answered.examples],
            "teacher": answered.teacher.probabilities.tolist(),
            "student": answered.student.probabilities.tolist(),
            "teacher_truncated": answered.teacher.truncated.tolist(),
            "student_truncated": answered.student.truncated.tolist(),
            "teacher_identical": answered.identical[Role.TEACHER].tolist(),
            "student_identical": answered.identical[Role.STUDENT].tolist(),
        }
        for column, values in rows.items():
            columns.setdefault(column, []).extend(values)
    schema = pa.schema(
        [
            ("part", pa.string()),
            ("id", pa.string()),
            ("source_id", pa.string()),
            ("label", pa.int32()),
            ("teacher", pa.list_(pa.float64())),
            ("student", pa.list_(pa.float64())),
            ("teacher_truncated", pa.bool_()),
            ("student_truncated", pa.bool_()),
            ("teacher_identical", pa.bool_()),
            ("student_identical", pa.bool_()),
        ]
    )
    return pa.table(columns, schema=schema)


def outputs_of(sources: Answered, follow_ups: Answered) -> dict[Part, Outputs]:
    """Arrays for the relations, by part; no follow-ups where there are none.

    Follow-ups belong to the cluster of their source, and sources of one group to one cluster.
    Those that neither model can tell from their source are left out.
    """
    groups = [example.group for example in sources.examples]
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    clusters = np.array([numbers[group] for group in groups], dtype=np.int64)
    labels = np.array([-1 if e.label is None else e.label for e in sources.examples], np.int64)
    on_sources = Outputs(
        sources.teacher.probabilities, sources.student.probabilities, labels, clusters
    )
    outputs = {Part.SOURCES: on_sources}
    if follow_ups.examples:
        told_apart = follow_ups.told_apart
        rows = follow_ups.source_rows[told_apart]
        outputs[Part.FOLLOW_UPS] = Outputs(
            follow_ups.teacher.probabilities[told_apart],
            follow_ups.student.probabilities[told_apart],
            labels[rows],
            clusters[rows],
            Outputs(
                on_sources.teacher[rows], on_sources.student[rows], labels[rows], clusters[rows]
            ),
        )
    return outputs
