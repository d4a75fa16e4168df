"""The stage that evaluates every relation on sources and follow-ups, for each student."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.data.part import Part
from metacompress.relations.evaluation import Evaluation, evaluate
from metacompress.stats.verdict import Verdict, combine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.relations.base import Relation
    from metacompress.relations.outputs import Outputs

VIOLATIONS = "violations.parquet"
CURVES = "curves.parquet"
VIOLATIONS_SCHEMA = pa.schema(
    [
        ("student", pa.string()),
        ("relation", pa.string()),
        ("part", pa.string()),
        ("id", pa.string()),
        ("applicable", pa.bool_()),
        ("violated", pa.bool_()),
        ("magnitude", pa.float64()),
    ]
)
"""One row per student, relation and input."""
# Rows that are put together at a time.
_ROWS = 1 << 14

Evaluations = dict[str, dict[Part, Evaluation]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A model read against the teacher.

    Attributes:
        name: of the model.
        outputs: of both, by part.
        evaluations: relation to part to evaluation.
    """

    name: str
    outputs: Mapping[Part, Outputs]
    evaluations: Evaluations


def judging_stage(
    relations: Sequence[Relation], name: str, outputs: Mapping[Part, Outputs], *, confidence: float
) -> Reading:
    """Evaluate relations between the teacher and the model ``name`` on every part."""
    rows = [
        (relation, part)
        for relation in relations
        for part in outputs
        if part is not Part.SOURCES or relation.on_sources
    ]
    found = evaluate([(relation, outputs[part]) for relation, part in rows], confidence=confidence)
    evaluations: Evaluations = {relation.name: {} for relation in relations}
    for (relation, part), evaluation in zip(rows, found, strict=True):
        evaluations[relation.name][part] = evaluation
    return Reading(name, outputs, evaluations)


def by_origin(
    reading: Reading, relation: str, part: Part, count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values and weights of all sources of the study; 0 where the relation says nothing."""
    scores, origins = reading.evaluations[relation][part].scores, reading.outputs[part].origins
    values, applicable = np.zeros(count), np.zeros(count)
    values[origins] = scores.values
    applicable[origins] = scores.applicable
    return values, applicable


def relation_verdict(parts: dict[Part, Evaluation]) -> Verdict | None:
    """Pass if it passes wherever it applies, fail if it fails on one; None if it never applies."""
    verdicts = [found.verdict for found in parts.values() if found.verdict is not None]
    return combine(verdicts) if verdicts else None


def violation_tables(student: Reading, ids: Mapping[Part, pa.ChunkedArray]) -> Iterator[pa.Table]:
    """The rows of ``VIOLATIONS_SCHEMA`` of one student, in pieces.

    Args:
        student: read against the teacher.
        ids: of the inputs of every part.
    """
    for relation, parts in student.evaluations.items():
        for part, evaluation in parts.items():
            judgement = evaluation.judgement
            for start in range(0, len(judgement.applicable), _ROWS):
                rows = slice(start, start + _ROWS)
                applicable = judgement.applicable[rows]
                yield pa.table(
                    {
                        "student": pa.repeat(student.name, len(applicable)),
                        "relation": pa.repeat(relation, len(applicable)),
                        "part": pa.repeat(str(part), len(applicable)),
                        "id": ids[part].slice(start, _ROWS),
                        "applicable": pa.array(applicable, pa.bool_()),
                        "violated": pa.array(judgement.violated[rows], pa.bool_()),
                        "magnitude": pa.array(judgement.magnitude[rows], pa.float64()),
                    },
                    schema=VIOLATIONS_SCHEMA,
                )


def curves_table(student: Reading) -> pa.Table:
    """Long table: student, relation, part, parameter, threshold, violations, n."""
    rows = [
        {
            "student": student.name,
            "relation": relation,
            "part": str(part),
            "parameter": evaluation.curve.parameter,
            "threshold": threshold,
            "violations": violations,
            "n": n,
        }
        for relation, parts in student.evaluations.items()
        for part, evaluation in parts.items()
        if evaluation.curve is not None
        for threshold, violations, n in zip(
            evaluation.curve.thresholds.tolist(),
            evaluation.curve.violations.tolist(),
            evaluation.curve.n.tolist(),
            strict=True,
        )
    ]
    schema = pa.schema(
        [
            ("student", pa.string()),
            ("relation", pa.string()),
            ("part", pa.string()),
            ("parameter", pa.string()),
            ("threshold", pa.float64()),
            ("violations", pa.int64()),
            ("n", pa.int64()),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)
