"""Sources with their variants, some at a time: what is measured and stored together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from metacompress.variants.attempt import VariantAttempt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from metacompress.data.example import Example
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.stored_table import StoredTable

_SHARD_SIZE = 8


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """A source with its variants.

    Attributes:
        number: of the source among all of them.
        source: its only program counts.
        first: number of its first variant among all of them.
        variants: that were made of it.
    """

    number: int
    source: Example
    first: int
    variants: tuple[VariantAttempt, ...]


@dataclass(frozen=True, slots=True)
class Shard:
    """Groups whose tables are stored together.

    Attributes:
        number: from 0.
        groups: of sources.
    """

    number: int
    groups: tuple[SourceGroup, ...]

    def file(self, directory: str, table: str) -> str:
        """Its part of a table, in a directory of the run directory."""
        return f"{directory}/{table.removesuffix('.parquet')}-{self.number:06}.parquet"

    @property
    def programs(self) -> int:
        """Sources and variants in it."""
        return sum(1 + len(group.variants) for group in self.groups)


def write_by_shard(
    tables: Mapping[str, pa.Schema],
    make: Callable[[Shard], Sequence[pa.Table]],
    sources: Sequence[Example],
    attempts: StoredTable,
    run: RunDirectory,
    progress: Progress,
    *,
    directory: str,
    stage: str,
    size: int = _SHARD_SIZE,
) -> int:
    """Write tables shard by shard; go on where a run was killed.

    Args:
        tables: schemas by file name.
        make: the rows of a shard in each of them, in their order.
        sources: the examples.
        attempts: the table of variants.
        run: where the tables go.
        progress: shows the stage.
        directory: of the shards' files in the run directory, which are removed at the end.
        stage: its name.
        size: sources of a shard; files of a run that goes on are of the size that it began with.

    Returns:
        how many programs were really asked about.
    """
    if all(map(run.has, tables)):
        return 0
    written: list[list[str]] = []
    asked = 0
    with progress.stage(stage, -(-len(sources) // size)) as advance:
        for shard in _shards(sources, attempts, size):
            files = [shard.file(directory, name) for name in tables]
            if not all(map(run.has, files)):
                for file, rows in zip(files, make(shard), strict=True):
                    run.write_table(file, rows)
                asked += shard.programs
            written.append(files)
            advance(1)
    for place, (name, schema) in enumerate(tables.items()):
        parts = (run.open_table(files[place]).groups() for files in written)
        run.write_groups(name, schema, (group for part in parts for group in part))
    run.remove(directory, [f"{directory}/*.parquet"])
    return asked


def _shards(sources: Sequence[Example], attempts: StoredTable, size: int) -> Iterator[Shard]:
    """All shards, in order; variants are read when their shard is asked for."""
    groups = _groups(sources, attempts)
    number = 0
    while some := tuple(islice(groups, size)):
        yield Shard(number, some)
        number += 1


def _groups(sources: Sequence[Example], attempts: StoredTable) -> Iterator[SourceGroup]:
    made = groupby(_made(attempts), key=attrgetter("source_id"))
    waiting = next(made, None)
    first = 0
    for number, source in enumerate(sources):
        variants: tuple[VariantAttempt, ...] = ()
        if waiting is not None and waiting[0] == source.id:
            variants = tuple(waiting[1])
            waiting = next(made, None)
        yield SourceGroup(number, source, first, variants)
        first += len(variants)


def _made(attempts: StoredTable) -> Iterator[VariantAttempt]:
    for group in attempts.groups():
        for row in group.filter(pc.is_null(group["refusal"])).to_pylist():
            yield VariantAttempt.of(row)
