"""Repair a student, as a function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.api.inputs import prepare
from metacompress.api.signature import takes
from metacompress.repairing.repairing import run_repair
from metacompress.repairing.settings import RepairSettings
from metacompress.repairing.summary import read_repair
from metacompress.report.html import write_report
from metacompress.report.pages.repair import repair_page
from metacompress.runs.watching import progress_here

if TYPE_CHECKING:
    from metacompress.repairing.summary import RepairSummary
    from metacompress.runs.progress import Progress


@takes(RepairSettings)
def repair(
    teacher: object,
    student: object,
    data: object,
    *,
    overwrite: bool = False,
    report: bool = True,
    progress: Progress | None = None,
    **settings: Any,
) -> RepairSummary:
    """Make a student more faithful to its teacher, and prove it on held-out sources.

    Args:
        teacher: as in ``check``.
        student: likewise; to be trained further it is a Hugging Face directory or hub id.
        data: as in ``check``.
        **settings: see below.
        overwrite: Replace another repair in ``run``.
        report: Write the report, ``report.html`` in the run directory.
        progress: Shows the stages; by default bars, in a notebook or on a terminal.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    made = prepare(RepairSettings, data, {"teacher": teacher, "student": student}, settings)
    run = run_repair(
        made.config,
        models=made.models,
        dataset=made.dataset,
        overwrite=overwrite,
        progress=progress or progress_here(),
    )
    summary = read_repair(run)
    if report:
        write_report(run, summary, repair_page)
    return summary
