"""The stage that asks both models about every input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.models.recording import count_distinct
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
class Part:
    """Inputs of one sort, sources or follow-ups, with both models' answers.

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
    asked: dict[str, int]
    identical: dict[str, NDArray[np.bool_]]

    @property
    def told_apart(self) -> NDArray[np.bool_]:
        """Inputs, (n,), that at least one model can tell from their source.

        The others are their source once more: they take no part in any rate.
        """
        same: NDArray[np.bool_] = np.logical_and.reduce(list(self.identical.values()))
        return ~same


def predicting_stage(
    models: dict[str, Classifier],
    dataset: Dataset,
    follow_ups: Sequence[Example],
    source_ids: Sequence[str],
    store: PredictionStore,
    progress: Progress,
) -> tuple[Part, Part]:
    """Predict sources and follow-ups with ``models["teacher"]`` and ``models["student"]``.

    Args:
        models: the two classifiers.
        dataset: the sources.
        follow_ups: the variants.
        source_ids: for each variant, the id of its source.
        store: asked before any model.
        progress: shows one stage for each model and sort of input.
    """
    row_of = {example.id: row for row, example in enumerate(dataset)}
    parts: list[Part] = []
    for title, examples, rows in (
        ("sources", dataset.examples, np.arange(len(dataset))),
        ("follow-ups", follow_ups, np.array([row_of[name] for name in source_ids], dtype=np.intp)),
    ):
        answers: dict[str, Predictions] = {}
        asked: dict[str, int] = {}
        for role, classifier in models.items():
            total = count_distinct(classifier, examples)
            with progress.stage(f"{role} on {title}", total) as advance:
                answers[role], asked[role] = store.predict(classifier, examples, advance=advance)
        identical = {
            role: found.read == getattr(parts[0], role).read[rows]
            if parts
            else np.zeros(len(examples), dtype=bool)
            for role, found in answers.items()
        }
        parts.append(Part(examples, answers["teacher"], answers["student"], rows, asked, identical))
    return parts[0], parts[1]


def predictions_table(sources: Part, follow_ups: Part) -> pa.Table:
    """One row per input: part, id, source_id, label, and of both models the probabilities,
    whether it was cut off, and whether it is identical to its source for the model.
    """
    columns: dict[str, list[object]] = {}
    for name, part in (("source", sources), ("follow-up", follow_ups)):
        rows = {
            "part": [name] * len(part.examples),
            "id": [example.id for example in part.examples],
            "source_id": [sources.examples[row].id for row in part.source_rows],
            "label": [example.label for example in part.examples],
            "teacher": part.teacher.probabilities.tolist(),
            "student": part.student.probabilities.tolist(),
            "teacher_truncated": part.teacher.truncated.tolist(),
            "student_truncated": part.student.truncated.tolist(),
            "teacher_identical": part.identical["teacher"].tolist(),
            "student_identical": part.identical["student"].tolist(),
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


def outputs_of(sources: Part, follow_ups: Part) -> dict[str, Outputs]:
    """Arrays for the relations, by part: ``sources``, and ``follow_ups`` if there are any.

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
    outputs = {"sources": on_sources}
    if follow_ups.examples:
        told_apart = follow_ups.told_apart
        rows = follow_ups.source_rows[told_apart]
        outputs["follow_ups"] = Outputs(
            follow_ups.teacher.probabilities[told_apart],
            follow_ups.student.probabilities[told_apart],
            labels[rows],
            clusters[rows],
            Outputs(
                on_sources.teacher[rows], on_sources.student[rows], labels[rows], clusters[rows]
            ),
        )
    return outputs
