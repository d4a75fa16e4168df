"""The stage that evaluates every relation on sources and follow-ups."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.data.part import Part
from metacompress.relations.evaluation import Evaluation, evaluate
from metacompress.stats.verdict import Verdict, combine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.relations.base import Outputs, Relation

VIOLATIONS = "violations.parquet"
CURVES = "curves.parquet"

Evaluations = dict[str, dict[Part, Evaluation]]


def judging_stage(
    relations: Sequence[Relation],
    outputs: dict[Part, Outputs],
    *,
    confidence: float,
    resamples: int,
    seed: int,
) -> Evaluations:
    """Evaluate relations on every part; returns relation to part to evaluation."""
    evaluations: Evaluations = {relation.name: {} for relation in relations}
    for relation in relations:
        for part, inputs in outputs.items():
            if part is Part.SOURCES and not relation.on_sources:
                continue
            # Adding a relation must not move the intervals of another.
            stream = zlib.crc32(f"{relation.name}/{part}".encode())
            evaluations[relation.name][part] = evaluate(
                relation,
                inputs,
                confidence=confidence,
                resamples=resamples,
                rng=np.random.default_rng([seed, stream]),
            )
    return evaluations


def relation_verdict(parts: dict[Part, Evaluation]) -> Verdict:
    """A relation passes if it passes on every part, and fails if it fails on one."""
    return combine([evaluation.verdict for evaluation in parts.values()])


def violations_table(evaluations: Evaluations, ids: dict[Part, list[str]]) -> pa.Table:
    """Long table: relation, part, id, applicable, violated, magnitude."""
    tables = []
    for relation, parts in evaluations.items():
        for part, evaluation in parts.items():
            judgement = evaluation.judgement
            n = len(judgement.applicable)
            tables.append(
                pa.table(
                    {
                        "relation": pa.array([relation] * n, pa.string()),
                        "part": pa.array([str(part)] * n, pa.string()),
                        "id": pa.array(ids[part], pa.string()),
                        "applicable": pa.array(judgement.applicable, pa.bool_()),
                        "violated": pa.array(judgement.violated, pa.bool_()),
                        "magnitude": pa.array(judgement.magnitude, pa.float64()),
                    }
                )
            )
    return pa.concat_tables(tables)


def curves_table(evaluations: Evaluations) -> pa.Table:
    """Long table: relation, part, parameter, threshold, violations, n."""
    rows = [
        {
            "relation": relation,
            "part": str(part),
            "parameter": evaluation.curve.parameter,
            "threshold": threshold,
            "violations": violations,
            "n": n,
        }
        for relation, parts in evaluations.items()
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
            ("relation", pa.string()),
            ("part", pa.string()),
            ("parameter", pa.string()),
            ("threshold", pa.float64()),
            ("violations", pa.int64()),
            ("n", pa.int64()),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)
