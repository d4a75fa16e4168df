"""Train a classifier, or distil a student, into a Hugging Face directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.files.ownership import read_marker
from metacompress.files.room import reporting_full_disk
from metacompress.models.identity import lasting_fingerprint
from metacompress.models.location import require_location
from metacompress.models.role import Role
from metacompress.models.runtime.torch_runtime import require_trainable
from metacompress.models.spec import DEFAULT_KIND, ModelSpec
from metacompress.runs.opening import open_run, refuse_unfit
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.tracking import tracked
from metacompress.settings.contents import input_files
from metacompress.study.inputs import inputs_of, not_resumable
from metacompress.training.architecture import existing_model, new_model
from metacompress.training.card import CARD, read_card, write_card
from metacompress.training.encoded_parts import encode_parts
from metacompress.training.faithful import FROZEN_BIASES, freeze_biases
from metacompress.training.fitting import CHECKPOINTS, fit
from metacompress.training.parts import (
    Parts,
    learning_identity,
    load_parts_stage,
    load_teacher_and_parts,
)
from metacompress.training.published import is_damaged, publish, refuse_damaged
from metacompress.training.run_files import (
    RESULT,
    TRAINING,
    TRAINING_FILES,
    WORK,
)
from metacompress.training.settings import DistillationSettings, TrainingSettings
from metacompress.training.summary import ModelCard, read_training

if TYPE_CHECKING:
    from metacompress.data.task import Task
    from metacompress.models.classifier import Classifier
    from metacompress.runs.progress import Progress
    from metacompress.runs.tracking import Tracker
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
    """Train a classifier, or distil one where ``settings`` name a teacher.

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
    task = settings.define(settings.task)
    require_trainable(settings.device)
    out = Path(settings.out)
    asked: dict[str, object] = {Role.TEACHER: getattr(settings, "teacher", None)}
    files = input_files(settings)
    refuse_unfit(out, TRAINING, inputs_of(asked, settings.data, files), known=_is_ours)
    work = RunDirectory(out / WORK)
    loaded: Classifier | None = None
    if settings.model is not None:
        require_location(ModelSpec(DEFAULT_KIND, settings.model))
    if isinstance(settings, DistillationSettings):
        given = settings.teacher if teacher is None else teacher
        loaded, parts = load_teacher_and_parts(settings, task, given, progress)
    else:
        parts = load_parts_stage(settings, task, None, progress)
    teachers: dict[str, Classifier] = {} if loaded is None else {Role.TEACHER: loaded}
    identity = learning_identity(settings.identity(), files, parts, loaded)
    with open_run(
        work,
        TRAINING,
        identity,
        overwrite=overwrite,
        unknown=not_resumable(teachers),
        note=progress.note,
    ):
        if work.has(RESULT) and not overwrite:
            refuse_damaged(work, out)
        if not work.has(RESULT) or is_damaged(work, out):
            with reporting_full_disk(out):
                card = _train(settings, task, loaded, parts, work, progress, tracker)
                publish(work, _FINISHED_MODEL, out)
            work.write_json(RESULT, card.stored())
        # Also where a training was killed after it had told its result.
        work.remove(CHECKPOINTS, TRAINING_FILES)
        return read_training(work)


def _train(
    settings: TrainingSettings,
    task: Task,
    teacher: Classifier | None,
    parts: Parts,
    work: RunDirectory,
    progress: Progress,
    tracker: Tracker,
) -> ModelCard:
    model, tokenizer = (
        existing_model(settings.model, task, settings.seed, settings.architecture)
        if settings.model is not None
        else new_model(settings.architecture, task, parts.train, settings.seed)
    )
    if FROZEN_BIASES in settings.faithful:
        freeze_biases(model)
    encoded = encode_parts(settings, parts, model, tokenizer, teacher, work, progress)
    fitted = fit(model, tokenizer, encoded, settings, work.path, progress, tracker)
    state = fitted.trainer.state
    card = ModelCard(
        task=task.name,
        settings=settings.identity(),
        started_from=None if settings.model is None else read_card(Path(settings.model)),
        examples={part: len(rows) for part, rows in encoded.items()},
        leaked=parts.leaked,
        parameters=sum(weights.numel() for weights in model.parameters()),
        steps=state.global_step,
        epochs=round(state.epoch or 0.0, 3),
        seconds=round(fitted.seconds, 3),
        scores=fitted.scores,
        teacher_fingerprint=None if teacher is None else lasting_fingerprint(teacher),
    )
    target = work.path / _FINISHED_MODEL
    work.remove(_FINISHED_MODEL, TRAINING_FILES)
    fitted.trainer.save_model(str(target))
    (target / "training_args.bin").unlink(missing_ok=True)  # a pickle that nobody needs
    tokenizer.save_pretrained(target)
    write_card(target, card)
    return card


def _is_ours(out: Path) -> bool:
    """Whether the directory of a model is that of a training here, finished or not."""
    is_work = read_marker(out / WORK) == TRAINING.name
    return is_work or [path.name for path in out.iterdir()] == [WORK]
