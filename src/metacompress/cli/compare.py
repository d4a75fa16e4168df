"""``metacompress compare``: is the student of one check not worse than that of another one?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from metacompress.cli.exits import verdict_status
from metacompress.cli.flags import Json
from metacompress.cli.options import print_json, takes
from metacompress.study.check.config import CompareConfig


@takes(CompareConfig, positional=("baseline", "run"))
def compare(
    settings: CompareConfig,
    *,
    out: Annotated[
        Path | None, Parameter(help="HTML file for a page of the comparison", metavar="FILE")
    ] = None,
    json: Json = False,
) -> int:
    """Compare the students of two finished checks: is the second one not worse?

    Both were read against the same teacher; the comparison is paired by source, on the inputs
    that both checks have, and loads no model.

    Exit status: 0 the second is not worse on any relation, 1 it is on one, 3 the data cannot
    decide, 2 an error, 70 an internal error. --undecided makes 0 or 1 of 3.
    """
    from metacompress.report.ci.checks import refuse_unfit_comparison_files
    from metacompress.report.ci.outcome import comparison_outcome
    from metacompress.report.ci.writing import append_step_summary, write_files
    from metacompress.report.terminal.comparison import print_comparison
    from metacompress.study.check.baselines.comparing import compare_runs

    refuse_unfit_comparison_files(settings, out)
    found = compare_runs(settings)
    if out is not None:
        from metacompress.report.html import write_page
        from metacompress.report.pages.comparison import comparison_page
        from metacompress.runs.place import run_and_student
        from metacompress.runs.run_directory import RunDirectory

        run = RunDirectory(run_and_student(settings.run)[0])
        write_page(run, comparison_page(found), out)
    outcome = comparison_outcome(found)
    write_files(outcome, settings.output)
    append_step_summary(outcome)
    if json:
        print_json(found.content())
    else:
        print_comparison(found)
    return verdict_status(found.verdict, settings.output.undecided)
