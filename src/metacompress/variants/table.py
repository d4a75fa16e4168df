"""The table of variants: made shard by shard, so that a killed run goes on with the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from metacompress.variants.sharing import shared_maker
from metacompress.workers.in_process import InProcess
from metacompress.workers.job import Job

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.stored_table import StoredTable
    from metacompress.variants.making import VariantMaker
    from metacompress.variants.plan import VariantPlan
    from metacompress.workers.job import Executor

TABLE = "variants.parquet"
_SHARDS = "variants"
VARIANTS_FILES = (TABLE, f"{_SHARDS}/part-*.parquet")
# Examples of a shard: enough to make writing a file cheap, and few enough to share out evenly.
_SHARD_SIZE = 64
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


@dataclass(frozen=True, slots=True)
class VariantShard:
    """Examples whose variants are made together and stored in one file.

    Attributes:
        name: of the file, in the run directory.
        examples: some of the data set, in its order.
    """

    name: str
    examples: tuple[Example, ...]


def variant_shards(dataset: Dataset) -> list[VariantShard]:
    """The shards of a data set, in its order."""
    return [
        VariantShard(
            f"{_SHARDS}/part-{start // _SHARD_SIZE:06}.parquet",
            dataset.examples[start : start + _SHARD_SIZE],
        )
        for start in range(0, len(dataset), _SHARD_SIZE)
    ]


@dataclass(frozen=True)
class MakeShards(Job["VariantMaker", VariantShard, "pa.Table"]):
    """Makes the tables of shards, in any process."""

    maker: VariantMaker

    def setup(self) -> VariantMaker:
        """The maker, which keeps analyses from shard to shard."""
        return self.maker

    def do(self, state: VariantMaker, task: VariantShard) -> pa.Table:
        """See ``make_shard``."""
        return make_shard(state, task)

    def describe(self, task: VariantShard) -> str:
        """Name a shard."""
        return f"variants of the examples {task.examples[0].id} to {task.examples[-1].id}"


def make_shard(maker: VariantMaker, shard: VariantShard) -> pa.Table:
    """The table of one shard, which depends on nothing else than these two; any process makes it.

    Returns:
        see ``variants_stage``.
    """
    return attempts_table([row for example in shard.examples for row in maker.attempts(example)])


def join_shards(run: RunDirectory, shards: Iterable[VariantShard]) -> None:
    """Write the one table from the files of all shards, which are removed."""
    join_attempts(run, (shard.name for shard in shards))
    run.remove(_SHARDS, VARIANTS_FILES)


def join_attempts(run: RunDirectory, names: Iterable[str]) -> None:
    """Write the one table from files of attempts, in their order."""
    run.write_groups(
        TABLE, _SCHEMA, (table for name in names for table in run.open_table(name).groups())
    )


def variants_stage(
    dataset: Dataset,
    plan: VariantPlan,
    run: RunDirectory,
    progress: Progress,
    executor: Executor | None = None,
) -> StoredTable:
    """Make, check and record the variants of every example; go on where a run was killed.

    Args:
        dataset: the examples.
        plan: of the variants.
        run: where their table goes.
        progress: shows the stages.
        executor: shares the work out; None leaves it to this process.

    Returns:
        one row per attempt: id, source_id, transformation, refusal (null for a variant), and
        the variant's programs and edits (null for a refusal).
    """
    if not run.has(TABLE):
        shards = variant_shards(dataset) if plan.makes_variants else []
        missing = [shard for shard in shards if not run.has(shard.name)]
        if missing:
            executor = executor or InProcess()
            making = MakeShards(shared_maker(dataset, plan, progress, executor))
            with progress.stage("making variants", len(dataset)) as advance:
                advance(len(dataset) - sum(len(shard.examples) for shard in missing))
                made = executor.run(making, missing)
                for shard, table in zip(missing, made, strict=True):
                    run.write_table(shard.name, table)
                    advance(len(shard.examples))
        join_shards(run, shards)
    return run.open_table(TABLE)


def attempts_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """The table of attempts, see ``variants_stage``, of rows that a VariantMaker gives."""
    return pa.Table.from_pylist(list(rows), schema=_SCHEMA)
