"""Plan a check: the one way in for the command line and the Python API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.errors import UsageError
from metacompress.runs.progress import NoProgress
from metacompress.study.planning.pilot import measure_cost
from metacompress.study.planning.sizes import CAP, planned_rates, tolerances
from metacompress.study.planning.summary import PlanSummary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.data.dataset import Dataset
    from metacompress.runs.progress import Progress
    from metacompress.study.planning.pilot import Finish
    from metacompress.study.planning.settings import PlanConfig


def plan_check(
    config: PlanConfig,
    *,
    models: Mapping[str, object] | None = None,
    dataset: Dataset | None = None,
    finish: Finish = lambda run: None,
    progress: Progress | None = None,
) -> PlanSummary:
    """Plan a check: sources by guessed rate, and calls and time where models and data are given.

    Args:
        config: of the plan.
        models: see ``run_study``.
        dataset: see ``run_study``.
        finish: what is done with a finished run, as part of its cost.
        progress: shows the stages.

    Raises:
        UsageError: no relation has a tolerance between 0 and 1.
        MetaCompressError: models or data cannot be used; see metacompress.errors.
    """
    progress = progress or NoProgress()
    planned = tolerances(config)
    if not planned:
        raise UsageError(
            "no relation has a tolerance between 0 and 1; give one with --tolerance",
            option="tolerance",
        )
    cost = None
    if config.has_check:
        cost = measure_cost(
            config, models=models, dataset=dataset, finish=finish, progress=progress
        )
    total = sum(len(config.rates_about(tolerance)) for tolerance in planned)
    with progress.stage("sizes by rate", total) as advance:
        rates = planned_rates(config, None if cost is None else cost.sources, advance)
    return PlanSummary(
        confidence=config.confidence,
        power=config.power,
        inputs_per_source=config.inputs_per_source,
        correlation=config.correlation,
        applicable=config.applicable,
        sequential_cap=CAP if cost is None else cost.sources,
        rates=rates,
        cost=cost,
        config=config.identity(),
    )
