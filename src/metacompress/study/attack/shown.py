"""Tables of what models say to sources and to what attacks made of them, for those who look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from metacompress.models.naming.role import Role

if TYPE_CHECKING:
    from metacompress.data.dataset import Dataset
    from metacompress.study.attack.results import AttackResults

SOURCES = "sources.parquet"
ANSWERS = "answers.parquet"
_PROBABILITIES = pa.list_(pa.float64())


def sources_table(dataset: Dataset, results: AttackResults) -> pa.Table:
    """One row per example: id, label, language, programs, and the probabilities of each model."""
    return pa.table(
        {
            "id": pa.array([example.id for example in dataset], pa.string()),
            "label": pa.array([example.label for example in dataset], pa.int32()),
            "language": [str(example.programs[0].language) for example in dataset],
            "programs": [[program.text for program in example.programs] for example in dataset],
            **{
                str(role): pa.array(found.probabilities.tolist(), _PROBABILITIES)
                for role, found in results.clean.items()
            },
        }
    )


def answers_table(results: AttackResults) -> pa.Table:
    """One row per attempt that made a variant: victim, attack, id, probabilities of each model."""
    columns: dict[str, list[object]] = {
        name: [] for name in ("victim", "attack", "id", *map(str, Role))
    }
    for (victim, attack), rows in results.rows.items():
        ids = [row["id"] for row in rows if row["programs"] is not None]
        columns["victim"] += [victim] * len(ids)
        columns["attack"] += [attack] * len(ids)
        columns["id"] += ids
        for role in Role:
            columns[role] += results.answers[victim, attack, role].probabilities.tolist()
    return pa.table(
        columns,
        schema=pa.schema(
            [
                ("victim", pa.string()),
                ("attack", pa.string()),
                ("id", pa.string()),
                *((str(role), _PROBABILITIES) for role in Role),
            ]
        ),
    )
