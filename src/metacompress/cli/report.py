"""``metacompress report``: render a finished study again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from metacompress.cli.flags import Json
from metacompress.cli.options import print_json


def report(
    run: Annotated[Path, Parameter(help="Run directory of a finished study")],
    /,
    *,
    out: Annotated[
        Path | None,
        Parameter(help="HTML file; default: RUN/report.html", metavar="FILE"),
    ] = None,
    json: Json = False,
) -> None:
    """Render the report of a finished study from its run directory; loads no model."""
    from metacompress.errors import RunDirectoryError, UsageError
    from metacompress.report.attacks import print_attacks
    from metacompress.report.html import REPORT, render_html, write_page
    from metacompress.report.terminal import print_summary
    from metacompress.runs.run_directory import SUMMARY, RunDirectory
    from metacompress.study.attack.study import with_costs
    from metacompress.study.attack.summary import SCHEMA as ATTACKS
    from metacompress.study.check.summary import SCHEMA as CHECK

    finished = RunDirectory.existing(run)
    summary = finished.read_json(SUMMARY)
    kind = summary.get("schema") if isinstance(summary, dict) else None
    if kind == ATTACKS:
        if out is not None:
            raise UsageError(f"--out: {run} holds a study of attacks, which has no HTML page")
        summary = with_costs(finished)
        if json:
            print_json(summary | {"run": str(finished.path)})
        else:
            print_attacks(summary, finished.path)
        return
    if kind != CHECK:
        raise RunDirectoryError(
            f"{run}: its {SUMMARY} has the schema {kind!r}; expected {CHECK} or {ATTACKS}"
        )
    page = render_html(finished)
    if out is None:
        finished.write_text(REPORT, page)
    else:
        write_page(finished, page, out)
    if json:
        print_json(summary | {"run": str(finished.path)})
    else:
        print_summary(summary, finished.path, report=out)
