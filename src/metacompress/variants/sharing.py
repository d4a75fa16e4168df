"""Work on variants that workers share: collecting names, and making variants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.transforms.naming import CorpusNaming, NameCounts, added_counts
from metacompress.variants.analyses import Analyses
from metacompress.variants.making import VariantMaker, recorded_of
from metacompress.workers.job import Job

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Program
    from metacompress.runs.progress import Progress
    from metacompress.variants.plan import VariantPlan
    from metacompress.workers.job import Executor

# Programs of a task.
_PROGRAMS = 256


@dataclass(frozen=True)
class _CollectNames(Job[None, "Sequence[Program]", NameCounts]):
    """Counts the names of programs."""

    def setup(self) -> None:
        return None

    def do(self, state: None, task: Sequence[Program]) -> NameCounts:
        analyses = Analyses(0)
        analysed = (analyses.get(program) for program in task)
        return CorpusNaming.count(one for one in analysed if one is not None)

    def describe(self, task: Sequence[Program]) -> str:
        return f"names of {len(task)} programs"


def shared_maker(
    dataset: Dataset, plan: VariantPlan, progress: Progress, executor: Executor
) -> VariantMaker:
    """``VariantMaker.of``, with names that workers collect.

    Raises:
        MissingFrontEndError: no program that is to be transformed can be analysed.
    """
    if executor.workers == 1 or plan.substitutes or not plan.transformations:
        return VariantMaker.of(dataset, plan, progress)
    plan.require_front_end(dataset)
    programs = list(dict.fromkeys(one for example in dataset for one in example.programs))
    parts = [programs[start : start + _PROGRAMS] for start in range(0, len(programs), _PROGRAMS)]
    with progress.stage("collecting names", len(programs)) as advance:
        counts = []
        for part, found in zip(parts, executor.run(_CollectNames(), parts), strict=True):
            counts.append(found)
            advance(len(part))
    return VariantMaker(plan, CorpusNaming(added_counts(counts)), others=recorded_of(plan, dataset))
