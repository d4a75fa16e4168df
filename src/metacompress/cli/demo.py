"""``metacompress demo``: the embedded pair of models, checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from metacompress.cli.options import JsonOption, LimitOption, print_json


def demo(
    run: Annotated[Path, typer.Option(help="Run directory.", metavar="DIR")] = Path("runs/demo"),
    limit: LimitOption = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace another study in the run directory.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Check a small student against its teacher: no data, no torch, no network needed.

    Both models and the programs they judge come with the package. The exit status is 0 whatever
    the verdict: use check in a pipeline.
    """
    from metacompress.report.html import REPORT, render_html
    from metacompress.report.terminal import print_summary
    from metacompress.study.check import run_study
    from metacompress.study.config import make_config
    from metacompress.study.progress import TerminalProgress
    from metacompress.study.run_directory import SUMMARY
    from metacompress.transforms import TRANSFORMS

    study = make_config(
        {
            "task": "clone-detection",
            "teacher": "demo:teacher",
            "student": "demo:student",
            "data": {"path": "demo", "split": "test"} | ({"limit": limit} if limit else {}),
            "transforms": tuple(TRANSFORMS.names()),
            "run": str(run),
        }
    )
    finished = run_study(study, overwrite=overwrite, progress=TerminalProgress())
    finished.write_text(REPORT, render_html(finished))
    summary = finished.read_json(SUMMARY)
    if json:
        print_json(summary | {"run": str(finished.path)})
    else:
        print_summary(summary, finished.path)
