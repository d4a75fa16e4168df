"""The stage that asks both models about every input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.data.part import Part
from metacompress.models.role import Role
from metacompress.relations.outputs import Outputs
from metacompress.study.clusters import cluster_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.models.classifier import Predictions
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.runner import StudyContext

TABLE = "predictions.parquet"


@dataclass(frozen=True, slots=True)
class Answered:
    """The inputs of one part with both models' answers.

    Attributes:
        examples: n inputs.
        answers: of both models.
        source_rows: int (n,); the row of each input's source among the sources.
        identical: by model, bool (n,); follow-ups of which the model reads exactly what it reads
            of their source, because the edit is in white space that it drops, say, or behind its
            window. All False for sources.
    """

    examples: Sequence[Example]
    answers: Mapping[Role, Predictions]
    source_rows: NDArray[np.intp]
    identical: Mapping[Role, NDArray[np.bool_]]

    @property
    def told_apart(self) -> NDArray[np.bool_]:
        """Inputs, (n,), that at least one model can tell from their source.

        The others are their source once more: they take no part in any rate.
        """
        same: NDArray[np.bool_] = np.logical_and.reduce(list(self.identical.values()))
        return ~same


def predicting_stage(
    study: StudyContext[CheckConfig], follow_ups: Sequence[Example], source_ids: Sequence[str]
) -> dict[Part, Answered]:
    """Predict sources and follow-ups with both models.

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
            role: study.predict(role, examples, f"{role} on {part.words}") for role in study.models
        }
        identical = {
            role: found.read == parts[Part.SOURCES].answers[role].read[rows]
            if parts
            else np.zeros(len(examples), dtype=bool)
            for role, found in answers.items()
        }
        parts[part] = Answered(examples, answers, rows, identical)
    return parts


def predictions_table(parts: Mapping[Part, Answered]) -> pa.Table:
    """One row per input: part, id, source_id, label, and of both models the probabilities,
    whether it was cut off, and whether it is identical to its source for the model.
    """
    sources = parts[Part.SOURCES]
    columns: dict[str, list[object]] = {}
    for part, found in parts.items():
        rows = {
            "part": [str(part)] * len(found.examples),
            "id": [example.id for example in found.examples],
            "source_id": [sources.examples[row].id for row in found.source_rows],
            "label": [example.label for example in found.examples],
        }
        for role, answers in found.answers.items():
            rows[role] = answers.probabilities.tolist()
        for role, answers in found.answers.items():
            rows[f"{role}_truncated"] = answers.truncated.tolist()
        for role, identical in found.identical.items():
            rows[f"{role}_identical"] = identical.tolist()
        for column, values in rows.items():
            columns.setdefault(str(column), []).extend(values)
    schema = pa.schema(
        [
            ("part", pa.string()),
            ("id", pa.string()),
            ("source_id", pa.string()),
            ("label", pa.int32()),
            *((str(role), pa.list_(pa.float64())) for role in Role),
            *((f"{role}_truncated", pa.bool_()) for role in Role),
            *((f"{role}_identical", pa.bool_()) for role in Role),
        ]
    )
    return pa.table(columns, schema=schema)


def outputs_of(parts: Mapping[Part, Answered], kinds: Sequence[str]) -> dict[Part, Outputs]:
    """Arrays for the relations, by part; no follow-ups where there are none.

    Follow-ups that neither model can tell from their source are left out.

    Args:
        parts: both models' answers.
        kinds: the transformation of each follow-up.
    """
    sources, follow_ups = parts[Part.SOURCES], parts[Part.FOLLOW_UPS]
    labels = np.array([-1 if e.label is None else e.label for e in sources.examples], np.int64)
    on_sources = Outputs.of_sources(
        sources.answers[Role.TEACHER].probabilities,
        sources.answers[Role.STUDENT].probabilities,
        labels,
        cluster_numbers(sources.examples),
    )
    outputs = {Part.SOURCES: on_sources}
    if follow_ups.examples:
        told_apart = follow_ups.told_apart
        outputs[Part.FOLLOW_UPS] = on_sources.follow_ups(
            follow_ups.answers[Role.TEACHER].probabilities[told_apart],
            follow_ups.answers[Role.STUDENT].probabilities[told_apart],
            follow_ups.source_rows[told_apart],
            [kind for kind, told in zip(kinds, told_apart, strict=True) if told],
        )
    return outputs
