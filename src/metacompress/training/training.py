"""Train a classifier, or distil a student, into a Hugging Face directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.errors import UsageError
from metacompress.extras import needing
from metacompress.files.ownership import read_marker
from metacompress.models.loading import parse_specification
from metacompress.models.naming.role import Role
from metacompress.models.naming.spec import is_specification
from metacompress.models.places import places_of
from metacompress.runs.opening import refuse_unfit
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.tracking import tracked
from metacompress.settings.contents import input_files
from metacompress.study.finished import Command, finished_before
from metacompress.study.inputs import inputs_of
from metacompress.training.card import CARD
from metacompress.training.run_files import TRAINING, WORK
from metacompress.training.summary import read_training

if TYPE_CHECKING:
    from metacompress.runs.progress import Progress
    from metacompress.runs.tracking import Tracker
    from metacompress.training.settings import TrainingSettings
    from metacompress.training.summary import TrainSummary


def train(
    settings: TrainingSettings,
    *,
    teacher: object = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    tracker: str | Tracker | None = None,
) -> TrainSummary:
    """Train a classifier, or distil a student where ``settings`` name a teacher.

    Killed at any point and run again, it goes on from its last checkpoint; a finished training is
    not repeated, and known again before anything is loaded. A directory whose training had other
    examples, another teacher or another model to start from, by content, is refused.

    Args:
        settings: what is trained, on what and how.
        teacher: the teacher itself, where it is more than the specification in ``settings``.
        overwrite: replace another training in the same directory.
        progress: shows the stages.
        tracker: receives stages, losses, scores and the card; default: as ``settings`` say.

    Raises:
        MetaCompressError: see metacompress.errors; checkpoints stay where they are.
    """
    out = Path(settings.out)
    opened = tracked(tracker or settings.tracker, out.name, progress or NoProgress())
    with opened as (told, shown):
        summary = _trained(settings, teacher, overwrite, shown, told)
        for part, scores in summary.scores.items():
            for name, value in scores.content().items():
                if value is not None:
                    told.on_metric(f"scores/{part}/{name}", value)
        told.on_artifact(out / CARD)
        return summary


def _trained(
    settings: TrainingSettings,
    teacher: object,
    overwrite: bool,
    progress: Progress,
    tracker: Tracker,
) -> TrainSummary:
    out = Path(settings.out)
    work = RunDirectory(out / WORK)
    command = _command(settings) if teacher is None or is_specification(teacher) else None
    if command is not None and command.finished([work.path]) is not None:
        progress.note(finished_before(out))
        return read_training(work)
    asked: dict[str, object] = {Role.TEACHER: getattr(settings, "teacher", None)}
    files = input_files(settings)
    reads = [
        *inputs_of(asked, settings.data, files),
        *(("--model", place) for place in places_of(settings.model)),
    ]
    refuse_unfit(out, TRAINING, reads, known=_is_ours)
    with needing("training"):
        from metacompress.training.run import learn
    learn(
        settings,
        teacher,
        files,
        work,
        out,
        command=command,
        overwrite=overwrite,
        progress=progress,
        tracker=tracker,
    )
    return read_training(work)


def _command(settings: TrainingSettings) -> Command | None:
    """The command that knows the finished training again; None where a model cannot be parsed."""
    named = [getattr(settings, "teacher", None), settings.model]
    try:
        models = tuple(parse_specification(one) for one in named if one is not None)
    except UsageError:  # reported where the model is loaded
        return None
    return Command(TRAINING, settings, settings.data.path, models)


def _is_ours(out: Path) -> bool:
    """Whether the directory of a model is that of a training here, finished or not."""
    is_work = read_marker(out / WORK) == TRAINING.name
    return is_work or [path.name for path in out.iterdir()] == [WORK]
