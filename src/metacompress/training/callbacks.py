"""Callbacks of a training: a clock that stops it, and our progress bar."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transformers import TrainerCallback

from metacompress.training.checkpoints import seal

if TYPE_CHECKING:
    from collections.abc import Callable

    from metacompress.runs.progress import Progress
    from metacompress.runs.tracking import Tracker

_LOGGED = ("loss", "learning_rate", "grad_norm")
_EVALUATED = ("loss", "accuracy", "agreement", "kl", "perplexity")


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
            for name in _EVALUATED
            if "eval_" + name in metrics
        )
        self._progress.note(f"epoch {state.epoch or 0:.2f}: validation {text}")

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """See TrainerCallback."""
        self.close()

    def close(self) -> None:
        """Take the bar away, also where the training was interrupted."""
        self._stack.__exit__(*sys.exc_info())


class TellTracker(TrainerCallback):  # type: ignore[misc]
    """Tells a tracker of losses and evaluations, by step.

    Args:
        tracker: receives ``train/loss``, ``valid/accuracy`` and the like.
    """

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float], **_: Any) -> None:
        """See TrainerCallback."""
        for name in _LOGGED:
            if name in logs:
                self._tracker.on_metric(f"train/{name}", logs[name], state.global_step)

    def on_evaluate(
        self, args: Any, state: Any, control: Any, metrics: dict[str, float], **_: Any
    ) -> None:
        """See TrainerCallback."""
        for name in _EVALUATED:
            if f"eval_{name}" in metrics:
                self._tracker.on_metric(f"valid/{name}", metrics[f"eval_{name}"], state.global_step)
