"""What a sequential check decided, as evaluations, records, a table and lines to watch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.data.part import Part
from metacompress.stats.verdict import Verdict
from metacompress.study.check.sequence import SequenceRow, SequenceSummary, StudentSequence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.relations.evaluation import Evaluation
    from metacompress.relations.sequential.family import SequentialFamily, SequentialRow
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.readings.judging import Reading
    from metacompress.study.check.sequence import LastTest, Stop

TABLE = "sequence.parquet"
Row = tuple[str, Part]
"""A relation, by its name, on one part."""
Families = dict[str, "SequentialFamily[Row]"]
"""The rows of each student."""
# Of what is watched: lines, and what of 80 columns is left for them and for a student's name.
_LINES, _WIDTH, _NAME = 6, 64, 6
_SCHEMA = pa.schema(
    [
        ("student", pa.string()),
        ("relation", pa.string()),
        ("part", pa.string()),
        ("sources", pa.int64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("log_e_pass", pa.float64()),
        ("log_e_fail", pa.float64()),
        ("verdict", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Sequenced:
    """What was asked in sequence, and what it decided.

    Attributes:
        dataset: the sources that were asked.
        shards: files of the attempts to make their variants, see ``join_attempts``.
        families: the rows of each student.
        table: their intervals after each batch.
        tested: whether all inputs were asked and tested once.
        asked: sources asked in sequence.
        sources: sources that could have been.
        left_out: the others, which share a program or a group with one of them.
        stop: why it ended.
        alpha: error of a side that the sequence spends.
        alpha_last: error of a side of the last test.
        last_test: of this study, or of one with fewer sources.
    """

    dataset: Dataset
    shards: Sequence[str]
    families: Families
    table: pa.Table
    tested: bool
    asked: int
    sources: int
    left_out: int
    stop: Stop
    alpha: float
    alpha_last: float
    last_test: LastTest | None

    @property
    def confidence(self) -> float:
        """Level of the intervals that do not come from the sequence."""
        return 1 - 2 * (self.alpha_last if self.tested else self.alpha)

    def verdict(self, student: str) -> Verdict:
        """Over all rows of a student."""
        return self.families[student].verdict

    def decided(self, reading: Reading) -> Reading:
        """What a student is found to do on what was asked, with the verdicts and intervals of the
        sequence in place of those of a fixed sample.

        Rows that were left to the last test keep its estimates.
        """
        rows = self.families[reading.name].rows
        evaluations = {
            name: {part: self._decided(rows[name, part], one) for part, one in parts.items()}
            for name, parts in reading.evaluations.items()
        }
        return replace(reading, evaluations=evaluations)

    def _decided(self, row: SequentialRow, one: Evaluation) -> Evaluation:
        verdict = (row.verdict or Verdict.UNDECIDED) if row.applies else None
        if self.tested and (row.by_last_test or row.verdict is None):
            return replace(one, verdict=verdict)
        low, high = row.interval or one.scores.bounds
        estimate = replace(
            one.estimate,
            low=float(np.fmin(low, one.estimate.value)),
            high=float(np.fmax(high, one.estimate.value)),
            p_within=float(np.exp(-row.log_pass)),
            p_outside=float(np.exp(-row.log_fail)),
        )
        return replace(one, verdict=verdict, estimate=estimate, confidence=1 - 2 * self.alpha)

    def summary(self, config: CheckConfig) -> SequenceSummary:
        """The record of it."""
        return SequenceSummary(
            order_seed=config.order_seed,
            asked=self.asked,
            sources=self.sources,
            left_out=self.left_out,
            stopped=self.stop,
            until=config.until,
            margin=config.margin,
            alpha=self.alpha,
            alpha_last=self.alpha_last,
            last_test_at=None if self.last_test is None else self.last_test.asked,
            students={
                name: StudentSequence(failed_at=family.failed_at, rows=_rows(family))
                for name, family in self.families.items()
            },
        )


def _rows(family: SequentialFamily[Row]) -> dict[str, dict[Part, SequenceRow]]:
    found: dict[str, dict[Part, SequenceRow]] = {}
    for (relation, part), row in family.rows.items():
        low, high = row.interval or (None, None)
        found.setdefault(relation, {})[part] = SequenceRow(
            verdict=row.verdict,
            decided_at=row.decided_at,
            by_last_test=row.by_last_test,
            log_e_pass=row.log_pass,
            log_e_fail=row.log_fail,
            low=low,
            high=high,
        )
    return found


def intervals(families: Mapping[str, SequentialFamily[Row]]) -> pa.Table:
    """Long table of the rows now: student, relation, part, sources, low, high, log_e_pass,
    log_e_fail, verdict.
    """
    rows = [
        {
            "student": student,
            "relation": relation,
            "part": str(part),
            "sources": family.sources,
            "low": row.interval[0],
            "high": row.interval[1],
            "log_e_pass": row.log_pass,
            "log_e_fail": row.log_fail,
            "verdict": row.verdict,
        }
        for student, family in families.items()
        for (relation, part), row in family.rows.items()
        if row.interval is not None
    ]
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def sequence_lines(families: Mapping[str, SequentialFamily[Row]]) -> list[str]:
    """Lines for a person to watch: what is open, the least certain first, within 80 columns."""
    needed = {student: -np.log(family.alpha) for student, family in families.items()}
    waiting = [
        (max(row.log_pass, row.log_fail) / needed[student], student, name, row)
        for student, family in families.items()
        for name, row in family.rows.items()
        if name in family.open and row.interval is not None
    ]
    total = sum(row.applies for family in families.values() for row in family.rows.values())
    lines = [f"{total - len(waiting)} of {total} rows decided"]
    for _, student, (relation, part), row in sorted(waiting, key=lambda one: one[0])[:_LINES]:
        low, high = row.interval or (0.0, 1.0)
        who = f"{student[:_NAME]}: " if len(families) > 1 else ""
        line = f"{who}{relation} on {part.words}: {100 * low:.1f} to {100 * high:.1f} %"
        lines.append(line[:_WIDTH])
    return lines
