"""A finished training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.renderer import Renderer
from metacompress.report.terminal.making import print_training
from metacompress.training.run_files import RESULT
from metacompress.training.summary import read_training

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.training.summary import TrainSummary


def _show(summary: TrainSummary, page: Path | None) -> None:
    print_training(summary)


RENDERER = Renderer(RESULT, read_training, _show)
