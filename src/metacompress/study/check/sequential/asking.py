"""Asks the models about sources with one variant each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.data.part import Part
from metacompress.runs.progress import NoProgress
from metacompress.study.check.predicting import predicting_stage
from metacompress.study.check.sequence import SHARDS
from metacompress.study.players import FLOOR
from metacompress.variants.drawing import drawn_attempts
from metacompress.variants.follow_ups import FollowUps
from metacompress.variants.sharing import shared_maker
from metacompress.variants.table import attempts_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from metacompress.data.dataset import Dataset
    from metacompress.runs.stored_table import StoredTable
    from metacompress.study.check.answered import Answered
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.runner import StudyContext
    from metacompress.variants.making import VariantMaker
    from metacompress.variants.plan import VariantPlan


class Asking:
    """Asks about sources of a study, batch by batch; what was asked before comes from its files.

    Args:
        study: whose models, examples and run directory.
        plan: of the variants.
    """

    def __init__(self, study: StudyContext[CheckConfig], plan: VariantPlan) -> None:
        self._study = study
        self._plan = plan
        self._maker: VariantMaker | None = None

    def ask(self, first: int, positions: Sequence[int]) -> tuple[str, dict[Part, Answered]]:
        """Ask about sources with a variant each.

        A variant that no student and the teacher can tell from its source says nothing: the next
        one of the draw takes its place.

        Args:
            first: number of sources before these; names the file of their variants.
            positions: of the sources in the data set.

        Returns:
            the file of the attempts (see ``variants_stage``), and the answers of all models.
        """
        whole = self._study.dataset
        batch = replace(whole, examples=tuple(whole[place] for place in positions))
        shard = f"{SHARDS}/part-{first:07}.parquet"
        run = self._study.run
        if run.has(shard):
            return shard, self._answers(batch, run.open_table(shard))
        draws = {whole[place].id: self._draw(place) for place in positions}
        rows: list[dict[str, Any]] = []
        while True:
            drawn = {one for one, draw in draws.items() if _draws_variant(draw, rows)}
            attempts = attempts_table(rows)
            parts = self._answers(batch, attempts)
            follow_ups = parts[Part.FOLLOW_UPS]
            told_apart = follow_ups.told_apart(set(follow_ups.answers) - {FLOOR})
            served = {batch[row].id for row in np.unique(follow_ups.source_rows[told_apart])}
            draws = {one: draws[one] for one in draws if one in drawn - served}
            if not draws:
                run.write_table(shard, attempts)
                return shard, parts

    def _draw(self, position: int) -> Iterator[dict[str, Any]]:
        if not self._plan.makes_variants:
            return iter(())
        if self._maker is None:
            self._maker = shared_maker(
                self._study.dataset, self._plan, self._study.progress, self._study.executor
            )
        config = self._study.config
        example = self._study.dataset[position]
        return drawn_attempts(self._maker, example, mix=config.mix, seed=config.seed)

    def _answers(self, batch: Dataset, attempts: StoredTable | pa.Table) -> dict[Part, Answered]:
        return predicting_stage(
            replace(self._study, dataset=batch, progress=NoProgress()),
            FollowUps(attempts, batch.examples),
        )


def _draws_variant(draw: Iterator[dict[str, Any]], rows: list[dict[str, Any]]) -> bool:
    """Append attempts up to the next variant; returns whether there is one."""
    for row in draw:
        rows.append(row)
        if "programs" in row:
            return True
    return False
