"""Next-token fidelity, as a function."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.api.inputs import dataset_of, name_of
from metacompress.api.results import StudyResult
from metacompress.api.shown import rate_text
from metacompress.api.signature import takes
from metacompress.data.task import NEXT_TOKEN
from metacompress.report.html import write_report
from metacompress.report.pages.fidelity import fidelity_page, finished_page
from metacompress.runs.watching import progress_here
from metacompress.settings.flat import nested
from metacompress.settings.validation import validated
from metacompress.study.fidelity.config import FidelityConfig
from metacompress.study.fidelity.finished import read_finished
from metacompress.study.fidelity.study import run_fidelity
from metacompress.study.fidelity.summary import FidelitySummary

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.stats.verdict import Verdict
    from metacompress.study.fidelity.likelihood_summary import LikelihoodSummary
    from metacompress.study.fidelity.summary import StudentFidelity


class FidelityResult(StudyResult):
    """A finished study of next-token fidelity.

    Attributes:
        run: the run directory's path.
        summary: what ``fidelity --json`` prints.
    """

    def __init__(self, run: RunDirectory, summary: FidelitySummary) -> None:
        super().__init__(run)
        self.summary = summary

    @property
    def verdict(self) -> Verdict:
        """Pass, fail or undecided, over all relations."""
        return self.summary.verdict

    @property
    def students(self) -> dict[str, StudentFidelity]:
        """Students by name, each with its verdict, relations and figures."""
        return self.summary.students

    @property
    def tokens(self) -> pa.Table:
        """One row per predicted token: where it stands, its class, and what the models say."""
        return self._run.read_table("tokens.parquet")

    @property
    def programs(self) -> pa.Table:
        """One row per program: its tokens, and how much of it was read."""
        return self._run.read_table("programs.parquet")

    @property
    def variants(self) -> pa.Table:
        """One row per requested variant: its refusal, or its programs and edits."""
        return self._run.read_table("variants.parquet")

    def _page(self) -> str:
        return fidelity_page(self._run, self.summary)

    def _records(self) -> list[dict[str, Any]]:
        return [
            {"student": student, "relation": name, "part": str(part), **judged.content()}
            for student, found in self.students.items()
            for name, relation in found.relations.items()
            for part, judged in relation.parts()
        ]

    def _title(self) -> str:
        return f"FidelityResult: {self.verdict}"

    def _shown(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        return ("verdict", "student", "relation", "inputs", "value (interval)"), [
            (
                judged.verdict or "–",
                student,
                name,
                part.words,
                rate_text(judged.value, judged.low, judged.high),
            )
            for student, found in self.students.items()
            for name, relation in found.relations.items()
            for part, judged in relation.parts()
        ]


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
) -> FidelityResult | LikelihoodSummary:
    """Compare the next-token distributions of compressed language models with their teacher's.

    Args:
        teacher: a directory, a GGUF file, a hub id, or ``causal:LOCATION?option=value``.
        student: likewise; a dictionary of several by name.
        data: as in ``check``; labels are not read.
        **settings: see below.
        overwrite: Replace another study in ``run``.
        report: Write the report, ``report.html`` in the run directory.
        progress: Shows the stages; by default bars, in a notebook or on a terminal.

    Returns:
        a FidelityResult; with ``by_bytes``, the summary of the comparison by bits per byte.

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
    return FidelityResult(run, summary) if isinstance(summary, FidelitySummary) else summary
