"""Train a classifier, or distil a student, into a Hugging Face directory."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from metacompress.data.task import TASKS
from metacompress.errors import ModelError
from metacompress.files.ownership import read_marker
from metacompress.files.room import reporting_full_disk
from metacompress.models.files.pretrained import quiet_transformers
from metacompress.models.identity import lasting_fingerprint
from metacompress.models.location import require_location
from metacompress.models.role import Role
from metacompress.models.runtime.torch_runtime import subnormals_flushed
from metacompress.models.spec import DEFAULT_KIND, GRAPHCODEBERT, ModelSpec
from metacompress.models.store import PredictionStore
from metacompress.models.tokens.window import input_limit
from metacompress.runs.opening import open_run, refuse_unfit
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.settings.contents import input_files
from metacompress.study.inputs import inputs_of, not_resumable
from metacompress.training.architecture import existing_model, new_model
from metacompress.training.averaging import WeightAveraging
from metacompress.training.card import read_card, write_card
from metacompress.training.checkpoints import last_checkpoint
from metacompress.training.encoding import EncodedExamples, LabelledExamples
from metacompress.training.faithful import (
    DOUBLE_SOFTMAX,
    FROZEN_BIASES,
    freeze_biases,
    squashed_twice,
)
from metacompress.training.graph_examples import EncodedGraphs
from metacompress.training.parts import (
    Parts,
    learning_identity,
    load_parts_stage,
    load_teacher_and_parts,
)
from metacompress.training.published import is_damaged, publish, refuse_damaged
from metacompress.training.run_files import (
    RESULT,
    TEACHER_STORE,
    TRAINING,
    TRAINING_FILES,
    WORK,
)
from metacompress.training.settings import DistillationSettings, TrainingSettings
from metacompress.training.summary import ModelCard, SplitScores, read_training
from metacompress.training.trainer import (
    ClassifierTrainer,
    Clock,
    ShowProgress,
    log_probabilities,
    scores,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from metacompress.data.task import Task
    from metacompress.models.classifier import Classifier
    from metacompress.runs.progress import Progress
    from metacompress.training.summary import TrainSummary

_CHECKPOINTS = "checkpoints"
_FINISHED_MODEL = "model"
_SCRATCH_RATE, _FINE_TUNING_RATE = 5e-4, 5e-5


def train(
    settings: TrainingSettings,
    *,
    teacher: object = None,
    overwrite: bool = False,
    progress: Progress | None = None,
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

    Raises:
        MetaCompressError: see metacompress.errors; checkpoints stay where they are.
    """
    progress = progress or NoProgress()
    task: Task = TASKS.get(settings.task)
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
    teachers = {} if loaded is None else {Role.TEACHER: loaded}
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
                card = _train(settings, task, loaded, parts, work, progress)
                publish(work, _FINISHED_MODEL, out)
            work.write_json(RESULT, card.stored())
            work.remove(_CHECKPOINTS, TRAINING_FILES)
        return read_training(work)


def _train(
    settings: TrainingSettings,
    task: Task,
    teacher: Classifier | None,
    parts: Parts,
    work: RunDirectory,
    progress: Progress,
) -> ModelCard:
    model, tokenizer = (
        existing_model(settings.model, task, settings.seed, settings.architecture)
        if settings.model is not None
        else new_model(settings.architecture, task, parts.train, settings.seed)
    )
    if FROZEN_BIASES in settings.faithful:
        freeze_biases(model)
    encoded = _encode(settings, parts, model, tokenizer, teacher, work, progress)
    checkpoint, spent = last_checkpoint(work.path / _CHECKPOINTS, progress.note)
    if checkpoint is not None:
        progress.note(f"going on from {checkpoint.name}")
    clock = Clock(settings.max_minutes, spent)
    shown = ShowProgress(progress)
    averaging = [WeightAveraging(settings.average, checkpoint)] if settings.average else []
    # The clock comes last: what it writes says that a checkpoint is complete.
    callbacks = [shown, *averaging, clock]
    trainer = _trainer(settings, task, encoded, model, tokenizer, work.path, callbacks)
    try:
        with subnormals_flushed(), quiet_transformers():
            trainer.train(resume_from_checkpoint=None if checkpoint is None else str(checkpoint))
            seconds = clock.seconds
            measured: dict[str, SplitScores] = {
                part: _split_scores(trainer.evaluate(encoded[part], metric_key_prefix=part), part)
                for part in ("valid", "test")
                if part in encoded
            }
    finally:
        shown.close()
    if not all(torch.isfinite(weights).all() for weights in model.parameters()):
        raise ModelError(
            f"{settings.out}: the weights are no longer finite; lower --learning-rate, "
            f"or use another --precision"
        )
    card = ModelCard(
        task=task.name,
        settings=settings.identity(),
        started_from=None if settings.model is None else read_card(Path(settings.model)),
        examples={part: len(rows) for part, rows in encoded.items()},
        leaked=parts.leaked,
        parameters=sum(weights.numel() for weights in model.parameters()),
        steps=trainer.state.global_step,
        epochs=round(trainer.state.epoch or 0.0, 3),
        seconds=round(seconds, 3),
        scores=measured,
        teacher_fingerprint=None if teacher is None else lasting_fingerprint(teacher),
    )
    target = work.path / _FINISHED_MODEL
    work.remove(_FINISHED_MODEL, TRAINING_FILES)
    trainer.save_model(str(target))
    (target / "training_args.bin").unlink(missing_ok=True)  # a pickle that nobody needs
    tokenizer.save_pretrained(target)
    write_card(target, card)
    return card


def _encode(
    settings: TrainingSettings,
    parts: Parts,
    model: Any,
    tokenizer: Any,
    teacher: Classifier | None,
    work: RunDirectory,
    progress: Progress,
) -> dict[str, LabelledExamples]:
    encode = _encoder(settings, model, tokenizer)
    named = {"train": parts.train, "valid": parts.valid, "test": parts.test}
    encoded = {}
    for name, examples in named.items():
        if not examples:
            continue
        answers = None
        if teacher is not None:
            with (
                PredictionStore(work.path / TEACHER_STORE, own=True, note=progress.note) as store,
                progress.stage(f"teacher on {name}", len(examples)) as advance,
            ):
                found, _ = store.predict(teacher, tuple(examples), advance=advance)
            answers = (
                squashed_twice(found.probabilities)
                if DOUBLE_SOFTMAX in settings.faithful
                else log_probabilities(found.probabilities)
            )
        with progress.stage(f"encoding {name}", len(examples)) as advance:
            encoded[name] = encode(examples, teacher=answers, advance=advance)
    return encoded


def _encoder(
    settings: TrainingSettings, model: Any, tokenizer: Any
) -> Callable[..., LabelledExamples]:
    """What makes inputs of ``model`` of examples."""
    if model.config.model_type == GRAPHCODEBERT:
        return partial(EncodedGraphs, tokenizer=tokenizer, config=model.config)
    longest = input_limit(
        model.config.to_dict(), tokenizer.model_max_length, None, settings.model or "new model"
    )
    return partial(EncodedExamples, tokenizer=tokenizer, max_length=longest)


def _trainer(
    settings: TrainingSettings,
    task: Task,
    encoded: dict[str, LabelledExamples],
    model: Any,
    tokenizer: Any,
    work: Path,
    callbacks: list[Any],
) -> ClassifierTrainer:
    from transformers import EarlyStoppingCallback, PrinterCallback, TrainingArguments

    distils = isinstance(settings, DistillationSettings)
    steps = max(1, math.ceil(len(encoded["train"]) / settings.batch_size / settings.evaluations))
    default_rate = _SCRATCH_RATE if settings.model is None else _FINE_TUNING_RATE
    arguments = TrainingArguments(
        output_dir=str(work / _CHECKPOINTS),
        num_train_epochs=settings.epochs,
        per_device_train_batch_size=settings.batch_size,
        per_device_eval_batch_size=max(32, settings.batch_size),
        learning_rate=settings.learning_rate or default_rate,
        weight_decay=settings.weight_decay,
        warmup_steps=settings.warmup,
        lr_scheduler_type="linear",
        eval_strategy="steps",
        eval_steps=steps,
        save_strategy="steps",
        save_steps=steps,
        save_total_limit=2,
        logging_steps=steps,
        load_best_model_at_end=settings.keep == "best",
        metric_for_best_model="agreement" if distils else "accuracy",
        greater_is_better=True,
        restore_callback_states_from_checkpoint=True,
        train_sampling_strategy="group_by_length",
        remove_unused_columns=False,
        label_names=["labels", "teacher"] if distils else ["labels"],
        bf16=settings.precision == "bf16",
        fp16=settings.precision == "fp16",
        dataloader_pin_memory=torch.cuda.is_available(),
        seed=settings.seed,
        report_to=[],
        disable_tqdm=True,
        log_level="error",
    )
    if settings.patience is not None and settings.keep == "best":
        callbacks = [*callbacks, EarlyStoppingCallback(settings.patience)]
    distillation: dict[str, Any] = {}
    if isinstance(settings, DistillationSettings):
        distillation = {
            "temperature": settings.temperature,
            "hard_weight": settings.hard_weight,
            "soft": settings.soft_loss,
        }
    trainer = ClassifierTrainer(
        model=model,
        args=arguments,
        train_dataset=encoded["train"],
        eval_dataset=encoded["valid"],
        data_collator=encoded["train"].collator,
        processing_class=tokenizer,
        compute_metrics=scores,
        callbacks=callbacks,
        token_dropout=settings.token_dropout,
        label_smoothing=settings.label_smoothing,
        distillation=distillation,
    )
    trainer.remove_callback(PrinterCallback)
    return trainer


def _split_scores(metrics: dict[str, float], prefix: str) -> SplitScores:
    """The scores of a split; the trainer puts its name before theirs."""
    named = {name: f"{prefix}_{name}" for name in SplitScores.model_fields}
    return SplitScores(**{name: metrics[key] for name, key in named.items() if key in metrics})


def _is_ours(out: Path) -> bool:
    """Whether the directory of a model is that of a training here, finished or not."""
    is_work = read_marker(out / WORK) == TRAINING.name
    return is_work or [path.name for path in out.iterdir()] == [WORK]
