"""The variants of one side of a repair, by one family of transformations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.data.dataset import Dataset
from metacompress.runs.run_directory import RunDirectory
from metacompress.variants.follow_ups import FollowUps
from metacompress.variants.plan import make_plan
from metacompress.variants.table import variants_stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.example import Example
    from metacompress.repairing.settings import RepairSettings
    from metacompress.study.runner import StudyContext


def vary(
    study: StudyContext[RepairSettings],
    place: str,
    sources: Sequence[Example],
    transforms: Sequence[str],
) -> FollowUps:
    """Make, check and record the variants of ``sources``; go on where a run was killed.

    Args:
        study: the repair.
        place: name of the directory, in that of the repair, of their table.
        sources: of one side.
        transforms: names of the transformations.
    """
    task = study.dataset.task
    made = study.config.model_copy(update={"transforms": tuple(transforms)})
    attempts = variants_stage(
        Dataset(task, tuple(sources), source=study.dataset.source),
        make_plan(made, arity=task.arity),
        RunDirectory(study.run.path / place),
        study.progress,
        study.executor,
    )
    return FollowUps(attempts, sources)
