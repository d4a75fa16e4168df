"""A finished check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.report.html import render_html
from metacompress.report.renderer import Renderer, read_summary
from metacompress.report.terminal import print_summary
from metacompress.runs.run_files import SUMMARY
from metacompress.study.check.summary import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.runs.run_directory import RunDirectory


def _show(summary: dict[str, Any], run: RunDirectory, page: Path | None) -> None:
    print_summary(summary, run.path, report=page)


RENDERER = Renderer(SUMMARY, lambda run: read_summary(run, SUMMARY, SCHEMA), _show, render_html)
