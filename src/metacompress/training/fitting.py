"""Fit a model to encoded examples with the Hugging Face Trainer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from transformers import EarlyStoppingCallback, PrinterCallback, TrainingArguments

from metacompress.errors import ModelError
from metacompress.models.files.transformers_calls import quiet_transformers
from metacompress.models.runtime.torch_runtime import subnormals_flushed
from metacompress.training.averaging import WeightAveraging
from metacompress.training.callbacks import Clock, ShowProgress, TellTracker
from metacompress.training.checkpoints import last_checkpoint
from metacompress.training.settings import DistillationSettings, TrainingSettings
from metacompress.training.summary import SplitScores
from metacompress.training.trainer import ClassifierTrainer, scores

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.runs.progress import Progress
    from metacompress.runs.tracking import Tracker
    from metacompress.training.encoding import LabelledExamples

CHECKPOINTS = "checkpoints"
_SCRATCH_RATE, _FINE_TUNING_RATE = 5e-4, 5e-5


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model after its training.

    Attributes:
        trainer: what trained it; it saves the model.
        scores: by part (valid, test): loss, accuracy and, of a student, agreement with its teacher.
        seconds: of training, those before a resumption included.
    """

    trainer: ClassifierTrainer
    scores: dict[str, SplitScores]
    seconds: float


def fit(
    model: Any,
    tokenizer: Any,
    encoded: dict[str, LabelledExamples],
    settings: TrainingSettings,
    work: Path,
    progress: Progress,
    tracker: Tracker,
) -> Fitted:
    """Train ``model`` on the part train, from its last checkpoint where there is one.

    Args:
        model: the torch module, changed in place.
        tokenizer: its tokenizer.
        encoded: by part, the examples as the model reads them.
        settings: how it is trained.
        work: directory of the checkpoints' directory.
        progress: shows the steps.
        tracker: receives losses and evaluations.

    Raises:
        ModelError: the loss or the weights are no longer finite.
    """
    checkpoint, spent = last_checkpoint(work / CHECKPOINTS, progress.note)
    if checkpoint is not None:
        progress.note(f"going on from {checkpoint.name}")
    clock = Clock(settings.max_minutes, spent)
    shown = ShowProgress(progress)
    averaging = [WeightAveraging(settings.average, checkpoint)] if settings.average else []
    # The clock comes last: what it writes says that a checkpoint is complete.
    callbacks = [shown, TellTracker(tracker), *averaging, clock]
    trainer = _trainer(settings, encoded, model, tokenizer, work, callbacks)
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
            f"or use another --precision",
            path=settings.out,
        )
    return Fitted(trainer, measured, seconds)


def _trainer(
    settings: TrainingSettings,
    encoded: dict[str, LabelledExamples],
    model: Any,
    tokenizer: Any,
    work: Path,
    callbacks: list[Any],
) -> ClassifierTrainer:
    if settings.patience is not None and settings.keep == "best":
        callbacks = [*callbacks, EarlyStoppingCallback(settings.patience)]
    distillation: dict[str, Any] = {}
    if isinstance(settings, DistillationSettings):
        distillation = {
            "temperature": settings.temperature,
            "hard_weight": settings.label_weight,
            "soft": settings.soft_loss,
        }
    trainer = ClassifierTrainer(
        model=model,
        args=_arguments(settings, len(encoded["train"]), work / CHECKPOINTS),
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


def _arguments(settings: TrainingSettings, examples: int, directory: Path) -> TrainingArguments:
    """Settings in the words of transformers; ``examples`` is the size of the part train."""
    distils = isinstance(settings, DistillationSettings)
    steps = max(1, math.ceil(examples / settings.batch_size / settings.evaluations))
    default_rate = _SCRATCH_RATE if settings.model is None else _FINE_TUNING_RATE
    return TrainingArguments(
        output_dir=str(directory),
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
        use_cpu=settings.device == "cpu",
        bf16=settings.precision == "bf16",
        fp16=settings.precision == "fp16",
        dataloader_pin_memory=torch.cuda.is_available(),
        seed=settings.seed,
        report_to=[],
        disable_tqdm=True,
        log_level="error",
    )


def _split_scores(metrics: dict[str, float], prefix: str) -> SplitScores:
    """The scores of a split; the trainer puts its name before theirs."""
    named = {name: f"{prefix}_{name}" for name in SplitScores.model_fields}
    return SplitScores(**{name: metrics[key] for name, key in named.items() if key in metrics})
