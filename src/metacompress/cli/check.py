"""``metacompress check``: does the student behave like the teacher?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.cli.flags import Json, Overwrite, StudentFirst
from metacompress.cli.options import print_json, takes
from metacompress.runs.progress import Progress
from metacompress.stats.verdict import combine
from metacompress.study.check.config import CheckConfig

if TYPE_CHECKING:
    from metacompress.study.check.summary import CheckSummary
    from metacompress.study.check.survey.summary import StudentFirstSummary

EXIT_STATUS = {"pass": 0, "fail": 1, "undecided": 3}


@takes(CheckConfig, positional=("config",))
def check(
    settings: CheckConfig,
    *,
    student_first: StudentFirst = False,
    overwrite: Overwrite = False,
    json: Json = False,
    progress: Progress,
) -> int:
    """Check whether a student behaves like its teacher.

    Exit status: 0 all relations pass, 1 one fails, 3 the data cannot decide, 2 an error, 70 an
    internal error. With a baseline, the worse one of the check's verdict and of the comparison's.
    """
    if student_first:
        survey = _survey_and_report(settings, overwrite=overwrite, json=json, progress=progress)
        return EXIT_STATUS[survey.verdict]
    summary = run_and_report(settings, overwrite=overwrite, json=json, progress=progress)
    comparisons = (one.verdict for one in summary.comparisons.values())
    return EXIT_STATUS[combine([summary.verdict, *comparisons])]


def run_and_report(
    config: CheckConfig, *, overwrite: bool, json: bool, progress: Progress
) -> CheckSummary:
    """Run a study with progress, write its report and print it; returns its summary."""
    from metacompress.report.html import write_report
    from metacompress.report.pages.check import check_page
    from metacompress.report.terminal import print_summary
    from metacompress.study.check.study import run_check
    from metacompress.study.check.summary import read_check

    finished = run_check(config, overwrite=overwrite, progress=progress)
    summary = read_check(finished)
    page = write_report(finished, summary, check_page)
    if json:
        print_json(summary.content())
    else:
        print_summary(summary, page)
    return summary


def _survey_and_report(
    config: CheckConfig, *, overwrite: bool, json: bool, progress: Progress
) -> StudentFirstSummary:
    """Ask the student first and print what was found; returns the summary."""
    from metacompress.report.survey import print_survey
    from metacompress.study.check.survey.summary import read_student_first
    from metacompress.study.check.survey.survey import run_student_first

    finished = run_student_first(config, overwrite=overwrite, progress=progress)
    summary = read_student_first(finished)
    if json:
        print_json(summary.content())
    else:
        print_survey(summary)
    return summary
