"""``metacompress demo``: the embedded pair of models, checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from metacompress.cli.check import run_and_report
from metacompress.cli.options import JsonOption, LimitOption
from metacompress.terminal import echo

# One that touches names, one that touches structure: more would make a newcomer wait.
_TRANSFORMS = ("rename-identifiers", "flip-comparison")
_NEXT = """\
Models of your own: metacompress check --task TASK --data FILE --teacher MODEL --student MODEL
What each of them may be: metacompress list tasks (models, transforms), metacompress check -h"""


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
    from metacompress.runs.progress import TerminalProgress

    progress = TerminalProgress()
    from metacompress.study.check.config import make_config

    study = make_config(
        {
            "task": "clone-detection",
            "teacher": "demo:teacher",
            "student": "demo:student",
            "data": {"path": "demo", "split": "test"} | ({"limit": limit} if limit else {}),
            "transforms": _TRANSFORMS,
            "run": str(run),
        }
    )
    run_and_report(study, overwrite=overwrite, json=json, progress=progress)
    if not json:
        echo(_NEXT)
