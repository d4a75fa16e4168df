"""``metacompress check``: does the student behave like the teacher?"""

from __future__ import annotations

from typing import Any

from metacompress.cli.flags import Json, Overwrite
from metacompress.cli.options import print_json, takes
from metacompress.runs.progress import Progress
from metacompress.study.check.config import CheckConfig

EXIT_STATUS = {"pass": 0, "fail": 1, "undecided": 3}


@takes(CheckConfig, positional=("config",))
def check(
    settings: CheckConfig,
    *,
    overwrite: Overwrite = False,
    json: Json = False,
    progress: Progress,
) -> int:
    """Check whether a student behaves like its teacher.

    Exit status: 0 all relations pass, 1 one fails, 3 the data cannot decide, 2 an error, 70 an
    internal error.
    """
    summary = run_and_report(settings, overwrite=overwrite, json=json, progress=progress)
    return EXIT_STATUS[summary["verdict"]]


def run_and_report(
    config: CheckConfig, *, overwrite: bool, json: bool, progress: Progress
) -> dict[str, Any]:
    """Run a study with progress, write its report and print it; returns its summary."""
    from metacompress.report.html import REPORT, render_html
    from metacompress.report.terminal import print_summary
    from metacompress.runs.run_directory import SUMMARY
    from metacompress.study.check.study import run_study

    finished = run_study(config, overwrite=overwrite, progress=progress)
    finished.write_text(REPORT, render_html(finished))
    summary: dict[str, Any] = finished.read_json(SUMMARY)
    if json:
        print_json(summary | {"run": str(finished.path)})
    else:
        print_summary(summary, finished.path)
    return summary
