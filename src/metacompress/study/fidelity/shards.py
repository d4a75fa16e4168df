"""Sources with their variants, some at a time: what is measured and stored together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from metacompress.study.fidelity.tables import SHARDS
from metacompress.variants.attempt import VariantAttempt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from metacompress.data.example import Example
    from metacompress.runs.stored_table import StoredTable

# Sources of a shard. What it depends on is stored with a run that goes on: the number stays.
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

    @property
    def tokens(self) -> str:
        """File of its tokens, in the run directory."""
        return f"{SHARDS}/tokens-{self.number:06}.parquet"

    @property
    def lines(self) -> str:
        """File of its lines."""
        return f"{SHARDS}/lines-{self.number:06}.parquet"

    @property
    def programs(self) -> str:
        """File of its programs."""
        return f"{SHARDS}/programs-{self.number:06}.parquet"


def shards(sources: Sequence[Example], attempts: StoredTable) -> Iterator[Shard]:
    """All shards, in order; variants are read when their shard is asked for.

    Args:
        sources: the examples.
        attempts: the table of variants, in their order; see ``variants_stage``.
    """
    groups = _groups(sources, attempts)
    number = 0
    while some := tuple(islice(groups, _SHARD_SIZE)):
        yield Shard(number, some)
        number += 1


def count_shards(sources: int) -> int:
    """How many shards so many sources make."""
    return -(-sources // _SHARD_SIZE)


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
