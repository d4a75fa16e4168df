"""Locate violations in the network: the one way in for the command line and the Python API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.data.part import Part
from metacompress.models.identity import lasting_model
from metacompress.relations import make_relation
from metacompress.relations.registry import parse_relation
from metacompress.settings.contents import input_files
from metacompress.study.check.predicting import predicting_stage
from metacompress.study.locate.kind import LOCATE
from metacompress.study.locate.locating import locating_stage
from metacompress.study.locate.summary import LocatedData, LocateSummary
from metacompress.study.made_variants import summarise_variants
from metacompress.study.runner import run_study
from metacompress.variants.follow_ups import FollowUps
from metacompress.variants.plan import make_plan
from metacompress.variants.table import variants_stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.data.dataset import Dataset
    from metacompress.relations.base import Relation
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.locate.config import LocateConfig
    from metacompress.study.runner import StudyContext
    from metacompress.variants.plan import VariantPlan


def run_locate(
    config: LocateConfig,
    *,
    models: Mapping[str, object] | None = None,
    dataset: Dataset | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> RunDirectory:
    """Find the tensors that carry a student's violations; see ``run_study`` for arguments.

    Killed at any point and run again, it goes on where it was: what mixtures have answered is
    stored.

    Raises:
        MetaCompressError: see metacompress.errors; what was computed so far stays in the run
            directory.
    """
    stages = _Stages(
        make_relation(*parse_relation(config.relation)),
        make_plan(config, arity=config.define(config.task).arity),
    )
    return run_study(
        LOCATE,
        config,
        stages.run,
        name=f"locate-{config.task}",
        files=input_files(config),
        models=models,
        dataset=dataset,
        overwrite=overwrite,
        progress=progress,
    )


@dataclass(frozen=True, slots=True)
class _Stages:
    """What a search for tensors does.

    Attributes:
        relation: whose violations are located.
        plan: of the follow-ups.
    """

    relation: Relation
    plan: VariantPlan

    def run(self, study: StudyContext[LocateConfig]) -> LocateSummary:
        """Write the table of variants; returns the summary."""
        config, dataset = study.config, study.dataset
        attempts = variants_stage(dataset, self.plan, study.run, study.progress, study.executor)
        parts = predicting_stage(study, FollowUps(attempts, dataset.examples))
        located = locating_stage(study, self.relation, parts)
        return LocateSummary(
            task=dataset.task.name,
            relation=self.relation.name,
            constants=self.relation.model_dump(mode="json"),
            violated={
                name: located.student[part].rate
                for part, name in ((Part.SOURCES, "sources"), (Part.FOLLOW_UPS, "follow_ups"))
                if part in located.student
            },
            everything=located.everything,
            swaps=located.swaps,
            alike=located.differing.alike,
            unmatched=located.differing.unmatched,
            data=LocatedData(
                source=dataset.source,
                sources=len(dataset),
                variants=located.variants,
                clusters=located.clusters,
            ),
            variants=summarise_variants(config, attempts),
            fingerprints={name: lasting_model(model) for name, model in study.models.items()},
            config=config.identity(),
        )
