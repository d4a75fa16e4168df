"""``metacompress check``: does the student behave like the teacher?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.cli.exits import verdict_status
from metacompress.cli.flags import Json, Overwrite, StudentFirst
from metacompress.cli.options import print_json, takes
from metacompress.runs.progress import Progress
from metacompress.study.check.config import CheckConfig

if TYPE_CHECKING:
    from metacompress.stats.verdict import Verdict


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
    --undecided makes 0 or 1 of 3.
    """
    run = _survey_and_report if student_first else run_and_report
    verdict = run(settings, overwrite=overwrite, json=json, progress=progress)
    return verdict_status(verdict, settings.output.undecided)


def run_and_report(
    config: CheckConfig, *, overwrite: bool, json: bool, progress: Progress
) -> Verdict:
    """Run a study with progress, write its report and its files for CI systems, and print it.

    Returns:
        the verdict, that of a comparison with a baseline included.
    """
    from metacompress.report.ci.checks import refuse_unfit_check_files, write_check_files
    from metacompress.report.ci.writing import append_step_summary
    from metacompress.report.html import write_report
    from metacompress.report.pages.check import check_page
    from metacompress.report.terminal.check import print_summary
    from metacompress.report.tracking import run_name, track_check
    from metacompress.runs.tracking import tracked
    from metacompress.study.check.study import run_check
    from metacompress.study.check.summary import read_check

    refuse_unfit_check_files(config)
    with tracked(config.tracker, run_name(config), progress) as (tracker, shown):
        finished = run_check(config, overwrite=overwrite, progress=shown)
        summary = read_check(finished)
        page = write_report(finished, summary, check_page)
        outcome = write_check_files(finished, summary, config.output)
        append_step_summary(outcome)
        track_check(tracker, finished, summary, config.output)
    if json:
        print_json(summary.content())
    else:
        print_summary(summary, page)
    return outcome.verdict


def _survey_and_report(
    config: CheckConfig, *, overwrite: bool, json: bool, progress: Progress
) -> Verdict:
    """Ask the student first, write files for CI systems and print; returns the verdict."""
    from metacompress.report.ci.checks import refuse_unfit_check_files
    from metacompress.report.ci.outcome import survey_outcome
    from metacompress.report.ci.writing import append_step_summary, write_files
    from metacompress.report.terminal.survey import print_survey
    from metacompress.report.tracking import run_name, track_survey
    from metacompress.runs.tracking import tracked
    from metacompress.study.check.survey.summary import read_student_first
    from metacompress.study.check.survey.survey import run_student_first

    refuse_unfit_check_files(config, student_first=True)
    with tracked(config.tracker, run_name(config), progress) as (tracker, shown):
        finished = run_student_first(config, overwrite=overwrite, progress=shown)
        summary = read_student_first(finished)
        outcome = survey_outcome(summary)
        write_files(outcome, config.output)
        append_step_summary(outcome)
        track_survey(tracker, finished, summary, config.output)
    if json:
        print_json(summary.content())
    else:
        print_survey(summary)
    return outcome.verdict
