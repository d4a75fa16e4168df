"""The files for CI systems of a finished check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.files.overlap import refuse_output_over
from metacompress.report.ci.outcome import check_outcome
from metacompress.report.ci.writing import refuse_unfit_files, write_files
from metacompress.runs.place import run_and_student
from metacompress.settings.contents import input_files
from metacompress.study.check.kind import CHECK
from metacompress.study.inputs import inputs_of

if TYPE_CHECKING:
    from metacompress.report.ci.outcome import Outcome
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.settings.output import OutputSettings
    from metacompress.study.check.config import CheckConfig, CompareConfig
    from metacompress.study.check.summary import CheckSummary


def refuse_unfit_check_files(config: CheckConfig, *, student_first: bool = False) -> None:
    """Refuse files of a check that cannot be written, before any model is loaded.

    Raises:
        UsageError: see ``refuse_unfit_files``.
    """
    reads = inputs_of(config.models(), config.data, input_files(config))
    writes: list[tuple[str, str | Path | None]] = [("--store", config.store)]
    if config.run:
        of_run = _files_of("the run", Path(config.run))
        reads += of_run
        writes += of_run
    refuse_unfit_files(config.output, reads, writes, counterexamples=not student_first)


def refuse_unfit_comparison_files(config: CompareConfig, page: Path | None = None) -> None:
    """Refuse files of a comparison that cannot be written.

    Args:
        config: of the comparison.
        page: file of its page, if there is one.

    Raises:
        UsageError: see ``refuse_unfit_files``.
    """
    runs = {"the baseline": config.baseline, "the run": config.run}
    reads = [
        file for name, place in runs.items() for file in _files_of(name, run_and_student(place)[0])
    ]
    if page is not None:
        refuse_output_over(page, "--out", reads)
    refuse_unfit_files(config.output, reads, [("--out", page)], counterexamples=False)


def write_check_files(run: RunDirectory, summary: CheckSummary, output: OutputSettings) -> Outcome:
    """Write the files that are asked for; returns the outcome.

    Raises:
        UsageError: one cannot be written.
        RunDirectoryError: the run lacks a table or holds a damaged one.
    """
    from metacompress.report.ci.sarif import sarif_text

    outcome = check_outcome(summary)
    write_files(outcome, output, lambda: sarif_text(run, summary))
    return outcome


def _files_of(name: str, run: Path) -> list[tuple[str, str | Path]]:
    """What a check writes into its directory; files of others may stand beside them."""
    return [(name, run / file) for file in CHECK.files]
