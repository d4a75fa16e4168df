"""``metacompress train`` and ``metacompress distill``."""

from __future__ import annotations

from metacompress.cli.flags import Json, Overwrite
from metacompress.cli.options import print_json, takes
from metacompress.runs.progress import Progress
from metacompress.training.settings import DistillationSettings, TrainingSettings


@takes(TrainingSettings)
def train(
    settings: TrainingSettings,
    *,
    overwrite: Overwrite = False,
    json: Json = False,
    progress: Progress,
) -> None:
    """Train a classifier of code: fine-tune a model, or start from scratch.

    Killed and run again, it goes on from its last checkpoint. Needs the extra torch.
    """
    _run(settings, overwrite=overwrite, json=json, progress=progress)


@takes(DistillationSettings)
def distill(
    settings: DistillationSettings,
    *,
    overwrite: Overwrite = False,
    json: Json = False,
    progress: Progress,
) -> None:
    """Distil a student from a teacher's soft labels, or heal a compressed language model.

    The latter is --task next-token: a pruned or quantised causal language model, --model, learns
    the teacher's distribution of each next token.

    Killed and run again, it goes on from its last checkpoint. Needs the extra torch.
    """
    _run(settings, overwrite=overwrite, json=json, progress=progress)


def _run(
    settings: TrainingSettings,
    *,
    overwrite: bool,
    json: bool,
    progress: Progress,
) -> None:
    from metacompress.extras import needing
    from metacompress.report.terminal.making import print_training

    with needing("training"):
        from metacompress.training.training import train as run
    summary = run(settings, overwrite=overwrite, progress=progress)
    if json:
        print_json(summary.content())
    else:
        print_training(summary)
