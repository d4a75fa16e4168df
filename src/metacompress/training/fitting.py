"""Fit a model to encoded examples with a Trainer of transformers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from transformers import EarlyStoppingCallback, PrinterCallback, TrainingArguments

from metacompress.errors import ModelError
from metacompress.models.files.transformers_calls import quiet_transformers
from metacompress.models.runtime.torch_runtime import subnormals_flushed
from metacompress.training.averaging import WeightAveraging
from metacompress.training.callbacks import Clock, ShowProgress, TellTracker
from metacompress.training.checkpoints import last_checkpoint
from metacompress.training.settings import DistillationSettings
from metacompress.training.summary import SplitScores
from metacompress.training.zeros import keep_zeros

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from metacompress.runs.progress import Progress
    from metacompress.runs.tracking import Tracker
    from metacompress.training.settings import TrainingSettings

CHECKPOINTS = "checkpoints"
SCORED = ("valid", "test")
"""Parts that a finished model is scored on."""
_SCRATCH_RATE, _FINE_TUNING_RATE = 5e-4, 5e-5


class Best(NamedTuple):
    """What says which checkpoint is the best.

    Attributes:
        score: its name.
        is_high: whether more of it is better.
    """

    score: str
    is_high: bool = True


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model after its training.

    Attributes:
        trainer: a Trainer of transformers, which holds the model and its tokenizer and saves it.
        scores: by part (valid, test).
        seconds: of training, those before a resumption included.
        kept_zeros: weights that were zero at the start and had to stay so.
    """

    trainer: Any
    scores: dict[str, SplitScores]
    seconds: float
    kept_zeros: int


def fit(
    make: Callable[..., Any],
    parts: Mapping[str, Any],
    best: Best,
    settings: TrainingSettings,
    work: Path,
    progress: Progress,
    tracker: Tracker,
) -> Fitted:
    """Train a model on the part train, from its last checkpoint where there is one.

    Args:
        make: makes a Trainer of transformers, whose model is as it starts; takes its arguments
            ``args``, ``train_dataset``, ``eval_dataset`` and ``callbacks``.
        parts: data sets of torch by part.
        best: chooses the checkpoint that becomes the model.
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
    callbacks: list[Any] = [shown, TellTracker(tracker)]
    if settings.average:
        callbacks.append(WeightAveraging(settings.average, checkpoint))
    # The clock comes behind it: what it writes says that a checkpoint is complete.
    callbacks.append(clock)
    if settings.patience is not None and settings.keep == "best":
        callbacks.append(EarlyStoppingCallback(settings.patience))
    trainer = make(
        args=_arguments(settings, len(parts["train"]), best, work / CHECKPOINTS),
        train_dataset=parts["train"],
        eval_dataset=parts["valid"],
        callbacks=callbacks,
    )
    trainer.remove_callback(PrinterCallback)
    model, zeros = trainer.model, 0
    if settings.model is not None and settings.keep_zeros:
        zeros = keep_zeros(model)
        if zeros:
            progress.note(f"{zeros:,} weights that are zero stay zero")
    try:
        with subnormals_flushed(), quiet_transformers():
            trainer.train(resume_from_checkpoint=None if checkpoint is None else str(checkpoint))
            seconds = clock.seconds
            measured: dict[str, SplitScores] = {
                part: _split_scores(trainer.evaluate(parts[part], metric_key_prefix=part), part)
                for part in SCORED
                if part in parts
            }
    finally:
        shown.close()
    if not all(torch.isfinite(weights).all() for weights in model.parameters()):
        raise ModelError(
            f"{settings.out}: the weights are no longer finite; lower --learning-rate, "
            f"or use another --precision",
            path=settings.out,
        )
    return Fitted(trainer, measured, seconds, zeros)


def _arguments(
    settings: TrainingSettings, examples: int, best: Best, directory: Path
) -> TrainingArguments:
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
        metric_for_best_model=best.score,
        greater_is_better=best.is_high,
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
