"""``metacompress repair``: a better student at a stated cost, proved on held-out sources."""

from __future__ import annotations

from metacompress.cli.exits import verdict_status
from metacompress.cli.flags import Json, Overwrite
from metacompress.cli.options import print_json, takes
from metacompress.repairing.settings import RepairSettings
from metacompress.runs.progress import Progress


@takes(RepairSettings, positional=("config",))
def repair(
    settings: RepairSettings,
    *,
    overwrite: Overwrite = False,
    json: Json = False,
    progress: Progress,
) -> int:
    """Make a student more faithful to its teacher, and prove it on held-out sources.

    The programs are shared out: some to learn from, some to choose by, some to prove on. The
    repaired student is RUN/repaired. By distillation it needs the extra torch.

    Exit status: 0 a repair is shown, 1 the student has become worse, 3 neither is shown, 2 an
    error, 70 an internal error.
    """
    from metacompress.repairing.repairing import run_repair
    from metacompress.repairing.summary import read_repair
    from metacompress.report.html import write_report
    from metacompress.report.pages.repair import repair_page
    from metacompress.report.terminal.repair import print_repair

    run = run_repair(settings, overwrite=overwrite, progress=progress)
    summary = read_repair(run)
    page = write_report(run, summary, repair_page)
    if json:
        print_json(summary.content())
    else:
        print_repair(summary, page)
    return verdict_status(summary.verdict)
