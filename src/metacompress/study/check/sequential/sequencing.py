"""The stage that asks source by source until every row is decided."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.data.part import Part
from metacompress.files.ownership import remove_ours
from metacompress.relations.sequential.family import SequentialFamily, split_error
from metacompress.runs.record import read_record
from metacompress.stats.betting.e_processes import Bet, Wager
from metacompress.stats.verdict import Verdict
from metacompress.study.check.answered import outputs_of
from metacompress.study.check.predicting import predicting_stage
from metacompress.study.check.sequence import STATE, LastTest, SequenceState, Stop, Until
from metacompress.study.check.sequential.asking import Asking
from metacompress.study.check.sequential.decisions import Sequenced, intervals, sequence_lines
from metacompress.study.check.sequential.order import batch_ends, order_digest, sequence_order
from metacompress.variants.follow_ups import FollowUps
from metacompress.variants.table import TABLE as VARIANTS
from metacompress.variants.table import variants_stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.relations.base import Relation
    from metacompress.relations.outputs import Outputs
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.sequential.decisions import Row
    from metacompress.study.runner import StudyContext
    from metacompress.variants.plan import VariantPlan


def sequence_stage(
    study: StudyContext[CheckConfig], relations: Sequence[Relation], plan: VariantPlan
) -> Sequenced:
    """Ask sources in random order, batch by batch, until nothing is open or none is left.

    Each source is asked with one variant, drawn by the mix. Rows that are open after all sources
    are tested once on all inputs, at the error that is kept for that.
    """
    return _Sequence(study, relations, plan).run()


class _Sequence:
    """One sequential check.

    Attributes:
        order: positions of the sources that can be asked in sequence.
        families: the rows of each student.
    """

    def __init__(
        self, study: StudyContext[CheckConfig], relations: Sequence[Relation], plan: VariantPlan
    ) -> None:
        config = study.config
        self._study = study
        self._relations = relations
        self._plan = plan
        self._order = sequence_order(study.dataset.examples, config.order_seed)
        self._alpha, self._alpha_last = split_error(config.confidence)
        tolerance = max(relation.tolerance for relation in relations) + config.margin
        self._too_few = not _could_pass(len(self._order), min(tolerance, 1.0), self._alpha)
        if self._too_few:
            # Nothing is looked at before the last test, whatever the answers.
            self._alpha, self._alpha_last = 0.0, self._alpha + self._alpha_last
        names: list[Row] = [
            (relation.name, part)
            for relation in relations
            for part in Part
            if (relation.on_sources if part is Part.SOURCES else plan.makes_variants)
        ]
        self._families = {
            student: SequentialFamily(names, alpha=self._alpha, margin=config.margin)
            for student in config.student
        }

    def run(self) -> Sequenced:
        """Ask, test what is left open, and record what a larger study must know."""
        study, state = self._study, self._state()
        if state.last_test is None or state.last_test.dataset < len(study.dataset):
            # What an earlier sequence drew is no table of all variants.
            remove_ours(study.run.path, [VARIANTS])
        study.run.write_json(STATE, state.content())
        ends = [] if self._too_few else batch_ends(len(self._order), state.ends)
        asking = Asking(study, self._plan)
        shards, tables = [], []
        settled = False
        with study.progress.watch("asking sources", len(self._order)) as show:
            for start, end in pairwise([0, *ends]):
                shards.append(self._ask(asking, start, end))
                if state.last_test is not None and state.last_test.asked == end:
                    self._repeat(state.last_test)
                tables.append(intervals(self._families))
                show(end - start, sequence_lines(self._families))
                settled = self._settled
                if settled:
                    break
        asked = end if ends else 0
        again = state.last_test is not None and state.last_test.dataset < len(study.dataset)
        tested = not settled and not again
        dataset = study.dataset
        if tested:
            self._test()
            state = state.model_copy(update={"last_test": self._last_test()})
            study.run.write_json(STATE, state.content())
        else:
            chosen = sorted(self._order[:asked])
            dataset = replace(dataset, examples=tuple(dataset[place] for place in chosen))
        stop = Stop.DECIDED if settled else Stop.TOO_FEW if self._too_few else Stop.EXHAUSTED
        return Sequenced(
            dataset,
            shards,
            self._families,
            pa.concat_tables(tables) if tables else intervals({}),
            tested=tested,
            asked=asked,
            sources=len(self._order),
            left_out=len(study.dataset) - len(self._order),
            stop=stop,
            alpha=self._alpha,
            alpha_last=self._alpha_last,
            last_test=state.last_test,
        )

    def _state(self) -> SequenceState:
        """What is known of earlier studies of fewer sources, with this one."""
        sources = [self._study.dataset[place] for place in self._order]
        run = self._study.run
        known = read_record(run, STATE, SequenceState) if run.has(STATE) else None
        ends = {len(sources)} | (set(known.ends) if known else set())
        return SequenceState(
            digest=order_digest(sources),
            sources=len(sources),
            ends=sorted(ends),
            last_test=known.last_test if known else None,
        )

    def _ask(self, asking: Asking, start: int, end: int) -> str:
        """Ask a batch and bet on the answers; returns the file of the attempts at its variants."""
        shard, parts = asking.ask(start, self._order[start:end])
        config = self._study.config
        for student, family in self._families.items():
            outputs = outputs_of(parts, student, config.mix)
            family.add(
                end - start,
                {
                    (relation.name, part): relation.strata(outputs[part])
                    for relation, part in self._judged(outputs)
                },
            )
            family.narrow()
        return shard

    def _test(self) -> None:
        """Ask about all inputs and test open rows once."""
        study = self._study
        attempts = variants_stage(
            study.dataset, self._plan, study.run, study.progress, study.executor
        )
        parts = predicting_stage(study, FollowUps(attempts, study.dataset.examples))
        for student, family in self._families.items():
            outputs = outputs_of(parts, student, study.config.mix)
            scores = {
                (relation.name, part): relation.scores(outputs[part])
                for relation, part in self._judged(outputs)
            }
            family.last_test(scores, self._alpha_last)

    def _judged(self, outputs: Mapping[Part, Outputs]) -> list[tuple[Relation, Part]]:
        return [
            (relation, part)
            for relation in self._relations
            for part, found in outputs.items()
            if len(found) and (part is not Part.SOURCES or relation.on_sources)
        ]

    @property
    def _settled(self) -> bool:
        """Whether no source need be asked any more."""
        rows = self._study.config.until is Until.ROWS
        return all(
            family.verdict is not Verdict.UNDECIDED and not (rows and family.open)
            for family in self._families.values()
        )

    def _last_test(self) -> LastTest:
        decisions: dict[str, dict[str, dict[Part, Verdict]]] = {}
        for student, family in self._families.items():
            for (relation, part), row in family.rows.items():
                if row.by_last_test and row.verdict is not None:
                    decisions.setdefault(student, {}).setdefault(relation, {})[part] = row.verdict
        return LastTest(
            asked=len(self._order), dataset=len(self._study.dataset), decisions=decisions
        )

    def _repeat(self, test: LastTest) -> None:
        """Take the decisions of a last test that was done before there were more sources."""
        if test.dataset == len(self._study.dataset):
            return
        for student, relations in test.decisions.items():
            for relation, parts in relations.items():
                for part, verdict in parts.items():
                    row = self._families[student].rows[relation, part]
                    row.decide(verdict, test.asked, by_last_test=True)


def _could_pass(sources: int, tolerance: float, alpha: float) -> bool:
    """Whether so many sources without a violation would pass a row, however many others fail."""
    wager = Wager(Bet.against_at_least(tolerance))
    wager.add(np.zeros(sources), np.ones(sources))
    return wager.highest >= float(-np.log(alpha))
