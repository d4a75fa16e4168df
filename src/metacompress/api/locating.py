"""Locate violations in the network, as a function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.api.inputs import prepare
from metacompress.api.results import StudyResult
from metacompress.api.signature import takes
from metacompress.report.html import write_report
from metacompress.report.pages.locate import locate_page
from metacompress.report.tables.locate import swaps_table
from metacompress.runs.watching import progress_here
from metacompress.study.locate.config import LocateConfig
from metacompress.study.locate.study import run_locate
from metacompress.study.locate.summary import read_located

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.locate.summary import LocateSummary, Swap


class LocateResult(StudyResult):
    """A finished search for the tensors that carry violations.

    Attributes:
        run: the run directory's path.
        summary: what ``locate --json`` prints.
    """

    def __init__(self, run: RunDirectory, summary: LocateSummary) -> None:
        super().__init__(run)
        self.summary = summary

    @property
    def swaps(self) -> list[Swap]:
        """Swaps of one tensor and of one layer, those that remove most violations first."""
        return self.summary.swaps

    def _page(self) -> str:
        return locate_page(self._run, self.summary)

    def _records(self) -> list[dict[str, Any]]:
        return [swap.content() for swap in (self.summary.everything, *self.swaps)]

    def _title(self) -> str:
        return f"LocateResult: {self.summary.relation}"

    def _shown(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        table = swaps_table(self.summary)
        return (*table.texts, *table.numbers), table.rows


@takes(LocateConfig)
def locate(
    teacher: object,
    student: object,
    data: object,
    *,
    overwrite: bool = False,
    report: bool = True,
    progress: Progress | None = None,
    **settings: Any,
) -> LocateResult:
    """Find the tensors of ``student`` that carry its violations.

    Args:
        teacher: as in ``check``; a model whose tensors can be replaced.
        student: likewise, of the teacher's architecture.
        data: as in ``check``.
        **settings: see below.
        overwrite: Replace another study in ``run``.
        report: Write the report, ``report.html`` in the run directory.
        progress: Shows the stages; by default bars, in a notebook or on a terminal.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    made = prepare(LocateConfig, data, {"teacher": teacher, "student": student}, settings)
    run = run_locate(
        made.config,
        models=made.models,
        dataset=made.dataset,
        overwrite=overwrite,
        progress=progress or progress_here(),
    )
    summary = read_located(run)
    if report:
        write_report(run, summary, locate_page)
    return LocateResult(run, summary)
