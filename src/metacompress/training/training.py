"""Train a classifier, or distil a student, into a Hugging Face directory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.data.task import TASKS
from metacompress.files.overlap import refuse_inputs_in
from metacompress.files.ownership import refuse_foreign
from metacompress.files.room import reporting_full_disk
from metacompress.models.identity import lasting_fingerprint
from metacompress.models.location import require_location
from metacompress.models.runtime.torch_runtime import require_trainable
from metacompress.models.spec import DEFAULT_KIND, ModelSpec
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import store_files
from metacompress.study.inputs import inputs_of, not_resumable
from metacompress.training.architecture import existing_model, new_model
from metacompress.training.card import read_card, write_card
from metacompress.training.encoded_parts import encode_parts
from metacompress.training.faithful import FROZEN_BIASES, freeze_biases
from metacompress.training.fitting import CHECKPOINTS, fit
from metacompress.training.parts import (
    Parts,
    learning_identity,
    load_parts_stage,
    load_teacher_and_parts,
)
from metacompress.training.published import PUBLISHED, is_damaged, publish, refuse_damaged
from metacompress.training.run_files import TEACHER_STORE, TRAINING_FILES, WORK
from metacompress.training.settings import DistillationSettings, TrainingSettings

if TYPE_CHECKING:
    from metacompress.data.task import Task
    from metacompress.models.classifier import Classifier
    from metacompress.runs.progress import Progress

_RESULT = "result.json"
_FINISHED_MODEL = "model"


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """A finished training.

    Attributes:
        out: the model's directory.
        card: what its card states: settings, sizes, scores, parameters, seconds.
    """

    out: Path
    card: dict[str, Any]


def train(
    settings: TrainingSettings,
    *,
    teacher: object = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> TrainingResult:
    """Train a classifier, or distil one where ``settings`` name a teacher.

    Killed at any point and run again, it goes on from its last checkpoint; a finished training is
    not repeated. A directory whose training had other examples, another teacher or another model
    to start from, by content, is refused.

    Args:
        settings: what is trained, on what and how.
        teacher: the teacher itself, where it is more than the specification in ``settings``.
        overwrite: replace another training in the same directory.
        progress: shows the stages.

    Raises:
        MetaCompressError: see metacompress.errors; checkpoints stay where they are.
    """
    progress = progress or NoProgress()
    task: Task = TASKS.get(settings.task)
    require_trainable(settings.device)
    out = Path(settings.out)
    reads = {"teacher": getattr(settings, "teacher", None), "model": settings.model}
    refuse_inputs_in(out, "--out", inputs_of(reads, settings.data))
    work = RunDirectory(out / WORK, holds="training", option="--out", files=TRAINING_FILES)
    refuse_foreign(out, "training", "--out", earlier=lambda path: _is_ours(path, work))
    loaded: Classifier | None = None
    if settings.model is not None:
        require_location(ModelSpec(DEFAULT_KIND, settings.model))
    if isinstance(settings, DistillationSettings):
        given = settings.teacher if teacher is None else teacher
        loaded, parts = load_teacher_and_parts(settings, task, given, progress)
    else:
        parts = load_parts_stage(settings, task, None, progress)
    teachers = {} if loaded is None else {"teacher": loaded}
    identity = learning_identity(settings, settings.identity(), parts, loaded)
    unknown = not_resumable(teachers)
    going_on = work.begun and not overwrite
    with work.open_for_writing(
        identity,
        overwrite=overwrite,
        anew=bool(unknown),
        still_valid=lambda different: (PUBLISHED, *store_files(TEACHER_STORE)),
        note=progress.note,
    ):
        if going_on:
            work.refuse_going_on(unknown)
        if work.has(_RESULT) and not overwrite:
            refuse_damaged(work, out)
        if not work.has(_RESULT) or is_damaged(work, out):
            with reporting_full_disk(out):
                card = _train(settings, task, loaded, parts, work, progress)
                publish(work, _FINISHED_MODEL, out)
            work.write_json(_RESULT, card)
            work.remove(CHECKPOINTS)
        return TrainingResult(out, work.read_json(_RESULT))


def _train(
    settings: TrainingSettings,
    task: Task,
    teacher: Classifier | None,
    parts: Parts,
    work: RunDirectory,
    progress: Progress,
) -> dict[str, Any]:
    model, tokenizer = (
        existing_model(settings.model, task, settings.seed, settings.architecture)
        if settings.model is not None
        else new_model(settings.architecture, task, parts.train, settings.seed)
    )
    if FROZEN_BIASES in settings.faithful:
        freeze_biases(model)
    encoded = encode_parts(settings, parts, model, tokenizer, teacher, work, progress)
    fitted = fit(model, tokenizer, encoded, settings, work.path, progress)
    state = fitted.trainer.state
    card = {
        "task": task.name,
        "settings": settings.identity(),
        "started_from": None if settings.model is None else read_card(Path(settings.model)),
        "examples": {part: len(rows) for part, rows in encoded.items()},
        "leaked": parts.leaked,
        "parameters": sum(weights.numel() for weights in model.parameters()),
        "steps": state.global_step,
        "epochs": round(state.epoch or 0.0, 3),
        "seconds": round(fitted.seconds, 3),
        "scores": fitted.scores,
        "teacher_fingerprint": None if teacher is None else lasting_fingerprint(teacher),
    }
    target = work.path / _FINISHED_MODEL
    work.remove(_FINISHED_MODEL)
    fitted.trainer.save_model(str(target))
    (target / "training_args.bin").unlink(missing_ok=True)  # a pickle that nobody needs
    tokenizer.save_pretrained(target)
    write_card(target, card)
    return card


def _is_ours(out: Path, work: RunDirectory) -> bool:
    """Whether the directory of a model is that of a training here, finished or not."""
    return work.is_ours() or [path.name for path in out.iterdir()] == [WORK]
