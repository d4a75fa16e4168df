"""The mean of a model's weights over the end of its training.

Izmailov et al. 2018, arXiv 1803.05407, without their cyclic rate: one model's weights wander with
each batch, their mean less.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from torch.optim.swa_utils import AveragedModel
from transformers import TrainerCallback

_AVERAGED = "averaged.pt"


class WeightAveraging(TrainerCallback):  # type: ignore[misc]  # transformers has no types
    """Averages the weights after each step of the last share of a training.

    Args:
        share: in (0, 1], of the steps.
        resumed: the checkpoint from which the training goes on.
    """

    def __init__(self, share: float, resumed: Path | None) -> None:
        self._share = share
        self._resumed = resumed
        self._averaged: AveragedModel | None = None

    def on_train_begin(self, args: Any, state: Any, control: Any, model: Any, **_: Any) -> None:
        """See TrainerCallback."""
        self._averaged = AveragedModel(model)
        saved = None if self._resumed is None else self._resumed / _AVERAGED
        if saved is not None and saved.exists():
            self._averaged.load_state_dict(torch.load(saved, map_location="cpu", weights_only=True))

    def on_step_end(self, args: Any, state: Any, control: Any, model: Any, **_: Any) -> None:
        """See TrainerCallback."""
        if self._averaged is not None and state.global_step > self._first(state.max_steps):
            self._averaged.update_parameters(model)

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """See TrainerCallback."""
        if self._averaged is not None and state.global_step > self._first(state.max_steps):
            checkpoint = Path(args.output_dir) / f"checkpoint-{state.global_step}"
            torch.save(self._averaged.state_dict(), checkpoint / _AVERAGED)

    def on_train_end(self, args: Any, state: Any, control: Any, model: Any, **_: Any) -> None:
        """See TrainerCallback."""
        if self._averaged is not None and int(self._averaged.n_averaged):
            model.load_state_dict(self._averaged.module.state_dict())

    def _first(self, steps: int) -> int:
        """The last step that is not averaged; a training that is stopped early may have none."""
        return math.floor((1 - self._share) * steps)
