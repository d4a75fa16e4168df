"""A finished study of attacks."""

from __future__ import annotations

from metacompress.report.pages.attack import attack_page
from metacompress.report.renderer import Renderer
from metacompress.report.terminal.attacks import print_attacks
from metacompress.runs.run_files import SUMMARY
from metacompress.study.attack.costs import read_attacks

RENDERER = Renderer(SUMMARY, read_attacks, print_attacks, attack_page)
