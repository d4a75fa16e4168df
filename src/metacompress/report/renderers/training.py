"""A finished training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.report.renderer import Renderer
from metacompress.report.terminal import print_training
from metacompress.training.run_files import RESULT, SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.runs.run_directory import RunDirectory


def _read(run: RunDirectory) -> dict[str, Any]:
    return {"schema": SCHEMA, "out": str(run.path.parent), **run.read_json(RESULT)}


def _show(card: dict[str, Any], run: RunDirectory, page: Path | None) -> None:
    print_training(run.path.parent, card)


RENDERER = Renderer(RESULT, _read, _show)
