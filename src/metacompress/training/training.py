"""Train a classifier, or distil a student, into a Hugging Face directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.files.ownership import read_marker
from metacompress.files.room import reporting_full_disk
from metacompress.models.naming.role import Role
from metacompress.models.places import places_of
from metacompress.models.runtime.torch_runtime import require_trainable
from metacompress.runs.opening import open_run, refuse_unfit
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.tracking import tracked
from metacompress.settings.contents import input_files
from metacompress.study.inputs import inputs_of
from metacompress.training.card import CARD, read_card, read_steps, write_card
from metacompress.training.classifying import ClassifierLearner
from metacompress.training.fitting import CHECKPOINTS
from metacompress.training.next_token.learner import LanguageModelLearner
from metacompress.training.published import is_damaged, publish, refuse_damaged
from metacompress.training.run_files import RESULT, TRAINING, TRAINING_FILES, WORK
from metacompress.training.settings import DistillationSettings
from metacompress.training.summary import ModelCard, read_training

if TYPE_CHECKING:
    from metacompress.runs.progress import Progress
    from metacompress.runs.tracking import Tracker
    from metacompress.training.learning import Learner
    from metacompress.training.settings import TrainingSettings
    from metacompress.training.summary import TrainSummary

_FINISHED_MODEL = "model"


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
    not repeated. A directory whose training had other examples, another teacher or another model
    to start from, by content, is refused.

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
    require_trainable(settings.device)
    out = Path(settings.out)
    asked: dict[str, object] = {Role.TEACHER: getattr(settings, "teacher", None)}
    files = input_files(settings)
    reads = [
        *inputs_of(asked, settings.data, files),
        *(("--model", place) for place in places_of(settings.model)),
    ]
    refuse_unfit(out, TRAINING, reads, known=_is_ours)
    work = RunDirectory(out / WORK)
    learner: Learner
    if isinstance(settings, DistillationSettings) and settings.is_next_token:
        learner = LanguageModelLearner(settings, teacher, files, progress)
    else:
        learner = ClassifierLearner(settings, teacher, files, progress)
    with open_run(
        work,
        TRAINING,
        learner.identity,
        overwrite=overwrite,
        unknown=learner.unknown,
        note=progress.note,
    ):
        if work.has(RESULT) and not overwrite:
            refuse_damaged(work, out)
        if not work.has(RESULT) or is_damaged(work, out):
            with reporting_full_disk(out):
                card = _train(settings, learner, work, progress, tracker)
                publish(work, _FINISHED_MODEL, out)
            work.write_json(RESULT, card.stored())
        # Also where a training was killed after it had told its result.
        work.remove(CHECKPOINTS, TRAINING_FILES)
        return read_training(work)


def _train(
    settings: TrainingSettings,
    learner: Learner,
    work: RunDirectory,
    progress: Progress,
    tracker: Tracker,
) -> ModelCard:
    learned = learner.learn(work, progress, tracker)
    fitted, start = learned.fitted, learner.start
    trainer = fitted.trainer
    card = ModelCard(
        task=learner.task,
        settings=settings.identity(),
        started_from=None if start is None else read_card(start),
        start_compression=[] if start is None else read_steps(start),
        examples=learned.examples,
        leaked=learned.leaked,
        read=learned.read,
        parameters=sum(weights.numel() for weights in trainer.model.parameters()),
        kept_zeros=fitted.kept_zeros,
        steps=trainer.state.global_step,
        epochs=round(trainer.state.epoch or 0.0, 3),
        seconds=round(fitted.seconds, 3),
        scores=fitted.scores,
        start_scores=learned.start_scores,
        teacher_fingerprint=learned.teacher_fingerprint,
    )
    target = work.path / _FINISHED_MODEL
    work.remove(_FINISHED_MODEL, TRAINING_FILES)
    trainer.save_model(str(target))
    (target / "training_args.bin").unlink(missing_ok=True)  # a pickle that nobody needs
    trainer.processing_class.save_pretrained(target)
    write_card(target, card)
    return card


def _is_ours(out: Path) -> bool:
    """Whether the directory of a model is that of a training here, finished or not."""
    is_work = read_marker(out / WORK) == TRAINING.name
    return is_work or [path.name for path in out.iterdir()] == [WORK]
