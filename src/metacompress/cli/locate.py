"""``metacompress locate``: which tensors of a student carry its violations?"""

from __future__ import annotations

from metacompress.cli.flags import Json, Overwrite
from metacompress.cli.options import print_json, takes
from metacompress.runs.progress import Progress
from metacompress.study.locate.config import LocateConfig


@takes(LocateConfig, positional=("config",))
def locate(
    settings: LocateConfig,
    *,
    overwrite: Overwrite = False,
    json: Json = False,
    progress: Progress,
) -> None:
    """Find the tensors of a student that carry its violations.

    For a student of the teacher's own architecture: quantised, pruned by zeros, or fine-tuned. One
    tensor, then one layer at a time is put back to the teacher's, and ranked by the violations that
    this removes; and likewise put into the teacher, by the violations that this causes.
    """
    from metacompress.report.html import write_report
    from metacompress.report.pages.locate import locate_page
    from metacompress.report.terminal.locate import print_located
    from metacompress.study.locate.study import run_locate
    from metacompress.study.locate.summary import read_located

    run = run_locate(settings, overwrite=overwrite, progress=progress)
    summary = read_located(run)
    page = write_report(run, summary, locate_page)
    if json:
        print_json(summary.content())
    else:
        print_located(summary, page)
