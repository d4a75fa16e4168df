"""A finished compression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.compression.summary import read_compression
from metacompress.report.making import print_compression
from metacompress.report.renderer import Renderer
from metacompress.training.run_files import RESULT

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.compression.summary import CompressSummary


def _show(summary: CompressSummary, page: Path | None) -> None:
    print_compression(summary)


RENDERER = Renderer(RESULT, read_compression, _show)
