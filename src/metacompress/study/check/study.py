"""Check a student against its teacher: the one way in for the command line and the Python API."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from metacompress.relations import make_relation
from metacompress.settings.contents import input_files
from metacompress.study.check import looks, predictions_table, sources
from metacompress.study.check.answered import labels_of
from metacompress.study.check.baselines.baseline import (
    read_baseline,
    refuse_unfit_baseline,
    with_comparisons,
)
from metacompress.study.check.counterexamples import asks_again, counterexamples_stage
from metacompress.study.check.evaluating import evaluating_stage
from metacompress.study.check.kind import CHECK
from metacompress.study.check.predicting import predicting_stage
from metacompress.study.check.representing import refuse_without_states, representing_stage
from metacompress.study.check.sequential import decisions
from metacompress.study.check.sequential.sequencing import sequence_stage
from metacompress.study.check.summarising import summarise
from metacompress.study.costs import measure_latency
from metacompress.study.players import TEACHER
from metacompress.study.runner import run_study
from metacompress.study.warnings import (
    model_warnings,
    repetition_warnings,
    resumption_warnings,
    variant_warnings,
    window_warnings,
)
from metacompress.variants.follow_ups import FollowUps
from metacompress.variants.plan import make_plan
from metacompress.variants.recorded import is_unchecked
from metacompress.variants.table import join_attempts, variants_stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.relations.base import Relation
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.check.baselines.finished import FinishedCheck
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.summary import CheckSummary
    from metacompress.study.runner import StudyContext
    from metacompress.variants.plan import VariantPlan


def run_check(
    config: CheckConfig,
    *,
    models: Mapping[str, object] | None = None,
    dataset: Dataset | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> RunDirectory:
    """Check a student against its teacher; the arguments are those of ``run_study``.

    Killed at any point and run again, it goes on where it was, to the same summary; a finished
    check asks no model again.

    Raises:
        MetaCompressError: see metacompress.errors; what was computed so far stays in the run
            directory.
    """
    stages = _Stages(
        [make_relation(name, constants) for name, constants in config.relations.items()],
        make_plan(config, arity=config.define(config.task).arity),
        read_baseline(config),
    )
    return run_study(
        CHECK,
        config,
        stages.run,
        name=config.task,
        files=input_files(config),
        models=models,
        dataset=dataset,
        overwrite=overwrite,
        progress=progress,
        taking_over=partial(looks.TakingOver, config),
    )


@dataclass(frozen=True, slots=True)
class _Stages:
    """What a check does.

    Attributes:
        relations: that are evaluated.
        plan: of the follow-ups.
        baseline: that the students are compared with, where there is one.
    """

    relations: Sequence[Relation]
    plan: VariantPlan
    baseline: FinishedCheck | None

    def run(self, study: StudyContext[CheckConfig]) -> CheckSummary:
        """Write every table; returns the summary."""
        config, run = study.config, study.run
        if self.baseline is not None:
            refuse_unfit_baseline(self.baseline, study)
        refuse_without_states(study, self.relations)
        sequenced = None
        if config.sequential:
            sequenced = sequence_stage(study, self.relations, self.plan)
            # Below, only what was asked counts.
            study = replace(study, dataset=sequenced.dataset)
            run.write_table(decisions.TABLE, sequenced.table)
            if not sequenced.tested:
                join_attempts(run, sequenced.shards)
        dataset = study.dataset
        run.write_table(sources.QUARANTINE, sources.quarantine_table(dataset))
        run.write_groups(sources.EXAMPLES, sources.SCHEMA, sources.example_tables(dataset))
        attempts = variants_stage(dataset, self.plan, run, study.progress, study.executor)
        follow_ups = FollowUps(attempts, dataset.examples)
        parts = predicting_stage(study, follow_ups)
        run.write_groups(
            predictions_table.TABLE,
            predictions_table.predictions_schema(list(study.models)),
            predictions_table.prediction_tables(parts),
        )
        answers = {name: [part.answers[name] for part in parts.values()] for name in study.models}
        unchecked = filter(is_unchecked, follow_ups.kinds.names)
        warnings = [
            *model_warnings(
                answers,
                labels_of(dataset),
                dataset.task.labels,
                config.student,
            ),
            *window_warnings(answers, study.models, TEACHER),
            *resumption_warnings(study.models),
            *repetition_warnings(dataset.examples),
            *variant_warnings(
                sum(int(follow_ups.kinds.are(name).sum()) for name in unchecked), len(follow_ups)
            ),
            *looks.look_warnings(config),
        ]
        states = representing_stage(study, self.relations, parts)
        latency = measure_latency(
            study.models, dataset.examples, study.asked, study.progress, study.executor
        )
        study.latency.update({name: found.content() for name, found in latency.items()})
        if not asks_again(config):
            study.executor.rest()
        students, readings = evaluating_stage(
            study, self.relations, parts, states, sequenced, warnings
        )
        looked = counterexamples_stage(study, self.relations, readings, parts, attempts)
        sequence = None if sequenced is None else sequenced.summary(config)
        summary = summarise(study, students, readings, attempts, parts, warnings, sequence, looked)
        if self.baseline is not None:
            summary = with_comparisons(summary, self.baseline, study, parts)
        return summary
