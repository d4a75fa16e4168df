"""Plan a check, as a function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.api.inputs import prepare
from metacompress.api.signature import takes
from metacompress.report.html import write_report
from metacompress.report.pages.check import check_page
from metacompress.runs.watching import progress_here
from metacompress.settings.flat import nested
from metacompress.settings.validation import validated
from metacompress.study.check.summary import read_check
from metacompress.study.planning.planning import plan_check
from metacompress.study.planning.settings import PlanConfig

if TYPE_CHECKING:
    from metacompress.runs.progress import Progress
    from metacompress.study.planning.summary import PlanSummary


@takes(PlanConfig)
def plan(
    teacher: object = None,
    student: object = None,
    data: object = None,
    *,
    floor: object = None,
    progress: Progress | None = None,
    **settings: Any,
) -> PlanSummary:
    """Plan a check: the sources that it needs, its calls and its time.

    Args:
        teacher: as in ``check``; without teacher, student and data, sizes alone are planned.
        student: likewise.
        data: as in ``check``.
        floor: as in ``check``.
        **settings: see below.
        progress: Shows the stages; by default bars, in a notebook or on a terminal.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    if data is None:
        named = {"teacher": teacher, "student": student, "floor": floor}
        given = {name: model for name, model in named.items() if model is not None}
        return plan_check(validated(PlanConfig, nested(PlanConfig, {**settings, **given})))
    models = {"teacher": teacher, "student": student, "floor": floor}
    made = prepare(PlanConfig, data, models, settings)
    return plan_check(
        made.config,
        models=made.models,
        dataset=made.dataset,
        finish=lambda run: write_report(run, read_check(run), check_page),
        progress=progress or progress_here(),
    )
