"""Completions, as a function."""

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
from metacompress.report.pages.completions import completions_page
from metacompress.runs.watching import progress_here
from metacompress.settings.flat import nested
from metacompress.settings.validation import validated
from metacompress.study.completions.config import CompletionsConfig
from metacompress.study.completions.study import run_completions
from metacompress.study.completions.summary import read_completions

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.stats.verdict import Verdict
    from metacompress.study.completions.summary import CompletionsSummary, StudentCompletions
    from metacompress.study.judged import RelationOnParts
    from metacompress.study.warnings import StudyWarning


class CompletionsResult(ResultOnParts):
    """A finished study of completions.

    Attributes:
        run: the run directory's path.
        summary: what ``completions --json`` prints.
    """

    def __init__(self, run: RunDirectory, summary: CompletionsSummary) -> None:
        super().__init__(run)
        self.summary = summary

    @property
    def verdict(self) -> Verdict:
        """Pass, fail or undecided, over all relations."""
        return self.summary.verdict

    @property
    def students(self) -> dict[str, StudentCompletions]:
        """Students by name, each with its verdict, relations and figures."""
        return self.summary.students

    @property
    def completions(self) -> pa.Table:
        """One row per program: what the models read and wrote, and how alike their texts are."""
        return self._run.read_table("completions.parquet")

    def _warnings(self) -> Sequence[StudyWarning]:
        return self.summary.warnings

    def _page(self) -> str:
        return completions_page(self._run, self.summary)

    def _relations(self) -> Mapping[str, Mapping[str, RelationOnParts]]:
        return {name: student.relations for name, student in self.students.items()}


@takes(CompletionsConfig)
def completions(
    teacher: str | os.PathLike[str],
    student: str | os.PathLike[str] | Mapping[str, str | os.PathLike[str]],
    data: object,
    *,
    overwrite: bool = False,
    report: bool = True,
    progress: Progress | None = None,
    **settings: Any,
) -> CompletionsResult:
    """Compare how compressed language models and their teacher complete programs.

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
    config = validated(CompletionsConfig, nested(CompletionsConfig, given))
    dataset = None if isinstance(data, (str, Path)) else dataset_of(data, NEXT_TOKEN, config.data)
    run = run_completions(
        config, dataset=dataset, overwrite=overwrite, progress=progress or progress_here()
    )
    summary = read_completions(run)
    if report:
        write_report(run, summary, completions_page)
    return CompletionsResult(run, summary)
