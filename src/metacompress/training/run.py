"""One training, from its examples to the files of a finished model. Needs the extra torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.files.reads import recording_reads
from metacompress.files.room import reporting_full_disk
from metacompress.models.runtime.torch_runtime import require_trainable
from metacompress.runs.opening import open_run
from metacompress.training.card import read_card, read_steps, write_card
from metacompress.training.classifying import ClassifierLearner
from metacompress.training.fitting import CHECKPOINTS
from metacompress.training.next_token.learner import LanguageModelLearner
from metacompress.training.published import is_damaged, publish, refuse_damaged
from metacompress.training.run_files import RESULT, TRAINING, TRAINING_FILES
from metacompress.training.settings import DistillationSettings
from metacompress.training.summary import ModelCard

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.tracking import Tracker
    from metacompress.study.finished import Command
    from metacompress.training.learning import Learner
    from metacompress.training.settings import TrainingSettings

_FINISHED_MODEL = "model"


def learn(
    settings: TrainingSettings,
    teacher: object,
    files: Mapping[str, Path],
    work: RunDirectory,
    out: Path,
    *,
    command: Command | None,
    overwrite: bool,
    progress: Progress,
    tracker: Tracker,
) -> None:
    """Train a model into ``out``, or leave the finished one there.

    Args:
        settings: what is trained, on what and how.
        teacher: the teacher itself, where it is more than the specification in ``settings``.
        files: that ``settings`` name, by setting.
        work: directory of the training.
        out: the model's directory.
        command: that the finished training is known again by; None where it cannot be.
        overwrite: replace another training in ``work``.
        progress: shows the stages.
        tracker: receives losses and scores.

    Raises:
        MetaCompressError: see metacompress.errors; checkpoints stay where they are.
    """
    require_trainable(settings.device)
    learner: Learner
    with recording_reads() as reads:
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
        if command is not None:
            command.note_finished(work, reads)


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
