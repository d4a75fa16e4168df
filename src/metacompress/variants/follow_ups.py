"""The follow-up inputs of a table of variants, rebuilt whenever they are gone over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metacompress.relations.kinds import Kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.runs.stored_table import StoredTable


class FollowUps:
    """The variants of a table of attempts as examples; only what is small of them is held.

    Attributes:
        ids: of n follow-ups.
        source_rows: int (n,); the place of each one's source among the sources.
        kinds: their transformations.

    Args:
        attempts: see ``variants_stage``.
        sources: examples with the ids of all sources in it.

    Raises:
        KeyError: one has no source.
    """

    def __init__(self, attempts: StoredTable | pa.Table, sources: Sequence[Example]) -> None:
        self._attempts = attempts
        self._sources = sources
        row_of = {example.id: row for row, example in enumerate(sources)}
        ids: list[pa.Array] = []
        rows: list[NDArray[np.intp]] = [np.zeros(0, dtype=np.intp)]
        names: list[pa.Array] = []
        for group in self._made(["id", "source_id", "transformation"]):
            ids += group["id"].chunks
            names += group["transformation"].chunks
            sourced = (row_of[one] for one in group["source_id"].to_pylist())
            rows.append(np.fromiter(sourced, dtype=np.intp))
        self.ids = pa.chunked_array(ids, pa.string())
        self.source_rows: NDArray[np.intp] = np.concatenate(rows)
        self.kinds = Kinds.of(name for chunk in names for name in chunk.to_pylist())

    def __len__(self) -> int:
        return len(self.source_rows)

    def __iter__(self) -> Iterator[Example]:
        rows = iter(self.source_rows)
        for group in self._made(["id", "programs"]):
            for name, texts in zip(
                group["id"].to_pylist(), group["programs"].to_pylist(), strict=True
            ):
                yield replace(self._sources[next(rows)].with_texts(texts), id=name)

    def _made(self, columns: list[str]) -> Iterator[pa.Table]:
        wanted = [*columns, "refusal"]
        groups = (
            [self._attempts.select(wanted)]
            if isinstance(self._attempts, pa.Table)
            else self._attempts.groups(wanted)
        )
        for group in groups:
            yield group.filter(pc.is_null(group["refusal"]))
