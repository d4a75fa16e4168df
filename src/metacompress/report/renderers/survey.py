"""A finished check that asked the student first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.ci.outcome import survey_outcome
from metacompress.report.ci.writing import write_files
from metacompress.report.renderer import Renderer
from metacompress.report.terminal.survey import print_survey
from metacompress.runs.run_files import SUMMARY
from metacompress.study.check.survey.summary import read_student_first

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.runs.run_directory import RunDirectory
    from metacompress.settings.output import OutputSettings
    from metacompress.study.check.survey.summary import StudentFirstSummary


def _show(summary: StudentFirstSummary, page: Path | None) -> None:
    print_survey(summary)


def _files(run: RunDirectory, summary: StudentFirstSummary, output: OutputSettings) -> None:
    write_files(survey_outcome(summary), output)


RENDERER = Renderer(SUMMARY, read_student_first, _show, files=_files)
