"""``metacompress plan``: how large must a check be, and what will it cost?"""

from __future__ import annotations

from metacompress.cli.flags import Json
from metacompress.cli.options import print_json, takes
from metacompress.runs.progress import Progress
from metacompress.study.planning.settings import PlanConfig


@takes(PlanConfig, positional=("config",))
def plan(settings: PlanConfig, *, json: Json = False, progress: Progress) -> None:
    """Plan a check: the sources that it needs, its calls and its time.

    Takes the settings of check; --run and --store have no effect. Without teacher, student and
    data it tells sizes alone; with them it runs a pilot on a sample of the sources, and
    extrapolates calls and time to all of them. Nothing of the pilot is kept.
    """
    from metacompress.report.html import write_report
    from metacompress.report.pages.check import check_page
    from metacompress.report.terminal.planning import print_plan
    from metacompress.study.check.summary import read_check
    from metacompress.study.planning.planning import plan_check

    found = plan_check(
        settings,
        finish=lambda run: write_report(run, read_check(run), check_page),
        progress=progress,
    )
    if json:
        print_json(found.content())
    else:
        print_plan(found)
