"""``metacompress report``: render a finished run again."""

from __future__ import annotations

from pathlib import Path

from metacompress.cli.flags import Json
from metacompress.cli.options import print_json, takes
from metacompress.report.settings import ReportSettings


@takes(ReportSettings, positional=("run",))
def report(settings: ReportSettings, *, json: Json = False) -> None:
    """Render the report of a finished run from its directory; loads no model.

    Files for CI systems are written of checks alone.
    """
    from metacompress.errors import UsageError
    from metacompress.report.ci.writing import refuse_unfit_files
    from metacompress.report.html import write_page
    from metacompress.report.renderer import finished_run
    from metacompress.runs.run_files import REPORT

    run, out = Path(settings.run), None if settings.out is None else Path(settings.out)
    finished, renderer = finished_run(run)
    if out is not None and renderer.page is None:
        raise UsageError(f"--out: {run} holds a run that has no HTML page", option="out")
    for name, _ in settings.output.files():
        if renderer.files is None:
            raise UsageError(
                f"--{name}: files for CI systems are of checks, and {run} holds a run of another "
                f"kind",
                option=name,
            )
    written = [finished.path / name for name in finished.checksums.names()]
    page_file = out or finished.path / REPORT
    refuse_unfit_files(
        settings.output, [("the report", path) for path in written], [("the report", page_file)]
    )
    summary = renderer.read(finished)
    if renderer.page is not None:
        page = renderer.page(finished, summary)
        if out is None:
            finished.write_report(page)
            out = finished.path / REPORT
        else:
            write_page(finished, page, out)
    if renderer.files is not None:
        renderer.files(finished, summary, settings.output)
    if json:
        print_json(summary.content())
    else:
        renderer.show(summary, out)
