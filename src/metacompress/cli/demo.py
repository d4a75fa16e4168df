"""``metacompress demo``: the embedded pair of models, checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from metacompress.cli.check import run_and_report
from metacompress.cli.options import Json, Overwrite, Quiet
from metacompress.runs.progress import NoProgress, TerminalProgress
from metacompress.terminal import echo

# One that touches names, one that touches structure: more would make a newcomer wait.
_TRANSFORMS = ("rename-identifiers", "flip-comparison")
_NEXT = """\
Models of your own: metacompress check --task TASK --data FILE --teacher MODEL --student MODEL
What each of them may be: metacompress list tasks (models, transforms), metacompress check -h"""


def demo(
    *,
    run: Annotated[Path, Parameter(help="Run directory", metavar="DIR")] = Path("runs/demo"),
    limit: Annotated[
        int | None, Parameter(help="Use only the first N examples", metavar="N")
    ] = None,
    overwrite: Overwrite = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check a small student against its teacher: no data, no torch, no network needed.

    Both models and the programs they judge come with the package. The exit status is 0 whatever
    the verdict: use check in a pipeline.
    """
    from metacompress.settings.validation import validated
    from metacompress.study.check.config import CheckConfig

    progress = NoProgress() if quiet else TerminalProgress()
    config = validated(
        CheckConfig,
        {
            "task": "clone-detection",
            "teacher": "demo:teacher",
            "student": "demo:student",
            "data": {"path": "demo", "split": "test"} | ({} if limit is None else {"limit": limit}),
            "transforms": _TRANSFORMS,
            "run": str(run),
        },
    )
    run_and_report(config, overwrite=overwrite, json=json, progress=progress)
    if not json:
        echo(_NEXT)
