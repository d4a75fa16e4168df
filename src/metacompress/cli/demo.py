"""``metacompress demo``: the embedded pair of models, checked."""

from __future__ import annotations

from metacompress.cli.check import run_and_report
from metacompress.cli.flags import Json, Overwrite
from metacompress.cli.options import takes
from metacompress.runs.progress import Progress
from metacompress.study.check.config import CheckConfig
from metacompress.terminal import echo

_RUN = "runs/demo"
_STUDY = {
    "task": "clone-detection",
    "teacher": "demo:teacher",
    "student": "demo:student",
    "data": "demo",
    "split": "test",
    # One that touches names, one that touches structure: more would make a newcomer wait.
    "transforms": ["rename-identifiers", "flip-comparison"],
}
_NEXT = """\
Models of your own: metacompress check --task TASK --data FILE --teacher MODEL --student MODEL
What each of them may be: metacompress list tasks (models, transforms), metacompress check -h"""


@takes(CheckConfig, only=("limit", "run"), fixed=_STUDY)
def demo(
    settings: CheckConfig,
    *,
    overwrite: Overwrite = False,
    json: Json = False,
    progress: Progress,
) -> None:
    """Check a small student against its teacher: no data, no torch, no network needed.

    Both models and the programs they judge come with the package; results go to runs/demo. The
    exit status is 0 whatever the verdict: use check in a pipeline.
    """
    config = settings.model_copy(update={"run": settings.run or _RUN})
    run_and_report(config, overwrite=overwrite, json=json, progress=progress)
    if not json:
        echo(_NEXT)
