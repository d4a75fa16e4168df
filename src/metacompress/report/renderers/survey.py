"""A finished check that asked the student first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.renderer import Renderer
from metacompress.report.survey import print_survey
from metacompress.runs.run_files import SUMMARY
from metacompress.study.check.survey.summary import read_student_first

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.study.check.survey.summary import StudentFirstSummary


def _show(summary: StudentFirstSummary, page: Path | None) -> None:
    print_survey(summary)


RENDERER = Renderer(SUMMARY, read_student_first, _show)
