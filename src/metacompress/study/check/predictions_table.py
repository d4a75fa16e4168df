"""The table of predictions: what each model answered to which input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metacompress.data.part import Part
from metacompress.models.protocols.classifier import Predictions
from metacompress.study.check.answered import Answered, labels_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.runs.stored_table import StoredTable

TABLE = "predictions.parquet"
# Rows that are put together at a time.
_ROWS = 1 << 14


def predictions_schema(models: Sequence[str]) -> pa.Schema:
    """One row per input: part, id, source_id, label, and of each model the probabilities,
    whether it was cut off, and whether it is identical to its source for the model.
    """
    return pa.schema(
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


def prediction_tables(parts: Mapping[Part, Answered]) -> Iterator[pa.Table]:
    """The table of ``predictions_schema`` in pieces."""
    sources = parts[Part.SOURCES]
    labels = labels_of(sources.inputs)
    source_ids = sources.ids.combine_chunks()
    for part, found in parts.items():
        for start in range(0, len(found), _ROWS):
            rows = slice(start, start + _ROWS)
            of_source = found.source_rows[rows]
            columns = {
                "part": pa.repeat(str(part), len(of_source)),
                "id": found.ids.slice(start, _ROWS),
                "source_id": source_ids.take(pa.array(of_source)),
                "label": pa.array(labels[of_source], pa.int32(), mask=labels[of_source] < 0),
            }
            for name, answers in found.answers.items():
                p = answers.probabilities[rows]
                lists = pa.FixedSizeListArray.from_arrays(pa.array(p.ravel()), p.shape[1])
                columns[name] = lists.cast(pa.list_(pa.float64()))
                columns[f"{name}_truncated"] = pa.array(answers.truncated[rows])
                columns[f"{name}_identical"] = pa.array(found.identical[name][rows])
            yield pa.table(columns).select(predictions_schema(list(found.answers)).names)


@dataclass(frozen=True, slots=True)
class StoredAnswers:
    """What the table holds of the n inputs of one part.

    Attributes:
        ids: of the inputs.
        labels: int (n,), -1 where unknown.
        answers: by model; ``read`` and ``unknown`` are not stored.
        identical: by model, bool (n,); see ``Answered``.
    """

    ids: pa.ChunkedArray
    labels: NDArray[np.int64]
    answers: dict[str, Predictions]
    identical: dict[str, NDArray[np.bool_]]


def read_predictions(table: StoredTable, models: Sequence[str]) -> dict[Part, StoredAnswers]:
    """Read the answers of some models, as arrays.

    Raises:
        RunDirectoryError: the table is damaged, or lacks one of them.
    """
    flags = [f"{name}_{flag}" for name in models for flag in ("truncated", "identical")]
    pieces: dict[Part, list[pa.Table]] = {part: [] for part in Part}
    for group in table.groups(["part", "id", "label", *models, *flags]):
        for part in Part:
            pieces[part].append(group.filter(pc.equal(group["part"], str(part))).drop("part"))
    tables = {part: pa.concat_tables(found) for part, found in pieces.items()}
    # A part without an input has as many classes as the others.
    classes = max(len(one[models[0]][0]) if len(one) else 0 for one in tables.values())
    return {part: _answers(table, models, classes) for part, table in tables.items()}


def _answers(table: pa.Table, models: Sequence[str], classes: int) -> StoredAnswers:
    n = len(table)
    answers, identical = {}, {}
    for name in models:
        probabilities = table[name].combine_chunks().flatten().to_numpy(zero_copy_only=False)
        answers[name] = Predictions(
            probabilities.reshape(n, classes),
            table[f"{name}_truncated"].to_numpy(),
            read=np.zeros(n, dtype=np.uint64),
            unknown=np.full(n, np.nan),
        )
        identical[name] = table[f"{name}_identical"].to_numpy()
    labels = table["label"].fill_null(-1).to_numpy().astype(np.int64)
    return StoredAnswers(table["id"], labels, answers, identical)
