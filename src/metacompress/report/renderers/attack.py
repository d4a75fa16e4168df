"""A finished study of attacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.attacks import print_attacks
from metacompress.report.renderer import Renderer
from metacompress.runs.run_files import SUMMARY
from metacompress.study.attack.costs import read_attacks

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.study.attack.summary import AttackSummary


def _show(summary: AttackSummary, page: Path | None) -> None:
    print_attacks(summary)


RENDERER = Renderer(SUMMARY, read_attacks, _show)
