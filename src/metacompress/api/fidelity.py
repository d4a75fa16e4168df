"""Next-token fidelity, as a function."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.api.inputs import dataset_of, name_of
from metacompress.api.on_parts import ResultOnParts
from metacompress.api.signature import takes
from metacompress.data.task import NEXT_TOKEN
from metacompress.report.html import write_report
from metacompress.report.pages.fidelity import finished_page
from metacompress.report.tables.likelihood import likelihood_table
from metacompress.runs.watching import progress_here
from metacompress.settings.flat import nested
from metacompress.settings.validation import validated
from metacompress.study.fidelity.config import FidelityConfig
from metacompress.study.fidelity.finished import read_finished
from metacompress.study.fidelity.likelihood_summary import LikelihoodSummary
from metacompress.study.fidelity.study import run_fidelity
from metacompress.study.fidelity.summary import FidelitySummary

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.stats.verdict import Verdict
    from metacompress.study.fidelity.likelihood_summary import StudentLikelihood
    from metacompress.study.fidelity.summary import StudentFidelity
    from metacompress.study.judged import RelationOnParts
    from metacompress.study.warnings import StudyWarning


class FidelityResult(ResultOnParts):
    """A finished study of next-token fidelity.

    Attributes:
        run: the run directory's path.
        summary: what ``fidelity --json`` prints.
    """

    def __init__(self, run: RunDirectory, summary: FidelitySummary | LikelihoodSummary) -> None:
        super().__init__(run)
        self.summary = summary

    @property
    def verdict(self) -> Verdict | None:
        """Pass, fail or undecided, over all relations; None with ``by_bytes``."""
        return self.summary.verdict if isinstance(self.summary, FidelitySummary) else None

    @property
    def students(self) -> dict[str, StudentFidelity]:
        """Students by name, each with its verdict, relations and figures; none with
        ``by_bytes``.
        """
        return self.summary.students if isinstance(self.summary, FidelitySummary) else {}

    @property
    def likelihoods(self) -> dict[str, StudentLikelihood]:
        """With ``by_bytes``, students by name with their bits per byte; else none."""
        return self.summary.students if isinstance(self.summary, LikelihoodSummary) else {}

    @property
    def tokens(self) -> pa.Table:
        """One row per predicted token: where it stands, its class, and what the models say."""
        return self._run.read_table("tokens.parquet")

    @property
    def programs(self) -> pa.Table:
        """One row per program: its tokens, and how much of it was read."""
        return self._run.read_table("programs.parquet")

    @property
    def lines(self) -> pa.Table:
        """With ``by_bytes``, one row per line: its bytes, and its bits by model."""
        return self._run.read_table("lines.parquet")

    def _warnings(self) -> Sequence[StudyWarning]:
        return self.summary.warnings

    def _page(self) -> str:
        return finished_page(self._run, self.summary)

    def _relations(self) -> Mapping[str, Mapping[str, RelationOnParts]]:
        return {name: student.relations for name, student in self.students.items()}

    def _records(self) -> list[dict[str, Any]]:
        return super()._records() + [
            {"student": student, "part": str(part), **found.content()}
            for student, one in self.likelihoods.items()
            for part, found in one.parts()
        ]

    def _shown(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        if isinstance(self.summary, FidelitySummary):
            return super()._shown()
        table = likelihood_table(self.summary)
        return (*table.texts, *table.numbers), table.rows


@takes(FidelityConfig)
def fidelity(
    teacher: str | os.PathLike[str],
    student: str | os.PathLike[str] | Mapping[str, str | os.PathLike[str]],
    data: object,
    *,
    overwrite: bool = False,
    report: bool = True,
    progress: Progress | None = None,
    **settings: Any,
) -> FidelityResult:
    """Compare the next-token distributions of compressed language models with their teacher's.

    Args:
        teacher: a directory, a GGUF file, a hub id, or ``causal:LOCATION?option=value``.
        student: likewise; a dictionary of several by name.
        data: as in ``check``; labels are not read.
        **settings: see below.
        overwrite: Replace another study in ``run``.
        report: Write the report, ``report.html`` in the run directory.
        progress: Shows the stages; by default bars, in a notebook or on a terminal.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    if isinstance(student, Mapping):
        student = {name: os.fspath(one) for name, one in student.items()}
    given = {**settings, "teacher": teacher, "student": student, "data": name_of(data)}
    config = validated(FidelityConfig, nested(FidelityConfig, given))
    dataset = None if isinstance(data, (str, Path)) else dataset_of(data, NEXT_TOKEN, config.data)
    run = run_fidelity(
        config, dataset=dataset, overwrite=overwrite, progress=progress or progress_here()
    )
    summary = read_finished(run)
    if report:
        write_report(run, summary, finished_page)
    return FidelityResult(run, summary)
