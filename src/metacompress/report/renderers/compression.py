"""A finished compression."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.compression.run_files import SCHEMA
from metacompress.report.renderer import Renderer
from metacompress.report.terminal import print_compression
from metacompress.training.run_files import RESULT

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.runs.run_directory import RunDirectory


def _read(run: RunDirectory) -> dict[str, Any]:
    return {"schema": SCHEMA, "out": str(run.path), **run.read_json(RESULT)}


def _show(summary: dict[str, Any], run: RunDirectory, page: Path | None) -> None:
    print_compression(run.path, summary)


RENDERER = Renderer(RESULT, _read, _show)
