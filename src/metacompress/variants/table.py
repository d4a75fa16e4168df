"""The table of variants: made shard by shard, so that a killed run goes on with the next one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from metacompress.variants.making import VariantMaker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.variants.plan import VariantPlan

TABLE = "variants.parquet"
_SHARDS = "variants"
VARIANTS_FILES = (TABLE, f"{_SHARDS}/part-*.parquet")
_SHARD_SIZE = 256
_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("source_id", pa.string()),
        ("transformation", pa.string()),
        ("refusal", pa.string()),
        ("programs", pa.list_(pa.string())),
        (
            "edits",
            pa.list_(
                pa.struct(
                    [
                        ("program", pa.int8()),
                        ("step", pa.int16()),
                        ("transformation", pa.string()),
                        ("start", pa.int32()),
                        ("end", pa.int32()),
                        ("replacement", pa.string()),
                    ]
                )
            ),
        ),
    ]
)


def variants_stage(
    dataset: Dataset, plan: VariantPlan, run: RunDirectory, progress: Progress
) -> pa.Table:
    """Make, check and record the variants of every example; go on where a run was killed.

    Returns:
        one row per attempt: id, source_id, transformation, refusal (null for a variant), and
        the variant's programs and edits (null for a refusal).
    """
    if run.has(TABLE):
        return run.read_table(TABLE)
    shards = [
        f"{_SHARDS}/part-{start // _SHARD_SIZE:05}.parquet"
        for start in range(0, len(dataset), _SHARD_SIZE)
    ]
    if plan.transformations and not all(run.has(shard) for shard in shards):
        maker = VariantMaker(dataset, plan, progress)
        with progress.stage("making variants", len(dataset)) as advance:
            for number, shard in enumerate(shards):
                first = number * _SHARD_SIZE
                examples = dataset.examples[first : first + _SHARD_SIZE]
                if not run.has(shard):
                    rows = [
                        row
                        for offset, example in enumerate(examples)
                        for row in maker.attempts(first + offset, example)
                    ]
                    run.write_table(shard, attempts_table(rows))
                advance(len(examples))
    parts = [run.read_table(shard) for shard in shards] if plan.transformations else []
    table = pa.concat_tables(parts) if parts else _SCHEMA.empty_table()
    run.write_table(TABLE, table)
    run.remove(_SHARDS, VARIANTS_FILES)
    return table


def attempts_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """The table of attempts, see ``variants_stage``, of rows that a VariantMaker gives."""
    return pa.Table.from_pylist(list(rows), schema=_SCHEMA)


def variant_examples(table: pa.Table, dataset: Dataset) -> list[Example]:
    """The follow-up inputs of a table of variants, in its order."""
    sources = {example.id: example for example in dataset}
    follow_ups = []
    for row in table.select(["id", "source_id", "programs"]).to_pylist():
        if row["programs"] is None:
            continue
        source = sources[row["source_id"]]
        follow_ups.append(replace(source.with_texts(row["programs"]), id=row["id"]))
    return follow_ups
