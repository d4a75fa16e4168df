"""A finished search for the tensors that carry violations."""

from __future__ import annotations

from metacompress.report.pages.locate import locate_page
from metacompress.report.renderer import Renderer
from metacompress.report.terminal.locate import print_located
from metacompress.runs.run_files import SUMMARY
from metacompress.study.locate.summary import read_located

RENDERER = Renderer(SUMMARY, read_located, print_located, locate_page)
