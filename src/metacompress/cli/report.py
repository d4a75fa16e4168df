"""``metacompress report``: render a finished run again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from metacompress.cli.flags import Json
from metacompress.cli.options import print_json


def report(
    run: Annotated[
        Path, Parameter(help="Directory of a finished check, attack, training or compression")
    ],
    /,
    *,
    out: Annotated[
        Path | None,
        Parameter(help="HTML file; default: RUN/report.html", metavar="FILE"),
    ] = None,
    json: Json = False,
) -> None:
    """Render the report of a finished run from its directory; loads no model."""
    from metacompress.errors import UsageError
    from metacompress.report.html import write_page
    from metacompress.report.renderer import finished_run
    from metacompress.runs.run_files import REPORT

    finished, renderer = finished_run(run)
    if out is not None and renderer.page is None:
        raise UsageError(f"--out: {run} holds a run that has no HTML page", option="out")
    summary = renderer.read(finished)
    if renderer.page is not None:
        page = renderer.page(finished, summary)
        if out is None:
            finished.write_report(page)
            out = finished.path / REPORT
        else:
            write_page(finished, page, out)
    if json:
        print_json(summary.content())
    else:
        renderer.show(summary, out)
