"""A finished study of attacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.report.attacks import print_attacks
from metacompress.report.renderer import Renderer, read_summary
from metacompress.runs.run_files import SUMMARY
from metacompress.study.attack.costs import with_costs
from metacompress.study.attack.summary import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.runs.run_directory import RunDirectory


def _read(run: RunDirectory) -> dict[str, Any]:
    return read_summary(run, SUMMARY, SCHEMA) | with_costs(run)


def _show(summary: dict[str, Any], run: RunDirectory, page: Path | None) -> None:
    print_attacks(summary, run.path)


RENDERER = Renderer(SUMMARY, _read, _show)
