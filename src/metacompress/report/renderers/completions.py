"""A finished study of completions."""

from __future__ import annotations

from metacompress.report.pages.completions import completions_page
from metacompress.report.renderer import Renderer
from metacompress.report.terminal.completions import print_completions
from metacompress.runs.run_files import SUMMARY
from metacompress.study.completions.summary import read_completions

RENDERER = Renderer(SUMMARY, read_completions, print_completions, completions_page)
