"""The Hugging Face Trainer, with the loss of a distillation, a clock and our progress bar."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from transformers import Trainer, TrainerCallback

from metacompress.errors import ModelError
from metacompress.training.checkpoints import seal
from metacompress.training.encoding import NO_LABEL
from metacompress.training.losses import distillation_loss

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from metacompress.runs.progress import Progress


class ClassifierTrainer(Trainer):  # type: ignore[misc]  # transformers has no types
    """A Trainer for classifiers that distils where a batch holds the teacher's answers.

    Args:
        *args: of transformers.Trainer.
        token_dropout: share of the tokens that each step hides.
        label_smoothing: share of each label that is spread over all classes.
        distillation: further arguments of ``distillation_loss``.
        **options: of transformers.Trainer.
    """

    def __init__(
        self,
        *args: Any,
        token_dropout: float = 0.0,
        label_smoothing: float = 0.0,
        distillation: dict[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        tokenizer = self.processing_class
        hidden_as = tokenizer.mask_token_id
        self._hidden_as = tokenizer.unk_token_id if hidden_as is None else hidden_as
        self._kept = torch.tensor(tokenizer.all_special_ids)
        self._token_dropout = token_dropout
        self._label_smoothing = label_smoothing
        self._distillation = distillation or {}

    def compute_loss(
        self,
        model: Any,
        inputs: dict[str, torch.Tensor],
        return_outputs: bool = False,
        num_items_in_batch: torch.Tensor | None = None,
    ) -> Any:
        """See transformers.Trainer."""
        labels = inputs["labels"]
        teacher = inputs.get("teacher")
        tokens = {k: v for k, v in inputs.items() if k not in ("labels", "teacher")}
        if self._token_dropout and model.training:
            tokens["input_ids"] = self._with_hidden_tokens(tokens["input_ids"])
        output = model(**tokens)
        if teacher is None:
            loss = torch.nn.functional.cross_entropy(
                output.logits, labels, label_smoothing=self._label_smoothing
            )
        else:
            loss = distillation_loss(
                output.logits,
                teacher,
                labels,
                label_smoothing=self._label_smoothing,
                **self._distillation,
            )
        if not torch.isfinite(loss):
            raise ModelError(
                f"the loss is no longer finite after step {self.state.global_step}; lower "
                f"--learning-rate, or use another --precision"
            )
        return (loss, {"loss": loss, "logits": output.logits}) if return_outputs else loss

    def _with_hidden_tokens(self, ids: torch.Tensor) -> torch.Tensor:
        """Word dropout: a model that misses a token now and then learns to look at others too."""
        chosen = torch.rand(ids.shape, device=ids.device) < self._token_dropout
        chosen &= ~torch.isin(ids, self._kept.to(ids.device))
        return ids.masked_fill(chosen, self._hidden_as)


def scores(prediction: Any) -> dict[str, float]:
    """Accuracy on the labelled examples and, for a student, agreement with its teacher."""
    logits = prediction.predictions
    logits = logits[0] if isinstance(logits, tuple) else logits
    targets = prediction.label_ids
    labels, *teacher = targets if isinstance(targets, tuple) else (targets,)
    predicted = logits.argmax(axis=1)
    found = {}
    known = labels != NO_LABEL
    if known.any():
        found["accuracy"] = float((predicted[known] == labels[known]).mean())
    if teacher:
        found["agreement"] = float((predicted == teacher[0].argmax(axis=1)).mean())
    return found


class Clock(TrainerCallback):  # type: ignore[misc]
    """Stops after so many minutes of training, those before a resumption included."""

    def __init__(self, max_minutes: float | None, spent: float) -> None:
        self._limit = None if max_minutes is None else 60 * max_minutes
        self._before = spent
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        """Seconds spent on training."""
        return self._before + time.monotonic() - self._started

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """See TrainerCallback."""
        self._started = time.monotonic()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """See TrainerCallback."""
        if self._limit is not None and self.seconds >= self._limit:
            control.should_training_stop = True
            control.should_evaluate = args.eval_strategy != "no"
            control.should_save = True

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """See TrainerCallback."""
        checkpoint = Path(args.output_dir) / f"checkpoint-{state.global_step}"
        seal(checkpoint, self.seconds)


class ShowProgress(TrainerCallback):  # type: ignore[misc]
    """Feeds the steps and the evaluations to a Progress."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._stack = ExitStack()
        self._advance: Callable[[int], None] = lambda steps: None
        self._shown = 0

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """See TrainerCallback."""
        stage = self._progress.stage("training", state.max_steps)
        self._advance = self._stack.enter_context(stage)
        self._shown = 0

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """See TrainerCallback."""
        self._advance(state.global_step - self._shown)
        self._shown = state.global_step

    def on_evaluate(
        self, args: Any, state: Any, control: Any, metrics: dict[str, float], **_: Any
    ) -> None:
        """See TrainerCallback."""
        if "eval_loss" not in metrics:
            return  # the scores at the end are in the card
        text = ", ".join(
            f"{name} {metrics['eval_' + name]:.4f}"
            for name in ("loss", "accuracy", "agreement")
            if "eval_" + name in metrics
        )
        self._progress.note(f"epoch {state.epoch or 0:.2f}: validation {text}")

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """See TrainerCallback."""
        self.close()

    def close(self) -> None:
        """Take the bar away, also where the training was interrupted."""
        self._stack.__exit__(*sys.exc_info())


def log_probabilities(probabilities: NDArray[np.float64]) -> NDArray[np.float32]:
    """Finite logarithms of class probabilities (n, k)."""
    logarithms: NDArray[np.float32] = np.log(np.maximum(probabilities, 1e-12)).astype(np.float32)
    return logarithms
