"""The stage that asks every model about every input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.data.part import Part
from metacompress.relations.outputs import Outputs
from metacompress.study.clusters import cluster_numbers
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.models.classifier import Predictions
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.runner import StudyContext

TABLE = "predictions.parquet"


@dataclass(frozen=True, slots=True)
class Answered:
    """The inputs of one part with the answers of all models.

    Attributes:
        examples: n inputs.
        answers: by model.
        source_rows: int (n,); the row of each input's source among the sources.
        identical: by model, bool (n,); follow-ups of which the model reads exactly what it reads
            of their source, because the edit is in white space that it drops, say, or behind its
            window. All False for sources.
    """

    examples: Sequence[Example]
    answers: Mapping[str, Predictions]
    source_rows: NDArray[np.intp]
    identical: Mapping[str, NDArray[np.bool_]]

    def told_apart(self, models: Iterable[str]) -> NDArray[np.bool_]:
        """Inputs, (n,), that at least one of the models can tell from their source.

        The others are their source once more: they take no part in any rate of these models.
        """
        same: NDArray[np.bool_] = np.logical_and.reduce([self.identical[one] for one in models])
        return ~same


def predicting_stage(
    study: StudyContext[CheckConfig], follow_ups: Sequence[Example], source_ids: Sequence[str]
) -> dict[Part, Answered]:
    """Predict sources and follow-ups with every model.

    Args:
        study: whose models, and whose sources.
        follow_ups: the variants.
        source_ids: for each variant, the id of its source.
    """
    dataset = study.dataset
    row_of = {example.id: row for row, example in enumerate(dataset)}
    parts: dict[Part, Answered] = {}
    for part, examples, rows in (
        (Part.SOURCES, dataset.examples, np.arange(len(dataset))),
        (Part.FOLLOW_UPS, follow_ups, np.array([row_of[one] for one in source_ids], dtype=np.intp)),
    ):
        answers = {
            name: study.predict(name, examples, f"{name} on {part.words}") for name in study.models
        }
        identical = {
            name: found.read == parts[Part.SOURCES].answers[name].read[rows]
            if parts
            else np.zeros(len(examples), dtype=bool)
            for name, found in answers.items()
        }
        parts[part] = Answered(examples, answers, rows, identical)
    return parts


def predictions_table(parts: Mapping[Part, Answered]) -> pa.Table:
    """One row per input: part, id, source_id, label, and of each model the probabilities,
    whether it was cut off, and whether it is identical to its source for the model.
    """
    sources = parts[Part.SOURCES]
    models = list(sources.answers)
    columns: dict[str, list[object]] = {}
    for part, found in parts.items():
        rows = {
            "part": [str(part)] * len(found.examples),
            "id": [example.id for example in found.examples],
            "source_id": [sources.examples[row].id for row in found.source_rows],
            "label": [example.label for example in found.examples],
        }
        for name, answers in found.answers.items():
            rows[name] = answers.probabilities.tolist()
            rows[f"{name}_truncated"] = answers.truncated.tolist()
            rows[f"{name}_identical"] = found.identical[name].tolist()
        for column, values in rows.items():
            columns.setdefault(column, []).extend(values)
    schema = pa.schema(
        [
            ("part", pa.string()),
            ("id", pa.string()),
            ("source_id", pa.string()),
            ("label", pa.int32()),
            *((name, pa.list_(pa.float64())) for name in models),
            *((f"{name}_truncated", pa.bool_()) for name in models),
            *((f"{name}_identical", pa.bool_()) for name in models),
        ]
    )
    return pa.table(columns, schema=schema)


def outputs_of(
    parts: Mapping[Part, Answered],
    kinds: Sequence[str],
    student: str,
    mix: Mapping[str, float] | None = None,
) -> dict[Part, Outputs]:
    """Arrays for the relations between the teacher and a student, by part.

    Follow-ups that neither of the two can tell from their source are left out; without any there
    is no such part.

    Args:
        parts: the models' answers.
        kinds: the transformation of each follow-up.
        student: name of the model that is read against the teacher.
        mix: see ``Outputs.follow_ups``.
    """
    sources, follow_ups = parts[Part.SOURCES], parts[Part.FOLLOW_UPS]
    labels = np.array([-1 if e.label is None else e.label for e in sources.examples], np.int64)
    on_sources = Outputs.of_sources(
        sources.answers[TEACHER].probabilities,
        sources.answers[student].probabilities,
        labels,
        cluster_numbers(sources.examples),
    )
    outputs = {Part.SOURCES: on_sources}
    if follow_ups.examples:
        told_apart = follow_ups.told_apart((TEACHER, student))
        outputs[Part.FOLLOW_UPS] = on_sources.follow_ups(
            follow_ups.answers[TEACHER].probabilities[told_apart],
            follow_ups.answers[student].probabilities[told_apart],
            follow_ups.source_rows[told_apart],
            kinds_of(parts, kinds, student),
            mix,
        )
    return outputs


def kinds_of(parts: Mapping[Part, Answered], kinds: Sequence[str], student: str) -> list[str]:
    """Transformations of the follow-ups in ``outputs_of``, of those of all follow-ups."""
    told_apart = parts[Part.FOLLOW_UPS].told_apart((TEACHER, student))
    return [kind for kind, told in zip(kinds, told_apart, strict=True) if told]


def ids_of(parts: Mapping[Part, Answered], student: str) -> dict[Part, list[str]]:
    """Ids of the inputs in ``outputs_of``, by part."""
    return {
        part: [
            example.id
            for example, told in zip(
                found.examples, found.told_apart((TEACHER, student)), strict=True
            )
            if told
        ]
        for part, found in parts.items()
    }
